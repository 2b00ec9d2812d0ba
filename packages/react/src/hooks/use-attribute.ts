import type { AttributeValue } from '@banyan/datamodel'
import { useCallback } from 'react'
import type { AnyRecord } from '../stores/record-store.ts'
import { absent, type Target, useRecord } from './use-record.ts'

/** One attribute; null when it is not set, or once a handle's instance is gone. A path suspends while there is none. */
export function useAttribute(target: Target, name: string): AttributeValue | null {
  const select = useCallback(
    ({ attributes }: AnyRecord) => (Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null),
    [name],
  )
  const selected = useRecord(target, { made: null, select })
  return selected === absent ? null : selected
}
