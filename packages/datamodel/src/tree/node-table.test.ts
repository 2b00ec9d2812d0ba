import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Folder } from '../classes/world.ts'
import { nodeOf } from '../instance/node.ts'
import { NodeTable } from './node-table.ts'

function nodeWith(id: number) {
  const node = nodeOf(new Folder())
  node.id = id
  return node
}

const anyId = fc.oneof(
  fc.integer({ min: -200, max: 200 }),
  fc.integer({ min: 2 ** 31 - 200, max: 2 ** 31 - 1 }),
)

test('NT1: holds what a Map would, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyId, fc.boolean()), { maxLength: 200 }), (changes) => {
      const table = new NodeTable()
      const model = new Map<number, ReturnType<typeof nodeWith>>()
      for (const [id, isAdded] of changes) {
        const node = model.get(id) ?? nodeWith(id)
        if (isAdded) {
          table.add(node)
          model.set(id, node)
        } else {
          table.delete(node)
          model.delete(id)
        }
        for (const [at] of changes) expect(table.get(at)).toBe(model.get(at))
      }
      expect(new Set(table.values())).toEqual(new Set(model.values()))
    }),
    { numRuns: 100 },
  )
})

test('NT1: takes what another one holds', () => {
  const [own, other] = [new NodeTable(), new NodeTable()]
  const nodes = [3, 70, -5, 4, 71, 5_000].map(nodeWith)
  for (const [at, node] of nodes.entries()) (at < 3 ? own : other).add(node)
  own.absorb(other)
  expect(nodes.every((node) => own.get(node.id) === node)).toBe(true)
  for (const node of nodes) own.delete(node)
  expect([...own.values()]).toEqual([])
})

test('NT2: has nothing for a number that is no id', () => {
  const table = new NodeTable()
  table.add(nodeWith(5))
  for (const id of [2 ** 32 + 5, 5.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(table.has(id)).toBe(false)
})
