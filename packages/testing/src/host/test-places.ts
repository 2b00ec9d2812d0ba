import type { Clock, TreeSnapshot } from '@banyan/datamodel'
import { createSeededRandom, deriveSeed, type GameDefinition, type Network } from '@banyan/protocol'
import type { Log, Place } from '@banyan/server'
import { createSnapshotHistory, type SnapshotHistory } from '../oracle/snapshot-history.ts'
import { TestingError } from '../testing-error.ts'
import { createRecorder, type Recorder } from '../trace/recorder.ts'
import { timeline } from '../trace/timeline/timeline.ts'
import { createEventReplay } from './event-replay.ts'
import type { PlaceSurroundings, TestPlaces } from './test-host-options.ts'

/** The places of a test host, made when clients ask for them. */
export interface TestPlaceDirectory {
  /** For the host. */
  readonly make: (name: string) => Place | null
  /** One tick of every place that runs. */
  step(): void
  /** Throws 'unknownPlace'. */
  find(name: string): Place
  snapshotAt(name: string, seq: number): TreeSnapshot | null
  timeline(name: string): string
  /** Stops a place and forgets what went before. */
  stop(name: string): Promise<void>
}

interface Running {
  readonly place: Place
  readonly history: SnapshotHistory
  readonly recorder: Recorder
}

export function createTestPlaces(options: {
  readonly places: TestPlaces
  readonly seed: number
  readonly clockOf: (owner: string) => Clock
  readonly log: Log
  readonly network: Network
}): TestPlaceDirectory {
  const { places, seed, log } = options
  const running = new Map<string, Running>()
  const events = createEventReplay(options.network)

  function make(name: string): Place | null {
    const clock = options.clockOf(`place "${name}"`)
    let made: Running | null = null
    const given: PlaceSurroundings = {
      name,
      log,
      clock,
      random: createSeededRandom(deriveSeed(seed, 'place', name)),
      isDevelopment: true,
      onCommit(patch) {
        made?.history.note()
        made?.recorder.onCommit(patch)
      },
    }
    const place = typeof places === 'function' ? places(name, given) : placeOf(places, given)
    if (place === null) return null
    const history = createSnapshotHistory(() => place.game)
    history.note()
    const definition = definitionOf(place)
    const recorder = createRecorder({ network: events, definition, clock, seed, causeOf: place.causes.of })
    made = { place, history, recorder }
    running.set(name, made)
    return place
  }

  function find(name: string): Running {
    const found = running.get(name)
    if (found !== undefined && !found.place.isStopped) return found
    const open = [...running].filter(([, { place }]) => !place.isStopped).map(([each]) => `"${each}"`)
    throw new TestingError(
      'unknownPlace',
      `cannot find the place "${name}": ${open.length === 0 ? 'none runs yet' : `only ${open.join(', ')} run`}. A place begins when a client first asks for it.`,
    )
  }

  return {
    make,
    step() {
      for (const { place } of running.values()) if (!place.isStopped) place.step()
    },
    find: (name) => find(name).place,
    snapshotAt: (name, seq) => find(name).history.at(seq),
    timeline(name) {
      const { place, recorder } = find(name)
      return timeline(recorder.trace(), definitionOf(place))
    },
    async stop(name) {
      const { place, recorder } = find(name)
      running.delete(name)
      recorder.stop()
      events.forget()
      await place.stop('The test is over.')
    },
  }
}

function placeOf(
  places: Exclude<TestPlaces, (...args: never) => unknown>,
  given: PlaceSurroundings,
): Place | null {
  return Object.hasOwn(places, given.name) ? (places[given.name]?.(given) ?? null) : null
}

/** The definition that the place was made with, which its tree keeps. */
function definitionOf({ game }: Place): GameDefinition {
  return game.definition as GameDefinition
}
