import { CFrame, Color3, type Operation, Vector3 } from '@banyan/datamodel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classNumberOf, create, definition, operation, propertyValue } from '../../../fixtures/arbitraries.ts'
import { CoarseMover, classNumbers, Mover, Sampler } from '../../../fixtures/sample-definition.ts'
import { ByteReader } from '../bytes/byte-reader.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { readProperty } from './property-reader.ts'
import { writeProperty } from './property-writer.ts'
import { decodeSegment } from './segment-reader.ts'
import { encodeSegment } from './segment-writer.ts'

function bytesOf(name: string, value: unknown): number[] {
  const writer = new ByteWriter(16)
  const type = Sampler.schema.propertyByName.get(name)?.type
  if (type !== undefined) writeProperty(writer, type, value)
  return [...writer.finish()]
}

describe('properties', () => {
  it.each(Sampler.schema.properties)('BC14 $name ($type.kind) comes back bit by bit', ({ type }) => {
    fc.assert(
      fc.property(propertyValue(type), (value) => {
        const writer = new ByteWriter(16)
        writeProperty(writer, type, value)
        const reader = new ByteReader(writer.finish())
        expect(readProperty(reader, type)).toStrictEqual(value)
        expect(reader.remaining).toBe(0)
      }),
    )
  })

  it('BC15 a number with a precision travels as its steps, or as it is where it is no multiple', () => {
    expect(bytesOf('coarseRatio', 0.07)).toEqual([7 << 1])
    expect(bytesOf('coarseX', Math.fround(-0.31))).toEqual([(31 << 1) | 1])
    expect(bytesOf('coarseX', Math.fround(123.45))).toHaveLength(3)
    expect(bytesOf('coarsePoint', new Vector3(0.1, 0.2, 0.3))).toEqual([2, 4, 6])
    expect(bytesOf('coarseRatio', 1e300)).toHaveLength(9)
  })

  it('BC16 frames without a turn and colors of whole bytes take the short form', () => {
    expect(bytesOf('frame', new CFrame(new Vector3(1, 2, 3)))).toHaveLength(25)
    expect(bytesOf('frame', CFrame.fromEuler(0, 1, 0))).toHaveLength(97)
    expect(bytesOf('color', Color3.fromRGB(1, 2, 3))).toEqual([0, 1, 2, 3])
    expect(bytesOf('color', new Color3(0.1, 0.2, 0.3))).toHaveLength(25)
  })

  it.each([
    ['count', 'x'],
    ['label', 1],
    ['phase', 'sleeping'],
    ['point', { x: 1, y: 2, z: 3 }],
    ['frame', null],
    ['target', 'id'],
  ])('BC17 refuses to write %s as %j', (name, value) => {
    expect(() => bytesOf(name, value)).toThrow(expect.objectContaining({ code: 'unencodable' }))
  })
})

describe('segments', () => {
  it('BC18 operations come back equal and in their order', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
        const bytes = encodeSegment(definition, operations, classNumberOf)
        expect(decodeSegment(definition, bytes)).toEqual({ ok: true, value: operations })
      }),
    )
  })

  it('BC18 creations need no class numbers', () => {
    fc.assert(
      fc.property(fc.array(create, { maxLength: 30 }), (creates) => {
        const bytes = encodeSegment(definition, creates)
        expect(decodeSegment(definition, bytes)).toEqual({ ok: true, value: creates })
      }),
    )
    const set: Operation = { kind: 'set', id: 1, properties: [] }
    expect(() => encodeSegment(definition, [set])).toThrow(expect.objectContaining({ code: 'unencodable' }))
  })

  it('BC19 a run tells once what its operations share: a mover costs 13 bytes, under 10 in steps', () => {
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
    expect(sizes).toEqual([1311, 959])
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
    ['an unknown class', [0, 0xff, 0x7f, 0, 2]],
    ['an unknown property', [0, classNumbers.mover, 1, 99, 2, 0]],
    ['an unknown operation', [8, 2]],
    ['an id below 1', [2, 0]],
    ['an id above the cap', [2, 0x80, 0x80, 0x80, 0x80, 0x20]],
    ['more operations than bytes', [0xf2, 0xff, 0xff, 0xff, 0x0f, 2]],
    ['unknown extras', [1, classNumbers.mover, 2, 4, 0, 2, 0, 0]],
    ['an order key below 0', [1, classNumbers.mover, 2, 0, 0, 2, 3, 0]],
    ['an attribute called __proto__', [6, 2, 9, ...Buffer.from('__proto__'), 0]],
    ['an attribute that is a container', [6, 2, 1, 0x61, 0x20]],
    ['a key __proto__ in nested data', [5, 2, 0, 1, 0, 0, 0x31, 9, ...Buffer.from('__proto__'), 0]],
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
