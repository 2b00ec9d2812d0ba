import type { Clock } from '@banyan/datamodel'
import type { Log } from '../log/log.ts'
import type { Place } from '../place/place.ts'
import { ServerError } from '../server-error.ts'
import { expectPlaceName, isPlaceName } from './place-name.ts'

/** Makes the place of a name. */
export type PlaceFactory = (name: string) => Place

/** The places that a gate leads to: fixed names, or any name for which the function returns a place. */
export type Places = Readonly<Record<string, PlaceFactory>> | ((name: string) => Place | null)

/** Places of names that strangers chose: how many at most, and how long an empty one is kept. */
export interface DynamicPlaces {
  readonly limit: number
  readonly emptyMs: number
}

/** The running places of one process, made at their first use. */
export interface PlaceDirectory {
  readonly open: ReadonlyMap<string, Place>
  /** Null for a name that has no place, or for one place too many. */
  find(name: string): Place | null
  /** Stops and forgets dynamic places that have been empty for long. */
  readonly sweep: () => void
  /** Stops every place. Final. */
  close(reason: string): Promise<void>
}

export interface PlaceDirectoryOptions {
  readonly places: Places
  readonly dynamic: DynamicPlaces
  readonly clock: Clock
  readonly log: Log
}

export function createPlaceDirectory(options: PlaceDirectoryOptions): PlaceDirectory {
  const { places, dynamic, clock, log } = options
  const open = new Map<string, Place>()
  const emptySinceMs = new Map<string, number>()
  let isClosed = false
  if (typeof places !== 'function') for (const name of Object.keys(places)) expectPlaceName(name)

  function make(name: string): Place | null {
    if (typeof places === 'function') return hasRoom() ? places(name) : null
    return Object.hasOwn(places, name) ? (places[name]?.(name) ?? null) : null
  }

  function hasRoom(): boolean {
    if (open.size < dynamic.limit) return true
    // Noted as empty, one may have let somebody in since, whose identity took a while.
    const [longestEmpty] = [...emptySinceMs]
      .filter(([name]) => open.get(name)?.stats.players === 0)
      .toSorted(([, one], [, other]) => one - other)
    if (longestEmpty !== undefined) remove(longestEmpty[0])
    return open.size < dynamic.limit
  }

  function remove(name: string): void {
    const place = open.get(name)
    open.delete(name)
    emptySinceMs.delete(name)
    place
      ?.stop('This place was empty.')
      .catch((error: unknown) => log.error(`place ${name} did not stop`, error))
  }

  return {
    open,
    find(name) {
      // Whoever asks is about to join, so the place counts as used.
      emptySinceMs.delete(name)
      const known = open.get(name)
      if (known !== undefined && !known.isStopped) return known
      open.delete(name)
      if (isClosed || !isPlaceName(name)) return null
      const place = make(name)
      if (place === null) return null
      if ([...open.values()].includes(place)) throw samePlaceError(name)
      open.set(name, place)
      place.start()
      return place
    },
    sweep() {
      if (typeof places !== 'function') return
      for (const [name, place] of open) {
        if (place.stats.players > 0) emptySinceMs.delete(name)
        else if (!emptySinceMs.has(name)) emptySinceMs.set(name, clock.now())
        else if (clock.now() - (emptySinceMs.get(name) ?? 0) >= dynamic.emptyMs) remove(name)
      }
    },
    async close(reason) {
      isClosed = true
      const closing = [...open.values()].map((place) => place.stop(reason))
      open.clear()
      await Promise.all(closing)
    },
  }
}

function samePlaceError(name: string): ServerError {
  return new ServerError(
    'invalidOption',
    `cannot open place "${name}": its factory returned a place that is open under another name. Make a new one for each name.`,
  )
}
