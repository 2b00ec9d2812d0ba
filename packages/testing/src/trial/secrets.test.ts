import { addPlayer, Folder } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import { createGarden } from '../../fixtures/garden-game.ts'
import { expectNoSecrets } from './secrets.ts'

/** Somebody whose replica would hold all that the server has. */
function createLeak() {
  const { game } = createGarden()
  const [ana, bo] = ['ana', 'bo'].map((name) => addPlayer(game, { userId: name, name }))
  const witness = () => {
    game.commit({ tick: 1 })
    return { name: 'ana', playerId: ana?.id ?? 0, game, snapshot: game.snapshot, owed: null }
  }
  return { ana, bo, game, witness }
}

test('TA6 what lies with another player is found, by path', () => {
  const { bo, witness } = createLeak()
  expect(() => expectNoSecrets(witness())).toThrow(
    `"ana" has "Players.bo.PlayerGui", which lies in bo's PlayerGui and is not theirs to see`,
  )
  bo?.destroy()
  expectNoSecrets(witness())
})

test('TA6 what lies with the server is found, by path', () => {
  const { bo, game, witness } = createLeak()
  bo?.destroy()
  new Folder({
    name: 'Plans',
    parent: new Folder({ name: 'Deep', parent: game.getService('ServerStorage') }),
  })
  expect(() => expectNoSecrets(witness())).toThrow(
    expect.objectContaining({ code: 'diverged', message: expect.stringContaining('"ServerStorage.Deep"') }),
  )
})
