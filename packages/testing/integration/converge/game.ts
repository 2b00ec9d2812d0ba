import { Folder, ObjectValue, Team } from '@banyan/datamodel'
import type { ConvergeOptions } from '@banyan/testing/arbitraries'
import { garden, Plant } from '../../fixtures/garden-game.ts'

/** What the repository's own trials are played on: properties of every kind, and few classes, so that steps meet. */
export const tried = {
  definition: garden,
  classes: [Plant, Folder, ObjectValue, Team],
  thingsPerClass: 2,
  // What was missed is mostly little here; so it is told in either way.
  trial: { limits: { foldBytes: 300 } },
  // The printed test needs the import of the game beside, and the same limits.
  regression: { options: '{ definition: garden, limits: { foldBytes: 300 } }' },
} satisfies Partial<ConvergeOptions>
