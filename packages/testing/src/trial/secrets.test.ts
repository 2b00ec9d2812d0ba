import { addPlayer, Folder, Team } from '@banyan/datamodel'
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

test('TA6 what is visible to nobody, another player or another team is found, by path', () => {
  const { ana, bo, game, witness } = createLeak()
  if (ana === undefined || bo === undefined) throw new Error('both are there')
  for (const child of bo.getChildren()) child.destroy()
  const red = new Team({ name: 'Red', parent: game.getService('Teams') })
  const box = new Folder({ name: 'Box', parent: game.getService('Workspace'), visibleTo: ana })
  new Folder({ name: 'Coin', parent: box })
  expectNoSecrets(witness())
  for (const visibleTo of ['nobody', bo, red] as const) {
    box.visibleTo = visibleTo
    expect(() => expectNoSecrets(witness())).toThrow(
      `"ana" has "Workspace.Box", which lies in what only others see, "Box" and is not theirs to see`,
    )
  }
  ana.team = red
  expectNoSecrets(witness())
})
