import { defineGame, defineRemotes, type GameDefinition, request, toClient, toServer } from '@banyan/protocol'
import type { StandardSchemaV1 } from '@standard-schema/spec'

/** The number of a call, and of the page that made it: pages of one player are counted through. */
export type PageNumber = readonly [page: number, number: number]

// A trial needs no schema library of whoever runs it.
const pageNumber: StandardSchemaV1<PageNumber> = schemaOf(
  (value): value is PageNumber =>
    Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger),
)
const plainNumber: StandardSchemaV1<number> = schemaOf((value): value is number =>
  Number.isSafeInteger(value),
)

// Trials fire as fast as they like: limits have tests of their own.
const rate = { perSecond: 1_000_000, burst: 1_000_000 }

/** What trials fire and ask, beside the remotes of the game that they try. */
export const trialRemotes = defineRemotes({
  trialSaid: toServer(pageNumber, { rate }),
  trialTold: toClient(plainNumber),
  trialAsked: request(pageNumber, pageNumber, { rate }),
  trialSteered: toServer(pageNumber, { rate, unreliable: true }),
  trialShown: toClient(plainNumber, { unreliable: true }),
})

/** The game that is tried, with the trial's remotes. */
export function trialDefinition(definition: GameDefinition): GameDefinition {
  return defineGame({ classes: definition.classes, remotes: { ...definition.remotes, ...trialRemotes } })
}

function schemaOf<Value>(is: (value: unknown) => value is Value): StandardSchemaV1<Value> {
  return {
    '~standard': {
      version: 1,
      vendor: 'banyan',
      validate: (value) =>
        is(value) ? { value } : { issues: [{ message: 'expected a number of a trial' }] },
    },
  }
}
