import type { TestPlaces } from '@banyan/testing/host'
import type { BrowserContext } from '@playwright/test'

/** Somebody's way to a page. */
export interface WorldVisit {
  /** As the test names it, such as `/race`. */
  readonly path: string
  /** The place that this test has for itself; of A-Z a-z 0-9 _ and -. */
  readonly place: string
  readonly player: string
}

/** What a game tells its browser tests once; only the places and the pages have no default. */
export interface WorldOptions {
  readonly places: TestPlaces
  /** The folder of the pages, of a build in which they open their doors. */
  readonly files: string
  /** Where a page joins the place as that player; `<path>?place=<place>&name=<player>` when left out. */
  readonly addressOf?: (visit: WorldVisit) => string
  /** What the server calls the place that a page of that path joins; `place` itself when left out. */
  readonly placeOf?: (visit: WorldVisit) => string
  /** Prepares a player's browser before its first page, such as the storage in which pages look for the name. */
  readonly introduce?: (context: BrowserContext, player: string) => Promise<unknown>
  /** Of the network's generators and the places' chance. 1 when left out. */
  readonly seed?: number
}
