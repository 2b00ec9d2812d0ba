import type { SetColumn, SetRun, TreeDefinition } from '@banyan/datamodel'
import { ProtocolError } from '../../errors.ts'
import { areShorterApart, type Run, type RunColumn } from './run.ts'

/** Brings what a commit wrote to instances of a class together, in as many runs as are shortest. */
export function runsOfSets(definition: TreeDefinition, sets: readonly SetRun[]): readonly Run[] {
  const byClass = new Map<number, SetRun[]>()
  for (const set of sets) {
    const classNumber = classNumberOf(definition, set)
    const ofClass = byClass.get(classNumber)
    if (ofClass === undefined) byClass.set(classNumber, [set])
    else ofClass.push(set)
  }
  return [...byClass].flatMap(([classNumber, list]) => runsOfClass(classNumber, list))
}

function classNumberOf(definition: TreeDefinition, { schema }: SetRun): number {
  const number = definition.classNumberOf(schema)
  if (number !== null) return number
  throw new ProtocolError(
    'unencodable',
    `cannot encode a change of a ${schema.name}: the definition has no such class. Encode a commit with the definition of its tree.`,
  )
}

function runsOfClass(classNumber: number, sets: readonly SetRun[]): readonly Run[] {
  if (sets.length > 1) {
    const indexes = new Set(sets.flatMap(({ columns }) => columns.map(({ index }) => index)))
    const widths = sets.map(({ columns }) => columns.length)
    const rows = sets.reduce((sum, { ids }) => sum + ids.length, 0)
    if (!areShorterApart(widths, { columns: indexes.size, rows })) return [merged(classNumber, sets, indexes)]
  }
  return sets.map(
    ({ ids, columns }): Run => ({
      kind: 'set',
      classNumber,
      ids,
      operations: [],
      columns: columns.map(whole),
    }),
  )
}

function whole({ index, values, before }: SetColumn): RunColumn {
  return { index, values, before, present: null }
}

/** One run with gaps of several without, its ids ascending. */
function merged(classNumber: number, sets: readonly SetRun[], indexes: ReadonlySet<number>): Run {
  const rows = sets.flatMap((set) => set.ids.map((id, row) => ({ id, set, row })))
  rows.sort((one, other) => one.id - other.id)
  const columns = [...indexes]
    .sort((one, other) => one - other)
    .map((index): RunColumn => {
      const cells = rows.map(({ set, row }) => ({
        row,
        column: set.columns.find((column) => column.index === index),
      }))
      const present = cells.map(({ column }) => column !== undefined)
      const values: unknown[] = []
      let before: unknown[] | null = []
      for (const { row, column } of cells) {
        if (column === undefined) continue
        values.push(column.values[row])
        if (column.before === null) before = null
        else before?.push(column.before[row])
      }
      return { index, values, before, present: present.includes(false) ? present : null }
    })
  return { kind: 'set', classNumber, ids: rows.map(({ id }) => id), operations: [], columns }
}
