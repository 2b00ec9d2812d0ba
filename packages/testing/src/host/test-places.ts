import type { Clock, TreeSnapshot } from '@banyan/datamodel'
import { createSeededRandom } from '@banyan/protocol'
import type { Log, Place } from '@banyan/server'
import { createSnapshotHistory, type SnapshotHistory } from '../oracle/snapshot-history.ts'
import { TestingError } from '../testing-error.ts'
import type { TestPlaces } from './test-host-options.ts'

/** The places of a test host, made when clients ask for them. */
export interface TestPlaceDirectory {
  /** For the host. */
  readonly make: (name: string) => Place | null
  /** Throws 'unknownPlace'. */
  find(name: string): Place
  snapshotAt(name: string, seq: number): TreeSnapshot | null
}

interface Running {
  readonly place: Place
  readonly history: SnapshotHistory
}

export function createTestPlaces(options: {
  readonly places: TestPlaces
  readonly seed: number
  readonly clockOf: (owner: string) => Clock
  readonly log: Log
}): TestPlaceDirectory {
  const { places, log } = options
  const running = new Map<string, Running>()

  function make(name: string): Place | null {
    let place: Place | null = null
    const history = createSnapshotHistory(() => expectMade(place, name).game)
    const given = {
      name,
      log,
      clock: options.clockOf(`place "${name}"`),
      random: createSeededRandom(seedOf(options.seed, name)),
      isDevelopment: true,
      onCommit: () => place !== null && history.note(),
    }
    if (typeof places === 'function') place = places(name, given)
    else place = Object.hasOwn(places, name) ? (places[name]?.(given) ?? null) : null
    if (place === null) return null
    history.note()
    running.set(name, { place, history })
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
    find: (name) => find(name).place,
    snapshotAt: (name, seq) => find(name).history.at(seq),
  }
}

function expectMade(place: Place | null, name: string): Place {
  if (place !== null) return place
  throw new TestingError(
    'unknownPlace',
    `cannot look into the place "${name}": it is not made yet. Wait for it.`,
  )
}

/** Another chance for each place, whatever the order in which they are made. */
function seedOf(seed: number, name: string): number {
  let hash = seed >>> 0
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0
  return hash
}
