import { expect, test } from 'vitest'
import { cellOf, createGrid, type GridWork, indexesIn } from './grid.ts'

const work: GridWork = {
  viewers: 7,
  entities: 103,
  cells: 10,
  cellsInView: 3,
  movesPerTick: 10,
  stepsPerTick: 2,
  tickHz: 20,
}

test('every entity lies in one cell', () => {
  const all = Array.from({ length: work.cells }, (_, cell) => indexesIn(cell, work)).flat()
  expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: work.entities }, (_, index) => index))
  expect(indexesIn(4, work).every((index) => cellOf(index, work) === 4)).toBe(true)
})

test('steps tell the difference between what viewers saw and what they see', () => {
  const grid = createGrid(work)
  for (let tick = 0; tick < 40; tick++) {
    const before = Array.from({ length: work.viewers }, (_, viewer) => new Set(grid.cellsOf(viewer)))
    const steps = grid.step()
    expect(steps).toHaveLength(work.stepsPerTick)
    for (const { viewer, enters, leaves } of steps) {
      before[viewer]?.add(enters)
      before[viewer]?.delete(leaves)
    }
    const after = Array.from({ length: work.viewers }, (_, viewer) => new Set(grid.cellsOf(viewer)))
    expect(before).toEqual(after)
  }
})
