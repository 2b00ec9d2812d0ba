import type { Create, Operation, PropertyEntry } from '../tree/operation.ts'

/**
 * The same operations with what an owner learns beside a create operation as part of it: a create writes the defaults of
 * what it does not tell, so that the two may come in any order.
 */
export function mergeOwned(operations: readonly Operation[]): readonly Operation[] {
  if (!operations.some(isCreate) || operations.every(isCreate)) return operations
  const creates = new Map<number, PropertyEntry[] | null>()
  for (const { kind, id } of operations) if (kind === 'create') creates.set(id, null)
  let hasOwned = false
  for (const operation of operations) {
    if (operation.kind !== 'set' || !creates.has(operation.id)) continue
    hasOwned = true
    creates.set(operation.id, [...(creates.get(operation.id) ?? []), ...operation.properties])
  }
  if (!hasOwned) return operations
  return operations.flatMap((operation): Operation[] => {
    const owned = creates.get(operation.id) ?? null
    if (owned === null) return [operation]
    if (operation.kind !== 'create') return operation.kind === 'set' ? [] : [operation]
    return [withEntries(operation, owned)]
  })
}

function isCreate({ kind }: Operation): boolean {
  return kind === 'create'
}

function withEntries(create: Create, owned: readonly PropertyEntry[]): Create {
  return { ...create, properties: [...create.properties, ...owned] }
}
