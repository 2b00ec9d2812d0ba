import { expect, test } from 'vitest'
import { Model } from '../classes/world.ts'
import { float, int } from '../properties/numbers.ts'
import { defineClass } from '../schema/define-class.ts'
import { defineTree } from '../schema/tree-definition.ts'
import { DataModel } from '../tree/data-model.ts'
import { view } from '../tree/view.ts'
import { applyPatch } from './apply-patch.ts'
import { replicaView } from './replica-view.ts'

const Racer = defineClass('Racer', { extends: Model, properties: { lap: int(0), progress: float(0) } })
const definition = defineTree({ classes: [Racer] })
const clock = { now: () => 0, after: () => () => {}, every: () => () => {} }
const make = (side: 'server' | 'client') =>
  new DataModel({
    definition,
    side,
    clock,
    report: (error) => {
      throw error
    },
  })

test('a commit carries a change to a replica', () => {
  const server = make('server')
  const client = make('client')
  const racer = new Racer({ name: 'Ana', parent: server.getService('Workspace'), lap: 2 })
  const patch = server.commit({ tick: 1 })
  applyPatch(client, { ...patch, operations: [...(patch.segments.get(0) ?? [])] })
  expect(replicaView(client)).toEqual(view(server.snapshot, null))
  racer.lap += 1
  const next = server.commit({ tick: 2 })
  expect([...next.segments.values()]).toEqual([[{ kind: 'set', id: racer.id, properties: [[1, 3]] }]])
  applyPatch(client, { ...next, operations: [...(next.segments.get(0) ?? [])] })
  expect(client.getService('Workspace').findFirstChild('Ana', Racer)?.lap).toBe(3)
  expect(replicaView(client)).toEqual(view(server.snapshot, null))
})
