import { addPlayer, createAudiences, Folder, Team } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import { createGarden, Plant } from '../../fixtures/garden-game.ts'
import { expectNoSecrets } from './secrets.ts'
import type { IsEnrolled } from './sight.ts'

/** Somebody whose replica would hold all that the server has. */
function createLeak({ isEnrolled = () => false }: { readonly isEnrolled?: IsEnrolled } = {}) {
  const { game } = createGarden()
  const [ana, bo] = ['ana', 'bo'].map((name) => addPlayer(game, { userId: name, name }))
  if (ana === undefined || bo === undefined) throw new Error('both are there')
  const look = (from = game) => {
    game.commit({ tick: 1 })
    const witness = { name: 'ana', playerId: ana.id, game: from, snapshot: game.snapshot, owed: null }
    expectNoSecrets(witness, isEnrolled)
  }
  /** What is hidden from Ana anyway is gone. */
  const tidy = () => {
    for (const child of bo.getChildren()) child.destroy()
  }
  return { ana, bo, game, look, tidy }
}

test('TA6 what lies with another player is found, by path', () => {
  const { bo, look } = createLeak()
  expect(() => look()).toThrow(
    `"ana" has "Players.bo.PlayerGui", which lies in bo's PlayerGui and is not theirs to see`,
  )
  bo.destroy()
  look()
})

test('TA6 what lies with the server is found, by path', () => {
  const { game, look, tidy } = createLeak()
  tidy()
  new Folder({
    name: 'Plans',
    parent: new Folder({ name: 'Deep', parent: game.getService('ServerStorage') }),
  })
  expect(() => look()).toThrow(
    expect.objectContaining({ code: 'diverged', message: expect.stringContaining('"ServerStorage.Deep"') }),
  )
})

test('TA6 what is visible to nobody, another player, team or audience is found, by path', () => {
  const { ana, bo, game, look, tidy } = createLeak({
    isEnrolled: ({ name }, playerId) => name === 'north' && playerId === ana.id,
  })
  tidy()
  const audiences = createAudiences(game)
  const [north, south] = ['north', 'south'].map((name) => audiences.create(name))
  const red = new Team({ name: 'Red', parent: game.getService('Teams') })
  const box = new Folder({ name: 'Box', parent: game.getService('Workspace'), visibleTo: ana })
  new Folder({ name: 'Coin', parent: box })
  look()
  for (const visibleTo of ['nobody', bo, red, south ?? 'nobody'] as const) {
    box.visibleTo = visibleTo
    expect(() => look()).toThrow(
      `"ana" has "Workspace.Box", which lies in what only others see, "Box" and is not theirs to see`,
    )
  }
  box.visibleTo = red
  ana.team = red
  look()
  box.visibleTo = north ?? 'nobody'
  look()
})

test('TA6 an owner’s property at others and the server’s at anyone are found, by path', () => {
  const { ana, bo, game, look, tidy } = createLeak()
  tidy()
  const plant = new Plant({ name: 'Fern', parent: game.getService('Workspace'), owner: ana, seeds: 3 })
  look()
  for (const owner of [bo, null]) {
    plant.owner = owner
    expect(() => look()).toThrow('"ana" has "Workspace.Fern" with its seeds, which is not theirs to see')
  }
  plant.parent = ana
  look()
  plant.secret = 1
  expect(() => look()).toThrow('"ana" has "Players.ana.Fern" with its secret, which is not theirs to see')
})

test('TA6 what rules show and a replica lacks is found', () => {
  const { game, look, tidy } = createLeak()
  tidy()
  const other = createLeak()
  other.tidy()
  look(other.game)
  const { id } = new Folder({ name: 'Box', parent: game.getService('Workspace') })
  expect(() => look(other.game)).toThrow(`"ana" lacks "Box" (${id}), which nothing hides`)
})
