import type { Node } from '../instance/node.ts'
import { stepCountOf } from '../properties/shifted-value.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { type Domain, nobody } from './domain.ts'
import type { Operation, OperationCause } from './operation.ts'
import type { Segment } from './segment.ts'

interface ColumnDraft {
  readonly index: number
  readonly values: unknown[]
  readonly before: unknown[] | null
}

interface RunDraft {
  readonly schema: ClassSchema
  readonly ids: number[]
  readonly columns: readonly ColumnDraft[]
  readonly causes: OperationCause[]
}

/** What was written to properties of one instance, on its way into a run; used again for the next. */
export class Row {
  readonly indexes: number[] = []
  readonly values: unknown[] = []
  readonly before: unknown[] = []
  count = 0

  clear(): this {
    this.count = 0
    return this
  }

  put(index: number, value: unknown, before: unknown): void {
    this.indexes[this.count] = index
    this.values[this.count] = value
    this.before[this.count] = before
    this.count += 1
  }
}

const comparedRuns = 8

class SegmentDraft implements Segment {
  readonly rest: Operation[] = []
  readonly restCauses: OperationCause[] = []
  readonly runs: RunDraft[] = []
  readonly #byKey = new Map<string, RunDraft>()

  runFor(schema: ClassSchema, row: Row): RunDraft {
    // Mostly there are few, and comparing is less than making a key.
    for (let at = 0; at < this.runs.length && at < comparedRuns; at++) {
      const run = this.runs[at]
      if (run !== undefined && isOf(run, schema, row)) return run
    }
    const key = `${schema.name} ${row.indexes.slice(0, row.count).join()}`
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const made = createRun(schema, row.indexes.slice(0, row.count))
    this.#byKey.set(key, made)
    this.runs.push(made)
    return made
  }
}

/** The segments of one commit while it describes what changed. Nothing of `nobody` comes in. */
export class SegmentBook {
  readonly segments = new Map<Domain, SegmentDraft>()
  #domain: Domain = nobody
  #segment = new SegmentDraft()

  /** Takes anything but writes of properties. */
  add(domain: Domain, operation: Operation, cause: OperationCause): void {
    if (domain === nobody) return
    const { rest, restCauses } = this.#segmentOf(domain)
    rest.push(operation)
    restCauses.push(cause)
  }

  /** Takes what was written to a node's properties; nothing where that is none. */
  addRow(domain: Domain, { id, schema }: Node, row: Row, cause: OperationCause): void {
    if (domain === nobody || row.count === 0) return
    const { ids, columns, causes } = this.#segmentOf(domain).runFor(schema, row)
    ids.push(id)
    causes.push(cause)
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]
      column?.values.push(row.values[at])
      column?.before?.push(row.before[at])
    }
  }

  #segmentOf(domain: Domain): SegmentDraft {
    if (domain === this.#domain) return this.#segment
    const segment = this.segments.get(domain) ?? new SegmentDraft()
    this.segments.set(domain, segment)
    this.#domain = domain
    this.#segment = segment
    return segment
  }
}

function isOf({ schema, columns }: RunDraft, of: ClassSchema, { indexes, count }: Row): boolean {
  if (schema !== of || columns.length !== count) return false
  for (let at = 0; at < count; at++) if (columns[at]?.index !== indexes[at]) return false
  return true
}

function createRun(schema: ClassSchema, indexes: readonly number[]): RunDraft {
  const columns = indexes.map((index) => ({
    index,
    values: [],
    before: tellsShifts(schema, index) ? [] : null,
  }))
  return { schema, ids: [], columns, causes: [] }
}

/** Not where not everyone sees it: who becomes an owner is told of a change that they did not see the beginning of. */
function tellsShifts({ properties }: ClassSchema, index: number): boolean {
  const type = properties[index]?.type
  return type?.visibleTo === 'everyone' && stepCountOf(type) > 0
}
