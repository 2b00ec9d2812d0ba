import { addPlayer, Folder, type VisibleTo } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import { createGarden } from '../../fixtures/garden-game.ts'
import { createCast } from '../cast/cast.ts'
import type { TreeStep } from '../cast/tree-step.ts'
import { createRolls } from './rolls.ts'

const north = { audience: 'north', player: 'ana' } as const
const admit: TreeStep = { kind: 'admit', ...north }
const box: TreeStep = {
  kind: 'create',
  thing: 'Folder1',
  className: 'Folder',
  parent: { service: 'Workspace' },
}

function createStage() {
  const place = createGarden()
  const { game } = place
  const ana = addPlayer(game, { userId: 'ana', name: 'ana' })
  const rolls = createRolls(() => place)
  const cast = createCast(game)
  const play = (step: TreeStep) => rolls.take(step, () => cast.apply(step))
  play(box)
  game.commit({ tick: 1 })
  const commit = () => {
    game.getService('Workspace').setAttribute('round', game.snapshot.seq)
    game.commit({ tick: 1 })
    return game.snapshot
  }
  const rule = (): Exclude<VisibleTo, string> => {
    const visibleTo = cast.find('Folder1')?.visibleTo ?? 'nobody'
    if (typeof visibleTo === 'string') throw new Error('the box has a rule')
    return visibleTo
  }
  const isEnrolled = (snapshot = game.snapshot) => {
    const audience = rule()
    if (!('players' in audience)) throw new Error('the rule is an audience')
    return rolls.isEnrolled(audience, ana.id, snapshot)
  }
  return { ana, commit, game, isEnrolled, play }
}

test('TA6 a roll follows the steps, and holds from the commit after each on', () => {
  const { commit, game, isEnrolled, play } = createStage()
  play({ kind: 'visibleTo', thing: 'Folder1', rule: { audience: 'north' } })
  play(admit)
  expect(isEnrolled()).toBe(false)
  const [first] = [commit()]
  expect(isEnrolled()).toBe(true)
  play({ kind: 'expel', ...north })
  expect(isEnrolled()).toBe(true)
  commit()
  expect([isEnrolled(), isEnrolled(first)]).toEqual([false, true])
  play(admit)
  play({ kind: 'disband', audience: 'north' })
  // Another audience of that name, which is not the box's.
  play(admit)
  commit()
  expect([isEnrolled(), game.getService('Workspace').getChildren()[0]?.name]).toEqual([false, 'Folder1'])
})

test('TA6 a half is read from the snapshot', () => {
  const { ana, commit, game, isEnrolled, play } = createStage()
  play({ kind: 'visibleTo', thing: 'Folder1', rule: { half: ana.id % 2 === 0 ? 'odd' : 'even' } })
  const first = commit()
  new Folder({ parent: game.getService('Workspace') })
  commit()
  expect([isEnrolled(first), isEnrolled()]).toEqual([true, false])
})
