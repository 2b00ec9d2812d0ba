import { applyPatch } from '@banyan/datamodel'
import { type Checks, createTestPlace, type TestPlace } from '@banyan/testing'
import { expect, test } from 'vitest'
import { definition, quiz, Racer } from '../fixtures/quiz-game.ts'

/** What each check finds. */
const faults: Readonly<Record<keyof Checks, (place: TestPlace) => void>> = {
  converged(place) {
    const { game } = place.player('ana')
    const { seq, tick, timeMs } = game.snapshot
    const id = game.getService('Workspace').findFirstChild('ana')?.id ?? 0
    const lap = Racer.schema.propertyByName.get('lap')?.index ?? -1
    applyPatch(game, { seq, tick, timeMs, operations: [{ kind: 'set', id, properties: [[lap, 9]] }] })
  },
  logged(place) {
    place.server.players.playerRemoving.connect(() => {
      throw new Error('on purpose')
    })
    place.server.players.getPlayers()[0]?.kick('out')
  },
  leaks: ({ clock }) => void clock.after(3_600_000, () => {}),
  realTime() {
    try {
      Date.now()
    } catch {
      // A test place refuses it, and this check remembers.
    }
  },
}

const codes = { converged: 'diverged', logged: 'logged', leaks: 'leaked', realTime: 'realTime' } as const
const names = ['converged', 'logged', 'leaks', 'realTime'] as const

test.each(names)('TP12 `checks` leaves out %s alone', async (left) => {
  for (const name of names) {
    const place = await createTestPlace({
      definition,
      scripts: [quiz],
      players: ['ana'],
      checks: { [left]: false },
    })
    await place.tick()
    faults[name](place)
    await place.tick()
    const ending = await place[Symbol.asyncDispose]().then(
      () => 'passed',
      ({ code }: { readonly code: string }) => code,
    )
    expect([name, ending]).toEqual([name, name === left ? 'passed' : codes[name]])
  }
})
