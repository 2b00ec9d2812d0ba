import { inspect } from 'node:util'
import {
  CFrame,
  type Operation,
  type PropertyEntry,
  shiftedValue,
  stepCountOf,
  Vector3,
} from '@banyan/datamodel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arranged,
  classNumberOf,
  create,
  definition,
  id,
  operation,
  propertyValue,
} from '../../../fixtures/arbitraries.ts'
import { encodeWrites } from '../../../fixtures/encoded-writes.ts'
import { CoarseMover, classNumbers, Mover, Sampler } from '../../../fixtures/sample-definition.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { operationTag, operationTagSpace } from './operation-tag.ts'
import { decodeSegment } from './segment-reader.ts'
import { encodeSegment } from './segment-writer.ts'

/** In an order of their own, since encoders bring operations into another one. */
function sorted(operations: readonly Operation[]): readonly Operation[] {
  return operations
    .map((operation): [string, Operation] => [inspect(operation, { depth: null }), operation])
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)))
    .map(([, operation]) => operation)
}

const repeat = (count: number, byte: number): number[] => Array.from({ length: count }, () => byte)

describe('segments', () => {
  it('BC18 operations come back equal, edits in their order', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
        const back = arranged(operations)
        expect(sorted(back)).toEqual(sorted(operations))
        const edits = operations.filter(({ kind }) => kind === 'edit')
        expect(back.filter(({ kind }) => kind === 'edit')).toEqual(edits)
      }),
    )
  })

  it('BC25 what all receivers have may be told of in steps, which lead to the very values', () => {
    const entries = Sampler.schema.properties
      .filter(({ type }) => stepCountOf(type) > 0)
      .map(({ index, type }) => fc.tuple(fc.constant(index), propertyValue(type), propertyValue(type)))
    const rows = fc.uniqueArray(fc.tuple(id, fc.tuple(...entries)), {
      selector: ([of]) => of,
      minLength: 1,
      maxLength: 10,
    })
    fc.assert(
      fc.property(rows, fc.boolean(), (changed, isNear) => {
        const before = new Map<string, unknown>()
        const sets = changed.map(([of, values]): Operation => {
          const properties = values.map(([index, old, value]): PropertyEntry => {
            const type = Sampler.schema.properties[index]?.type
            before.set(`${of} ${index}`, old)
            if (!isNear || type === undefined) return [index, value]
            const counts = Array.from({ length: stepCountOf(type) }, (_, at) => at + (of % 40))
            return [index, type.round(shiftedValue(type, old, [index, ...counts]))]
          })
          return { kind: 'set', id: of, properties }
        })
        const bytes = encodeWrites(definition, sets, {
          classNumberOf,
          lookBefore: (index) => (of) => before.get(`${of} ${index}`),
        })
        const back = decodeSegment(definition, bytes)
        if (!back.ok) throw new Error(back.problem)
        const told = new Map<string, unknown>()
        for (const operation of back.value) {
          if (operation.kind === 'set')
            for (const [index, value] of operation.properties) told.set(`${operation.id} ${index}`, value)
          if (operation.kind !== 'shift') continue
          for (const [index, ...counts] of operation.properties) {
            const key = `${operation.id} ${index}`
            const type = Sampler.schema.properties[index]?.type
            if (type !== undefined) told.set(key, shiftedValue(type, before.get(key), [index, ...counts]))
          }
        }
        for (const operation of sets) {
          if (operation.kind !== 'set') continue
          for (const [index, value] of operation.properties)
            expect(told.get(`${operation.id} ${index}`)).toStrictEqual(value)
        }
      }),
    )
  })

  it('BC25 a hundred movers that walk take three and a half bytes each', () => {
    const type = CoarseMover.schema.properties[0]?.type
    const at = (n: number, ticks: number) =>
      type?.round(type.own(Math.fround(((n * 7919) % 1000) + Math.sin(n + ticks) / 2)))
    const operations = Array.from(
      { length: 100 },
      (_, n): Operation => ({
        kind: 'set',
        id: 100 + n * 10,
        properties: [0, 1, 2].map((index) => [index, at(n + index, 1)] as const),
      }),
    )
    const told = encodeWrites(definition, operations, {
      classNumberOf: () => classNumbers.coarseMover,
      lookBefore: (index) => (of) => at((of - 100) / 10 + index, 0),
    })
    expect(told.length).toBeLessThan(350)
    expect(encodeSegment(definition, operations, () => classNumbers.coarseMover).length).toBeGreaterThan(600)
  })

  it('BC25 BC26 a hundred frames that tumble take under eleven bytes each, eighty-five without a precision', () => {
    const at = (n: number, ticks: number) =>
      new CFrame(
        new Vector3(((n * 7919) % 1000) + ticks / 3, n / 7, ticks / 4),
        CFrame.fromEuler(n, n / 3, n / 7).mul(CFrame.fromEuler(ticks / 12, ticks / 15, ticks / 20)).rotation,
      )
    const sizes = ['frame', 'coarseFrame'].map((name) => {
      const property = Sampler.schema.propertyByName.get(name)
      if (property === undefined) throw new Error(`the sampler has no ${name}`)
      const { index, type } = property
      const operations = Array.from(
        { length: 100 },
        (_, n): Operation => ({ kind: 'set', id: 100 + n * 10, properties: [[index, type.round(at(n, 1))]] }),
      )
      const lookBefore = () => (of: number) => type.round(at((of - 100) / 10, 0))
      return encodeWrites(definition, operations, { classNumberOf, lookBefore }).length / 100
    })
    expect(sizes[0]).toBeGreaterThan(85)
    expect(sizes[1]).toBeLessThan(11)
  })

  it('BC18 creations need no class numbers', () => {
    fc.assert(
      fc.property(fc.array(create, { maxLength: 30 }), (creates) => {
        expect(encodeSegment(definition, creates)).toEqual(encodeSegment(definition, creates, classNumberOf))
        expect(sorted(arranged(creates))).toEqual(sorted(creates))
      }),
    )
    const set: Operation = { kind: 'set', id: 1, properties: [] }
    expect(() => encodeSegment(definition, [set])).toThrow(expect.objectContaining({ code: 'unencodable' }))
  })

  it('BC19 a run tells once what its operations share: a mover costs 13 bytes, under 8 in steps', () => {
    const sizes = [Mover, CoarseMover].map((made) => {
      const schema = made.schema
      const first = schema.propertyByName.get('x')?.index ?? 0
      const operations = Array.from({ length: 100 }, (_, at): Operation => {
        const place = (axis: number) => {
          const type = schema.properties[first + axis]?.type
          const raw = Math.fround((((at * 7 + axis * 31) * 97) % 1000) + 0.123_45 * at) - 500
          return type?.round(type.own(raw))
        }
        return {
          kind: 'set',
          id: 100 + ((at * 37) % 1000),
          properties: [0, 1, 2].map((axis) => [first + axis, place(axis)] as const),
        }
      })
      const number = definition.classNumberOf(schema) ?? 0
      return encodeSegment(definition, operations, () => number).length
    })
    expect(sizes).toEqual([1312, 763])
  })

  it('BC24 no run has more than two operations for a byte, whatever they share', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => index + 2)
    const alike: readonly ((id: number) => Operation)[] = [
      (of) => ({ kind: 'remove', id: of }),
      (of) => ({ kind: 'tags', id: of, tags: [] }),
      (of) => ({ kind: 'attribute', id: of, name: 'a', value: null }),
      (of) => ({ kind: 'rename', id: of, name: 'a' }),
      (of) => ({ kind: 'set', id: of, properties: [] }),
    ]
    for (const one of alike) {
      const bytes = encodeSegment(definition, ids.map(one), () => classNumbers.mover)
      expect(bytes.length).toBeGreaterThanOrEqual(ids.length / 2)
    }
    for (const length of [1, 9, 100]) {
      const claim = new ByteWriter(length + 4)
      claim.varint(2 * length * operationTagSpace + operationTag.remove)
      claim.raw(new Uint8Array(length))
      expect(decodeSegment(definition, claim.finish())).toMatchObject({
        problem: expect.stringContaining(`a run of ${2 * length + 1} is more than the bytes hold`),
      })
    }
  })

  it('BC19 a run ends where class, parent, indexes or extras change', () => {
    const base = {
      kind: 'create',
      classNumber: classNumbers.mover,
      parent: 2,
      order: 1,
      name: 'a',
      properties: [],
      attributes: {},
      tags: [],
    } as const
    const alone = (change: object) =>
      encodeSegment(definition, [
        { ...base, id: 5 },
        { ...base, ...change, id: 6 },
      ]).length
    const same = alone({})
    expect(alone({ parent: 3 })).toBeGreaterThan(same)
    expect(alone({ classNumber: classNumbers.marker })).toBeGreaterThan(same)
    expect(alone({ tags: ['x'] })).toBeGreaterThan(same + 3)
    expect(alone({ properties: [[4, 1]] })).toBeGreaterThan(same + 2)
  })

  it.each([
    ['an unknown class', [0, 0xff, 0x7f, 2, 0]],
    ['an unknown property', [0, classNumbers.mover, 2, 1, 0xb0, 0x0c, 0]],
    ['a property of an unknown form', [0, classNumbers.mover, 2, 1, 7 << 1, 0]],
    ['steps of a number without a precision', [0, classNumbers.mover, 2, 1, 3 << 1, 0]],
    ['a column that is a shift in part', [0, classNumbers.sampler, 2, 1, 0xba, 0x01, 4, 0, 0, 0]],
    ['a flag of 2', [0, classNumbers.sampler, 2, 1, 0, 4]],
    ['an unknown operation', [9, 2]],
    ['an id below 1', [2, 0]],
    ['an id above the cap', [2, 0x80, 0x80, 0x80, 0x80, 0x20]],
    ['more operations than bytes', [0xf2, 0xff, 0xff, 0xff, 0x0f, 2]],
    ['three ids in less than four bits each', [0x22, 2, 0, 2]],
    ['a column of width 26', [0x22, 2, 26, 2, 0, 0, 0]],
    ['a column that begins too far out', [0x22, 2, 4, 0xfe, ...repeat(6, 0xff), 0x1f, 0]],
    ['unknown extras', [1, classNumbers.mover, 2, 4, 0, 1, 0, 0, 4]],
    ['a parent below 0', [1, classNumbers.mover, 2, 3, 0, 1, 0, 0, 0]],
    ['an order key below 0', [1, classNumbers.mover, 2, 4, 3, 1, 0, 0, 0]],
    ['a text that was not told', [4, 2, 2, 1, 0]],
    ['a text that shares more than there is', [4, 2, 9, 0]],
    ['an ending that is longer than the bytes', [4, 2, 7, 0x61, 0x62]],
    ['an ending that is not UTF-8', [4, 2, 3, 0xff]],
    ['a text that shares more than ASCII', [0x14, 2, 2, 1, 2, 0xc3, 0xa9, 9, 0]],
    ['an attribute called __proto__', [6, 2, 1, 9, ...Buffer.from('__proto__'), 0]],
    ['an attribute that is a container', [6, 2, 1, 1, 0x61, 0x20]],
    ['a key __proto__ in nested data', [5, 2, 0, 1, 0, 0, 0x31, 1, 9, ...Buffer.from('__proto__'), 0]],
    ['a step of a path that is no key', [5, 2, 0, 1, 0, 1, 0x00, 0]],
    ['an unknown edit', [5, 2, 0, 1, 3, 0]],
  ])('BC20 a segment with %s is a problem', (_, bytes) => {
    expect(decodeSegment(definition, Uint8Array.from(bytes))).toEqual({
      ok: false,
      problem: expect.any(String),
    })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
