import type { AnyInstanceClass, Instance } from '@banyan/datamodel'
import { useCallback } from 'react'
import type { AnyRecord } from '../stores/record-store.ts'
import { absent, type Target, useRecord } from './use-record.ts'

const none: readonly Instance[] = Object.freeze([])

/** The children's handles in their stable order, of one class if given. The same array until membership or order changes. */
export function useChildren(parent: Target): readonly Instance[]
export function useChildren<Of extends Instance>(parent: Target, made: AnyInstanceClass<Of>): readonly Of[]
export function useChildren(parent: Target, made: AnyInstanceClass | null = null): readonly Instance[] {
  const select = useCallback(
    ({ children }: AnyRecord) => (made === null ? children : children.filter((child) => child.isA(made))),
    [made],
  )
  const selected = useRecord(parent, { made: null, select, isEqual: hasSameItems })
  return selected === absent ? none : selected
}

function hasSameItems(left: readonly Instance[], right: readonly Instance[]): boolean {
  return (
    left === right || (left.length === right.length && left.every((item, index) => item === right[index]))
  )
}
