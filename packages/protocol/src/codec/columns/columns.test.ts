import { CFrame, Color3, type PropertyType, Vector3 } from '@banyan/datamodel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyValue } from '../../../fixtures/arbitraries.ts'
import { Sampler } from '../../../fixtures/sample-definition.ts'
import { ByteReader } from '../bytes/byte-reader.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { createTextReader, createTextWriter } from '../operations/segment-texts.ts'
import { readColumn } from './column-reader.ts'
import { planColumn } from './column-writer.ts'
import { planInts, readInts, writeInts } from './int-column.ts'

function typeOf(name: string): PropertyType<unknown> {
  const type = Sampler.schema.propertyByName.get(name)?.type
  if (type === undefined) throw new Error(`the sampler has no ${name}`)
  return type
}

/** The form and the bytes behind it. */
function columnOf(type: PropertyType<unknown>, values: readonly unknown[]) {
  const writer = new ByteWriter(64)
  const plan = planColumn(type, { values, before: null })
  plan.write({ writer, texts: createTextWriter(writer) })
  return { form: plan.form, bytes: writer.finish() }
}

function roundTrip(type: PropertyType<unknown>, values: readonly unknown[]) {
  const { form, bytes } = columnOf(type, values)
  const reader = new ByteReader(bytes)
  const column = readColumn({ reader, texts: createTextReader(reader) }, type, { form, count: values.length })
  expect(reader.remaining).toBe(0)
  return column
}

const bytesOf = (name: string, ...values: unknown[]): number[] => [...columnOf(typeOf(name), values).bytes]

