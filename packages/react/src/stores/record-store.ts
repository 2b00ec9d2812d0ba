import type { Client, Path } from '@banyan/client'
import type { AnyInstanceClass, Instance, InstanceRecord } from '@banyan/datamodel'

/** A record whose class is not known. */
export type AnyRecord = InstanceRecord<object>

/** One instance as an external store: its record changes by `===` alone. */
export interface RecordStore {
  readonly subscribe: (listener: () => void) => () => void
  /** Null while there is no such instance. */
  readonly instance: () => Instance | null
  readonly record: () => AnyRecord | null
}

/** No instance at all. */
export const emptyStore: RecordStore = { subscribe: () => () => {}, instance: () => null, record: () => null }

/** Follows one instance, and nothing else once it is gone. */
export function createHandleStore(handle: Instance): RecordStore {
  return {
    subscribe: (listener) => handle.observe(listener),
    instance: () => handle,
    record: () => handle.record,
  }
}

/** Whatever instance is at the path; resolved again only after the structure has changed. */
export function createPathStore(client: Client, path: Path, made: AnyInstanceClass | null): RecordStore {
  const { game } = client
  let resolved: Instance | null = null
  let resolvedAt = -1

  function resolve(): Instance | null {
    if (resolved?.record === null || resolvedAt !== game.structureVersion) {
      resolved = client.find(path, made)
      resolvedAt = game.structureVersion
    }
    return resolved
  }

  return {
    subscribe(listener) {
      let observed: Instance | null = null
      let stopRecord = (): void => {}
      function rebind(): void {
        const found = resolve()
        if (found === observed) return
        stopRecord()
        observed = found
        stopRecord = found === null ? () => {} : found.observe(listener)
        listener()
      }
      const stopStructure = game.observeStructure(rebind)
      rebind()
      return () => {
        stopStructure()
        stopRecord()
      }
    },
    instance: resolve,
    record: () => resolve()?.record ?? null,
  }
}
