import type { Domain } from './domain.ts'
import type { Operation, OperationCause, Patch } from './operation.ts'
import { causesOf, operationsOf } from './segment.ts'

/** One operation of a patch, who may see it, and why it was made. */
export interface CausedOperation {
  readonly domain: Domain
  readonly operation: Operation
  /** 0 is unknown. */
  readonly cause: number
}

/**
 * The operations of a patch with one cause each, in their order: a `set` of several causes is taken apart here, and only
 * here, so that causes never shape what clients get.
 */
export function* causedOperations(patch: Patch): Iterable<CausedOperation> {
  for (const [domain, segment] of patch.segments) {
    const told = causesOf(segment)
    for (const [index, operation] of operationsOf(segment).entries()) {
      yield* takeApart(domain, operation, told[index] ?? 0)
    }
  }
  yield* glimpsed(patch)
}

/** What came and went because audiences changed: under the cause of the first player whom it concerns. */
function* glimpsed({ changes, arrivals, departures }: Patch): Iterable<CausedOperation> {
  const seen = { gained: new Set<Domain>(), lost: new Set<Domain>() }
  for (const { cause, ...change } of changes.values()) {
    for (const kind of ['gained', 'lost'] as const) {
      for (const domain of change[kind]) {
        if (seen[kind].has(domain)) continue
        seen[kind].add(domain)
        const operations = (kind === 'gained' ? arrivals : departures).get(domain) ?? []
        for (const operation of operations) yield { domain, operation, cause }
      }
    }
  }
}

function* takeApart(domain: Domain, operation: Operation, told: OperationCause): Iterable<CausedOperation> {
  if (typeof told === 'number') return yield { domain, operation, cause: told }
  if (operation.kind !== 'set') throw new TypeError('only a set has several causes')
  for (const cause of new Set(told)) {
    const properties = operation.properties.filter((_, index) => told[index] === cause)
    yield { domain, operation: { ...operation, properties }, cause }
  }
}