describe('columns', () => {
  it.each(Sampler.schema.properties)('BC14 $name ($type.kind) comes back bit by bit', ({ type }) => {
    fc.assert(
      fc.property(fc.array(propertyValue(type), { maxLength: 20 }), (values) => {
        expect(roundTrip(type, values)).toStrictEqual({ kind: 'values', values })
      }),
    )
  })

  it('BC21 whole numbers come back as they were, in the width that they need', () => {
    const near = fc.integer({ min: -40, max: 40 })
    const any = fc.oneof(near, fc.maxSafeInteger()).map((value) => value + 0)
    fc.assert(
      fc.property(
        fc.oneof(fc.array(any), fc.array(near), fc.array(fc.constant(7))),
        fc.constantFrom(0, 4),
        (values, width) => {
          const writer = new ByteWriter(16)
          const plan = planInts(values, width)
          writeInts(writer, values, plan)
          const bytes = writer.finish()
          expect(bytes.length).toBe(plan.size)
          const reader = new ByteReader(bytes)
          expect(readInts(reader, values.length, width)).toEqual(values)
          expect(reader.remaining).toBe(0)
        },
      ),
    )
    expect(bytesOf('count', ...Array.from({ length: 100 }, () => 5))).toEqual([0, 10])
    expect(bytesOf('count', 1, 2, 3, 4)).toEqual([2, 2, 0b11_10_01_00])
    expect(bytesOf('isOn', ...Array.from({ length: 80 }, (_, at) => at % 3 === 0))).toHaveLength(12)
  })

  it('BC15 numbers with a precision travel as their steps, or as they are where one is no multiple', () => {
    expect(bytesOf('coarseRatio', 0.07)).toEqual([7 << 1])
    expect(bytesOf('coarseX', Math.fround(-0.31))).toEqual([(31 << 1) | 1])
    expect(bytesOf('coarseX', Math.fround(123.45))).toHaveLength(3)
    expect(bytesOf('coarsePoint', new Vector3(0.1, 0.2, 0.3))).toEqual([2, 4, 6])
    expect(bytesOf('coarseRatio', 1e300)).toHaveLength(8)
    expect(bytesOf('coarseRatio', 1e300, 0.01)).toHaveLength(16)
  })

  it('BC22 numbers travel whole where they are, once where they are the same, and as singles where that is exact', () => {
    expect(bytesOf('ratio', 5)).toEqual([10])
    expect(bytesOf('ratio', 0.5, 0.25)).toHaveLength(8)
    expect(bytesOf('ratio', 0.1, 0.25)).toHaveLength(16)
    expect(bytesOf('x', 5, 6)).toHaveLength(3)
    expect(bytesOf('x', 0.5, 0.5, 0.5)).toHaveLength(4)
    expect(bytesOf('point', new Vector3(0.1, 0, 0.5), new Vector3(0.2, 0, 0.5))).toHaveLength(16 + 2 + 8 + 3)
  })

  it('BC16 frames that stand squarely or turn about one axis and colors of whole bytes take the short form', () => {
    const at = new Vector3(1, 2, 3)
    expect(bytesOf('frame', new CFrame(at))).toEqual([2, 4, 6, 0])
    const square = new CFrame(at, [0, 0, -1, 0, 1, 0, 1, 0, 0])
    expect(bytesOf('frame', square)).toHaveLength(4)
    const turned = [CFrame.fromEuler(1, 0, 0), CFrame.fromEuler(0, 1, 0), CFrame.fromEuler(0, 0, 1)]
    for (const frame of turned) expect(bytesOf('frame', frame)).toHaveLength(4 + 16)
    expect(roundTrip(typeOf('frame'), turned)).toStrictEqual({ kind: 'values', values: turned })
    expect(bytesOf('frame', CFrame.fromEuler(1, 1, 0))).toHaveLength(4 + 72)
    for (const frame of [square, CFrame.fromEuler(0, 1, 0), CFrame.fromEuler(1, 1, 0)])
      expect(roundTrip(typeOf('frame'), [frame])).toStrictEqual({ kind: 'values', values: [frame] })
    expect(bytesOf('color', Color3.fromRGB(1, 2, 3))).toEqual([1, 2, 3])
    expect(bytesOf('color', new Color3(0.1, 0.2, 0.3))).toHaveLength(24)
  })

  it('BC26 frames with a precision are seven whole numbers, or as they are where one is not what that rounds to', () => {
    const type = typeOf('coarseFrame')
    const framed = (angles: readonly [number, number, number]) =>
      type.round(new CFrame(new Vector3(1.5, -2, 0.25), CFrame.fromEuler(...angles).rotation))
    const place = [150, -200, 25].flatMap((steps) => bytesOf('count', steps))
    expect(bytesOf('coarseFrame', framed([0, 0, 0]))).toEqual([
      ...place,
      ...bytesOf('count', 32_767),
      0,
      0,
      0,
    ])
    expect(bytesOf('coarseFrame', framed([0, Math.PI / 2, 0]))).toEqual([
      ...place,
      ...bytesOf('count', 32_767),
      0,
      ...bytesOf('count', 32_767),
      0,
    ])
    const any = Array.from({ length: 100 }, (_, at) => framed([at, at / 3, at / 7]))
    expect(columnOf(type, any).form).toBe(3)
    // Positions are equal; four columns of two bytes each.
    expect(columnOf(type, any).bytes.length).toBeLessThanOrEqual(100 * 8 + 7 * 4)
    const mirror = CFrame.fromComponents([1, 2, 3, -1, 0, 0, 0, 1, 0, 0, 0, 1])
    expect(columnOf(type, [mirror]).bytes).toHaveLength(3 + 1 + 72)
    expect(columnOf(type, [framed([1, 2, 3]), mirror]).form).not.toBe(3)
    expect(columnOf(type, [new CFrame(new Vector3(1e300, 0, 0))]).form).toBe(5)
  })

  it.each([
    ['whose largest number is not the unit', [32_766, 0, 0, 0]],
    ['whose numbers are above the unit', [32_767, 32_768, 0, 0]],
    ['of four zeros', [0, 0, 0, 0]],
  ])('BC26 a rotation %s is a problem', (_, numbers) => {
    const reader = new ByteReader(Uint8Array.from([0, 0, 0, ...numbers].flatMap((n) => bytesOf('count', n))))
    const source = { reader, texts: createTextReader(reader) }
    expect(() => readColumn(source, typeOf('coarseFrame'), { form: 3, count: 1 })).toThrow(
      'the largest number of a rotation is',
    )
  })

  it('BC26 there is no shift of frames without a precision', () => {
    const reader = new ByteReader(new Uint8Array(9))
    const source = { reader, texts: createTextReader(reader) }
    expect(() => readColumn(source, typeOf('frame'), { form: 4, count: 1 })).toThrow('there is no shift')
  })

  it('BC23 a text is told once, and then by its number; a new one may begin like the one before', () => {
    expect(bytesOf('label', 'wheel', 'wheel', 'wheels')).toEqual([
      ...[1, 5, ...Buffer.from('wheel')],
      0,
      ...[(5 * 4 + 1) * 2 + 1, ...Buffer.from('s')],
    ])
    const long = 'of sixteen, eh? '
    expect(bytesOf('label', long, `${long}ß`, `${long}ß12`, `${long}1`, `${long}1234`)).toEqual([
      ...[1, 16, ...Buffer.from(long)],
      ...[0x81, 1, 2, ...Buffer.from('ß')],
      ...[0x81, 1, 4, ...Buffer.from('ß12')],
      ...[0x83, 1, ...Buffer.from('1')],
      ...[(((17 * 4 + 3) * 2 + 1) % 128) + 128, 1, ...Buffer.from('234')],
    ])
  })

  it('BC23 keys of nested values are texts of the segment', () => {
    expect(bytesOf('bag', { sword: 1 }, { sword: 2 })).toEqual([
      ...[0x31, 1, 5, ...Buffer.from('sword'), 0x81],
      ...[0x31, 0, 0x82],
    ])
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
