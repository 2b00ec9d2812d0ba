import type { Path } from '@banyan/client'
import type { AnyInstanceClass, Instance } from '@banyan/datamodel'
import { useMemo, useSyncExternalStore } from 'react'
import { type BanyanScope, useScope } from '../provider/banyan-context.ts'
import { suspendFor } from '../provider/suspension.ts'
import {
  type AnyRecord,
  createHandleStore,
  createPathStore,
  emptyStore,
  type RecordStore,
} from '../stores/record-store.ts'
import { useSelection } from '../stores/selection.ts'

/** A handle, the lack of one, or where to find one. */
export type Target = Instance | null | Path

/** Stands for "no such instance", so that a selector may return anything. */
export const absent = Symbol('absent')

/** What all record hooks share: a path suspends until its instance is there, a handle without a record reads `absent`. */
export function useRecord<Selection>(
  target: Target,
  options: {
    readonly made: AnyInstanceClass | null
    readonly select: (record: AnyRecord) => Selection
    readonly isEqual?: (left: Selection, right: Selection) => boolean
  },
): Selection | typeof absent {
  const scope = useScope()
  const { made, select, isEqual = Object.is } = options
  const store = useRecordStore(scope, target, made)
  const source = useMemo(() => ({ subscribe: store.subscribe, snapshot: store.record }), [store])
  const selectPresent = useMemo(
    () => (record: AnyRecord | null) => (record === null ? absent : select(record)),
    [select],
  )
  const isSame = useMemo(
    () => (left: Selection | typeof absent, right: Selection | typeof absent) =>
      left === absent || right === absent ? left === right : isEqual(left, right),
    [isEqual],
  )
  const selected = useSelection(source, selectPresent, isSame)
  suspendFor(scope, isPath(target) ? { path: target, made, isFound: selected !== absent } : null)
  return selected
}

/** Whether a target is a path. */
function isPath(target: Target): target is Path {
  return typeof target === 'string' || Array.isArray(target)
}

/** The instance itself: null for a null target, suspending for a path while there is none. */
export function useHandle<Of extends Instance>(
  target: Of | null | Path,
  made: AnyInstanceClass<Of>,
): Of | null {
  const scope = useScope()
  const store = useRecordStore(scope, target, made)
  const handle = useSyncExternalStore(store.subscribe, store.instance, store.instance)
  suspendFor(scope, isPath(target) ? { path: target, made, isFound: handle !== null } : null)
  return handle?.isA(made) === true ? handle : null
}

function useRecordStore(scope: BanyanScope, target: Target, made: AnyInstanceClass | null): RecordStore {
  const { client } = scope
  // An array of names is a new object at each render, so the names count.
  const key = isPath(target) ? JSON.stringify(target) : target
  return useMemo(() => {
    if (typeof key === 'string') return createPathStore(client, JSON.parse(key) as Path, made)
    return key === null ? emptyStore : createHandleStore(key)
  }, [client, key, made])
}
