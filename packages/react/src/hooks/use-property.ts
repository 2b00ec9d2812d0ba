import type { Path } from '@banyan/client'
import type { AnyInstanceClass, Instance, PropertiesOf } from '@banyan/datamodel'
import { useCallback } from 'react'
import type { AnyRecord } from '../stores/record-store.ts'
import { absent, type Target, useRecord } from './use-record.ts'

/** What of an instance counts as a property. */
export type Readable<Of extends Instance> = PropertiesOf<Of> & {
  readonly name: string
  readonly parent: Instance | null
}

/** One property of a handle's instance; null once it is gone. Renders only when that property changes. */
export function useProperty<Of extends Instance, Name extends keyof Readable<Of> & string>(
  handle: Of | null,
  name: Name,
): Readable<Of>[Name] | null
/** One property of what is at a path; suspends while there is none. */
export function useProperty<Of extends Instance, Name extends keyof Readable<Of> & string>(
  path: Path,
  name: Name,
  made: AnyInstanceClass<Of>,
): Readable<Of>[Name]
export function useProperty(path: Path, name: string): unknown
export function useProperty(target: Target, name: string, made: AnyInstanceClass | null = null): unknown {
  const select = useCallback((record: AnyRecord) => readProperty(record, name), [name])
  const selected = useRecord(target, { made, select })
  return selected === absent ? null : selected
}

function readProperty(record: AnyRecord, name: string): unknown {
  if (name === 'name' || name === 'parent') return record[name]
  if (Object.hasOwn(record.properties, name)) return Reflect.get(record.properties, name)
  throw new Error(
    `cannot read "${name}" of "${record.name}": ${record.className} has no such property. Check the name, or use useAttribute.`,
  )
}
