import { isValueType, type SnapshotOperation } from '@banyan/datamodel'

/** So much text takes as long to encode as an instance of the common kind, or less. */
const charactersPerInstance = 64

/** What an operation counts: one instance, or as many as its texts and nested values are worth. */
export function weightOf(operation: SnapshotOperation): number {
  let characters = 0
  for (const [, value] of operation.properties) characters += charactersOf(value)
  if (operation.kind === 'create') characters += charactersOf(operation.attributes)
  return 1 + Math.floor(characters / charactersPerInstance)
}

/** Nearly: numbers and keys count as little. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null || isValueType(value)) return 4
  let sum = 0
  for (const key in value) sum += key.length + charactersOf(Reflect.get(value, key))
  return sum
}
