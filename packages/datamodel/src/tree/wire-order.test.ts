import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Folder } from '../classes/world.ts'
import { nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import { sortForWire } from './wire-order.ts'

function nodeWith(id: number, isKnown: boolean) {
  const node = nodeOf(new Folder())
  node.id = id
  node.record = isKnown ? (node.now as InstanceRecord) : null
  return node
}

const anyId = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2 ** 31 - 40, max: 2 ** 31 - 1 }))

it('CM18 what is known comes by growing id, then what is new as it arrived', () => {
  const ids = fc.uniqueArray(fc.tuple(anyId, fc.boolean()), { selector: ([id]) => id, maxLength: 80 })
  fc.assert(
    fc.property(ids, (drawn) => {
      const nodes = drawn.map(([id, isKnown]) => nodeWith(id, isKnown))
      const known = nodes.filter(({ record }) => record !== null).sort((one, other) => one.id - other.id)
      expect(sortForWire(nodes)).toEqual([...known, ...nodes.filter(({ record }) => record === null)])
    }),
  )
})
