import type { WorldPlayer } from '@banyan/playwright'
import type { Locator, Page } from '@playwright/test'
import { createDemoPage, type DemoPage } from './demo-page.ts'
import { createPaintedNames, type PaintedNames } from './painted-names.ts'
import { createShownTexts, type ShownTexts } from './shown-texts.ts'

/** One line of the leaderboard: driver, place, lap, wins. */
export type LeaderboardRow = readonly string[]

/** The race demo in a window. */
export interface RacePage extends DemoPage {
  /** `data-phase` says which part of a race it is. */
  readonly stage: Locator
  /** Starts at once when alone; with others, when everyone has pressed it. */
  readonly startButton: Locator
  readonly readyButton: Locator
  readonly startWithoutOthersButton: Locator
  readonly drivers: Locator
  /** 3, 2, 1, Go. */
  readonly startSignal: ShownTexts
  /** What the driver reads in large numbers: place, lap and time; for a watcher, that they watch. */
  readonly numbers: Locator
  readonly potionButton: Locator
  /** What a driver has to see all at once: the numbers, the track, and on a phone the pads. */
  readonly cockpit: { readonly numbers: Locator; readonly track: Locator; readonly pads: Locator }
  readonly watcherNote: Locator
  readonly keys: Locator
  readonly announcement: Locator
  /** Finish order, one row a driver. */
  readonly results: Locator
  leaderboard(): Promise<readonly LeaderboardRow[]>
  readonly paintedNames: PaintedNames
}

export function createRacePage(page: Page): RacePage {
  const stage = page.getByRole('region', { name: 'Race' })
  const leaderboard = page.getByRole('table', { name: 'Leaderboard' })
  return {
    ...createDemoPage(page),
    stage,
    startButton: page.getByRole('button', { name: 'Start the race' }),
    readyButton: page.getByRole('button', { name: 'I am ready' }),
    startWithoutOthersButton: page.getByRole('button', { name: 'Start without the others' }),
    drivers: page.getByRole('list', { name: 'Drivers' }).getByRole('listitem'),
    startSignal: createShownTexts(stage.locator('.start-signal')),
    numbers: stage.locator('.race-hud'),
    cockpit: {
      numbers: stage.locator('.race-hud'),
      track: stage.getByRole('img', { name: /^The track/ }),
      pads: stage.getByRole('button', { name: /^(Steer|Brake)/ }),
    },
    watcherNote: stage.getByText('You watch this race'),
    keys: stage.getByText('drinks a potion'),
    potionButton: page.getByRole('button', { name: /potion|Unseen/ }),
    announcement: stage.locator('.announcements'),
    results: page.getByRole('table', { name: 'Finish order' }).getByRole('row'),
    leaderboard: () =>
      leaderboard
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))),
    paintedNames: createPaintedNames(page),
  }
}

/** Where a player's own car points as their replica has it, in radians, growing to the right. */
export async function headingOf(player: WorldPlayer): Promise<number> {
  const { properties } = await player.read(['Workspace', player.name, 'Body'])
  return Number(properties['heading'])
}
