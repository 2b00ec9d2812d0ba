import type { HostOptions } from '@banyan/node'
import type { Place, PlaceOptions } from '@banyan/server'

/** What a place gets from its host, to be spread into `createPlace`: so its time, its chance and its log are the test's. */
export type PlaceSurroundings = Required<
  Pick<PlaceOptions, 'clock' | 'isDevelopment' | 'log' | 'name' | 'onCommit' | 'random'>
>

/** Makes the places that clients ask for by name: fixed ones, or any for which the function returns one. */
export type TestPlaces =
  | Readonly<Record<string, (given: PlaceSurroundings) => Place>>
  | ((name: string, given: PlaceSurroundings) => Place | null)

/**
 * The time that a test host and its places live in. `virtual` moves by `advance`, and while a test waits; `still` by
 * `advance` alone: waiting lets sockets work and steps the places, as often as anything happens.
 */
export type TestHostClock = 'real' | 'virtual' | 'still'

/** What a test host is made of; only the places have no default. */
export interface TestHostOptions {
  readonly places: TestPlaces
  /** A folder to serve, such as a test build of the pages. */
  readonly files?: string
  /** Of the network's generators and the places' chance. 1 when left out. */
  readonly seed?: number
  /** `real` when left out. */
  readonly clock?: TestHostClock
  /** Replaces single options of the host, such as the HTTP server that it is attached to. */
  readonly host?: Partial<Pick<HostOptions, 'dynamic' | 'heartbeat' | 'origins' | 'port' | 'server'>>
}
