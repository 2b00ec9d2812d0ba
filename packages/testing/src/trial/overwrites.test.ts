import { addPlayer, applyPatch, applySnapshot, DataModel, operationsFor, view } from '@banyan/datamodel'
import { createManualClock } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createGarden, garden, Plant } from '../../fixtures/garden-game.ts'
import { createOverwrites } from './overwrites.ts'

/** A fern on the server and in ana's replica. */
function createStage() {
  const { game } = createGarden()
  const { id } = addPlayer(game, { userId: 'ana', name: 'ana' })
  const fern = new Plant({ name: 'Fern', parent: game.getService('Workspace'), girth: 5 })
  game.commit({ tick: 1 })
  const page = new DataModel({ definition: garden, clock: createManualClock(), report: () => {} })
  applySnapshot(page, { ...game.snapshot, operations: view(game.snapshot, id), tree: 'same' })
  const copy = page.getInstanceById(fern.id) as Plant
  const overwrites = createOverwrites(page)
  const over = (property: string, value: number) => overwrites.write(fern, { property, value })
  function tell(girth: number): void {
    fern.girth = girth
    const patch = game.commit({ tick: 2 })
    applyPatch(page, { ...patch, operations: operationsFor(patch, id) })
  }
  return { copy, fern, game, over, overwrites, tell }
}

test('TA20 a page may show what it wrote until the server tells something else', () => {
  const { copy, over, overwrites, tell } = createStage()
  expect(over('girth', 9)).toBe(true)
  expect([copy.girth, overwrites.problem()]).toEqual([9, null])
  tell(6)
  expect([copy.girth, overwrites.problem()]).toEqual([6, null])
})

test('TA20 what it goes on showing after that is found', () => {
  const { copy, over, overwrites, tell } = createStage()
  over('girth', 9)
  tell(6)
  // As if the telling had not ended it.
  copy.girth = 9
  expect(overwrites.problem()).toBe(
    'shows its own girth of "Workspace.Fern", although the server has told another one since',
  )
})

test('TA20 nothing is written over what is not there, what few see, and references', () => {
  const { fern, game, over, overwrites } = createStage()
  expect([over('seeds', 1), over('secret', 1), over('host', 1)]).toEqual([false, false, false])
  fern.destroy()
  const late = new Plant({ parent: game.getService('Workspace') })
  expect(overwrites.write(late, { property: 'girth', value: 1 })).toBe(false)
  expect(() => over('girt', 1)).toThrow('the class has no such property')
})
