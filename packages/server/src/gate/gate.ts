import type { Clock } from '@banyan/datamodel'
import {
  createSystemClock,
  decodeUp,
  type Hello,
  protocolVersion,
  type ServerTransport,
} from '@banyan/protocol'
import { createLineLimit } from '../log/line-limit.ts'
import { createConsoleLog, type Log } from '../log/log.ts'
import type { Place } from '../place/place.ts'
import type { Farewell } from '../sessions/sessions.ts'
import { Door, type DoorOptions } from './door.ts'
import { createPlaceDirectory, type DynamicPlaces, type Places } from './place-directory.ts'

/** Leads connections of any number of transports to the places that they ask for. */
export interface Gate {
  /** The places that run now, by the name that they were asked for by. */
  readonly open: ReadonlyMap<string, Place>
  /** Finds a place, or makes and starts it; null for a name that has none. */
  place(name: string): Place | null
  /** Begins to take connections; the returned function stops taking new ones. */
  listen(transport: ServerTransport): () => void
  /** Stops listening and stops every place. Final. */
  close(reason?: string): Promise<void>
}

export interface GateOptions {
  readonly places: Places
  readonly clock?: Clock
  readonly log?: Log
  /** For places of names that clients choose: at most 100, each kept for a minute once it is empty, when left out. */
  readonly dynamic?: Partial<DynamicPlaces>
}

const sweepMs = 5_000

/** Throws 'invalidPlaceName' for a fixed name that breaks the rules. */
export function createGate({
  places,
  clock = createSystemClock(),
  log = createConsoleLog(),
  dynamic,
}: GateOptions): Gate {
  const directory = createPlaceDirectory({
    places,
    clock,
    log,
    dynamic: { limit: 100, emptyMs: 60_000, ...dynamic },
  })
  const lines = createLineLimit({ clock, log })
  const waiting = new Set<Door>()
  const doors: DoorOptions = { clock, waiting, read }
  const stops = new Set<() => void>()
  const stopSweeping = typeof places === 'function' ? clock.every(sweepMs, directory.sweep) : () => {}

  /** The place that a first frame asks for, or why there is none. */
  function read(frame: Uint8Array): { readonly hello: Hello; readonly place: Place } | Farewell {
    const decoded = decodeUp(frame)
    if (!decoded.ok) return refuse(decoded.code, decoded.problem)
    if (decoded.value.kind !== 'hello') return refuse('malformed', 'the first message is no hello')
    const hello = decoded.value
    if (hello.protocolVersion !== protocolVersion) {
      return {
        code: 'versionMismatch',
        reason: 'This page speaks another version than the server. Reload it.',
      }
    }
    const place = find(hello.place)
    return place === null ? { code: 'noSuchPlace', reason: 'There is no such place here.' } : { hello, place }
  }

  function refuse(code: 'malformed' | 'oversize', problem: string): Farewell {
    lines.warn(`closed a connection as ${code}: ${problem}`)
    return { code, reason: `The server could not accept a message: ${problem}.` }
  }

  function find(name: string): Place | null {
    try {
      return directory.find(name)
    } catch (error) {
      log.error(`place "${name}" could not be made`, error)
      return null
    }
  }

  return {
    open: directory.open,
    place: find,
    listen(transport) {
      const stop = transport.listen((channel) => new Door(channel, doors))
      stops.add(stop)
      return () => {
        stops.delete(stop)
        stop()
      }
    },
    async close(reason = 'The server is closing.') {
      for (const stop of stops) stop()
      stops.clear()
      stopSweeping()
      for (const door of waiting) door.turnAway({ code: 'serverClosing', reason })
      await directory.close(reason)
    },
  }
}
