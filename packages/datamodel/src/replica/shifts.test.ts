import { describe, expect, it } from 'vitest'
import { createTestPlace, definition, indexOf, Racer } from '../../fixtures/place.ts'
import type { Operation, ShiftEntry } from '../tree/operation.ts'
import { view } from '../tree/view.ts'
import { applyPatch } from './apply-patch.ts'
import { replicaView } from './replica-view.ts'

const classNumber = definition.classNumberOf(Racer.schema) ?? -1

function setUp() {
  const place = createTestPlace()
  const { player, replica } = place.join('Ana')
  const racer = new Racer({ name: 'racer', parent: place.workspace, progress: 2.3 })
  place.commit()
  const copy = replica.workspace.findFirstChild('racer', Racer)
  if (copy === null) throw new Error('the racer is there')
  const shift = (entry: ShiftEntry, more: object = {}): void => {
    const operation: Operation = { kind: 'shift', id: racer.id, classNumber, properties: [entry], ...more }
    applyPatch(replica.game, { seq: 99, tick: 1, timeMs: 0, operations: [operation] })
  }
  return { ...place, player, replica, racer, copy, shift }
}

describe('a shift', () => {
  it('AP22 leads to the value that the server has', () => {
    const { game, player, replica, racer, copy, shift } = setUp()
    expect(copy.progress).toBe(2.25)
    racer.progress = -7.6
    game.commit({ tick: 2 })
    shift([indexOf('progress'), -39])
    expect(copy.progress).toBe(-7.5)
    expect(replicaView(replica.game)).toEqual(view(game.snapshot, player.id))
  })

  it('AP22 goes by what the server told, and ends what a client wrote over it', () => {
    const { replica, copy, shift } = setUp()
    copy.progress = 100
    replica.game.commit({ tick: 0 })
    shift([indexOf('progress'), 1])
    expect(copy.progress).toBe(2.5)
    shift([indexOf('progress'), 1])
    expect(copy.progress).toBe(2.75)
  })

  it.each([
    ['a property without steps', [indexOf('lap'), 1], {}],
    ['a property that there is not', [99, 1], {}],
    ['more numbers than there are', [indexOf('progress'), 1, 2], {}],
    ['no number at all', [indexOf('progress')], {}],
    ['another class', [indexOf('progress'), 1], { classNumber: classNumber - 1 }],
    ['an instance that there is not', [indexOf('progress'), 1], { id: 4_000 }],
  ] as const)('AP22 of %s is refused, and changes nothing', (_, entry, more) => {
    const { copy, shift } = setUp()
    expect(() => shift([...entry], more)).toThrow(expect.objectContaining({ code: 'notFound' }))
    expect(copy.progress).toBe(2.25)
  })
})
