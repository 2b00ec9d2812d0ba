import { causedOperations, type Operation, type Patch } from '@banyan/datamodel'
import type { CausedOperations } from './trace.ts'

/** Names what an operation changes, the same on the server and in what a client received; a `set` has one for each property, a `shift` the same. */
export function operationKeys(operation: Operation): readonly string[] {
  const { kind, id } = operation
  switch (kind) {
    case 'set':
    case 'shift':
      return operation.properties.map(([index]) => propertyKey(id, index))
    case 'edit':
      return [`edit ${id} ${operation.property}`]
    case 'attribute':
      return [`attribute ${id} ${operation.name}`]
    case 'create':
    case 'remove':
    case 'move':
    case 'rename':
    case 'tags':
      return [`${kind} ${id}`]
  }
}

/** The key of one property of a `set`. */
export function propertyKey(id: number, index: number): string {
  return `set ${id} ${index}`
}

/** What a commit changed by what caused it; what has no known cause is left out. Costs the operations. */
export function causesOf(
  patch: Patch,
  wordsOf: (cause: number) => string | null,
): readonly CausedOperations[] {
  const keysByCause = new Map<number, string[]>()
  for (const { operation, cause } of causedOperations(patch)) {
    if (cause === 0) continue
    const keys = keysByCause.get(cause)
    if (keys === undefined) keysByCause.set(cause, [...operationKeys(operation)])
    else keys.push(...operationKeys(operation))
  }
  const caused: CausedOperations[] = []
  for (const [number, operations] of keysByCause) {
    const cause = wordsOf(number)
    if (cause !== null) caused.push({ cause, operations })
  }
  return caused
}
