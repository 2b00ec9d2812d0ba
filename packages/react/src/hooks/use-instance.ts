import type { Path } from '@banyan/client'
import type { AnyInstanceClass, Instance, InstanceRecord, PropertiesOf } from '@banyan/datamodel'
import type { AnyRecord } from '../stores/record-store.ts'
import { absent, type Target, useRecord } from './use-record.ts'

/** The record of an instance type. */
export type RecordFor<Of extends Instance> = InstanceRecord<PropertiesOf<Of>>

type Select<Of extends Instance, Selection> = (record: RecordFor<Of>) => Selection
type IsEqual<Selection> = (left: Selection, right: Selection) => boolean

/** The record at a path, or what a selector takes from it. Suspends while there is none; throws to the error boundary after the provider's timeout. */
export function useInstance(path: Path): RecordFor<Instance>
export function useInstance<Of extends Instance>(path: Path, made: AnyInstanceClass<Of>): RecordFor<Of>
export function useInstance<Of extends Instance, Selection>(
  path: Path,
  made: AnyInstanceClass<Of>,
  select: Select<Of, Selection>,
  isEqual?: IsEqual<Selection>,
): Selection
/** The record of a handle, or what a selector takes from it; null once the instance is gone. */
export function useInstance<Of extends Instance>(handle: Of | null): RecordFor<Of> | null
export function useInstance<Of extends Instance, Selection>(
  handle: Of | null,
  select: Select<Of, Selection>,
  isEqual?: IsEqual<Selection>,
): Selection | null
export function useInstance(target: Target, ...rest: readonly unknown[]): unknown {
  const made = isClass(rest[0]) ? rest[0] : null
  const [select = whole, isEqual] = (made === null ? rest : rest.slice(1)) as [
    select?: (record: AnyRecord) => unknown,
    isEqual?: IsEqual<unknown>,
  ]
  const selected = useRecord(target, { made, select, ...(isEqual && { isEqual }) })
  return selected === absent ? null : selected
}

function isClass(value: unknown): value is AnyInstanceClass {
  return typeof value === 'function' && 'schema' in value
}

function whole(record: AnyRecord): AnyRecord {
  return record
}
