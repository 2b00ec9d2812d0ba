import { isSamePlain } from '../data/plain-value.ts'
import type { Instance } from '../instance/instance.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { ClassSchema, PropertySchema } from '../schema/class-schema.ts'
import type { IdOf } from '../tree/create-operation.ts'
import type { Hasher } from './hasher.ts'

/** What is hashed: a record as it is told to those who see one domain. */
export interface Told {
  readonly schema: ClassSchema
  readonly classNumber: number
  readonly record: InstanceRecord
  readonly idOf: IdOf
}

/** Stands for no property, so that attributes do not look like one. */
const end = -1

/** Hashes what all hear who see the instance: what its create operation would tell, its owner's properties apart. */
export function hashRecord(hasher: Hasher, { schema, classNumber, record, idOf }: Told): void {
  hasher.start()
  hasher.word(record.id)
  hasher.word(classNumber)
  hasher.word(record.parent?.id ?? 0)
  hasher.word(record.order)
  hasher.text(record.name)
  for (const property of schema.properties) {
    if (property.type.visibleTo === 'everyone') hashProperty(hasher, property, { record, idOf })
  }
  hasher.word(end)
  hasher.entries(record.attributes)
  for (const tag of record.tags) hasher.text(tag)
  hasher.finish()
}

/** Hashes what an owner hears beside; false, and no hash, where that is nothing. */
export function hashOwned(hasher: Hasher, { schema, record, idOf }: Told): boolean {
  hasher.start()
  hasher.word(end)
  hasher.word(record.id)
  let isTold = false
  for (const property of schema.owned) {
    if (hashProperty(hasher, property, { record, idOf })) isTold = true
  }
  hasher.finish()
  return isTold
}

/** Nothing for a default: who was never told of it holds it too. */
function hashProperty(
  hasher: Hasher,
  { type, index }: PropertySchema,
  { record, idOf }: Pick<Told, 'record' | 'idOf'>,
): boolean {
  const value = record.values[index]
  if (value === type.defaultValue) return false
  const told = type.kind === 'reference' ? idOf(value as Instance) : value
  if (type.same(told, type.defaultValue)) return false
  // What was decoded is never the same object as a default.
  if (type.kind === 'nested' && isSamePlain(told, type.defaultValue)) return false
  hasher.word(index)
  hasher.value(told)
  return true
}
