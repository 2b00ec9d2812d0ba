import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { DecodeFault } from './decode-fault.ts'
import { decodeWhole } from './decoded.ts'
import { FrameWriter, withHead } from './frame-writer.ts'

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter(1)
  write(writer)
  return writer.finish()
}

function problemOf(bytes: readonly number[], read: (reader: ByteReader) => unknown): string | null {
  const result = decodeWhole(Uint8Array.from(bytes), read)
  return result.ok ? null : result.problem
}

const nat = fc.oneof(
  fc.nat(),
  fc.maxSafeNat(),
  fc.integer({ min: 0, max: 53 }).map((bits) => 2 ** bits - 1),
)
const int = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  nat.map((n) => -n),
)
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ minLength: 40, maxLength: 60 }))

describe('bytes', () => {
  it('BC1 every number up to 2^53 - 1 comes back from its varint, in at most eight bytes', () => {
    fc.assert(
      fc.property(nat, (value) => {
        const bytes = written((writer) => writer.varint(value))
        expect(bytes.length).toBe(Math.max(1, Math.ceil(value.toString(2).length / 7)))
        expect(new ByteReader(bytes).varint()).toBe(value)
      }),
    )
  })

  it('BC2 every signed number comes back, negative zero too, and small ones take a byte', () => {
    fc.assert(
      fc.property(int, (value) => {
        const bytes = written((writer) => writer.signed(value))
        if (Math.abs(value) < 64) expect(bytes).toHaveLength(1)
        expect(new ByteReader(bytes).signed()).toBe(value)
      }),
    )
    expect(new ByteReader(written((writer) => writer.signed(-0))).signed()).toBe(-0)
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])(
    'BC1 refuses to write %d as a varint',
    (value) => {
      expect(() => new ByteWriter(16).varint(value)).toThrow(expect.objectContaining({ code: 'unencodable' }))
    },
  )

  it('BC3 floats are little endian and exact', () => {
    expect([...written((writer) => writer.f32(1.5))]).toEqual([0, 0, 0xc0, 0x3f])
    fc.assert(
      fc.property(fc.double(), fc.float(), (double, single) => {
        const bytes = written((writer) => {
          writer.f64(double)
          writer.f32(single)
        })
        const reader = new ByteReader(bytes)
        expect(reader.f64()).toBe(double)
        expect(reader.f32()).toBe(single)
      }),
    )
  })

  it('BC4 text is UTF-8 and comes back unchanged, byte order mark included', () => {
    fc.assert(
      fc.property(text, (value) => {
        const bytes = written((writer) => writer.text(value))
        expect(new ByteReader(bytes).text()).toBe(value.toWellFormed())
      }),
    )
    for (const value of ['', '\ufeffmark', 'é', '😀'.repeat(40), `${'a'.repeat(47)}é`]) {
      expect(new ByteReader(written((writer) => writer.text(value))).text()).toBe(value)
    }
    expect([...written((writer) => writer.text('é'))]).toEqual([2, 0xc3, 0xa9])
  })

  it('BC4 a lone surrogate travels as U+FFFD', () => {
    expect(new ByteReader(written((writer) => writer.text('a\ud800'))).text()).toBe('a\ufffd')
  })

  it('BC5 a finished buffer wastes no more than a quarter, and grows as it must', () => {
    const data = Uint8Array.from({ length: 1000 }, (_, index) => index)
    for (const capacity of [0, 1, 999, 1000, 1300, 5000]) {
      const writer = new ByteWriter(capacity)
      writer.raw(data.subarray(0, 500))
      writer.raw(data.subarray(500))
      expect(writer.length).toBe(1000)
      const bytes = writer.finish()
      expect(bytes).toEqual(data)
      expect(bytes.buffer.byteLength).toBeLessThan(1334)
    }
  })

  it('BC5 so does one of a frame, behind its room, which nothing else is taken for', () => {
    for (const capacity of [0, 10, 5000]) {
      const writer = new FrameWriter(capacity)
      for (let n = 0; n < 1000; n += 1) writer.u8(n & 0xff)
      expect(writer.length).toBe(1000)
      const bytes = writer.finish()
      expect([bytes.length, bytes.byteOffset, bytes[999]]).toEqual([1000, 16, 999 & 0xff])
      expect(bytes.buffer.byteLength).toBeLessThan(1334 + 16)
      expect(withHead(bytes, 4)).toHaveLength(1004)
      expect(withHead(bytes, 5)).toBeNull()
      expect(withHead(bytes.subarray(0, 200), 4)).toBeNull()
      expect(withHead(bytes.slice(), 4)).toBeNull()
    }
    expect(withHead(new ByteWriter(20, 16).finish(), 2)).toBeNull()
  })

  it.each<[string, number[], (reader: ByteReader) => unknown]>([
    ['the bytes end too early', [], (r) => r.u8()],
    ['the bytes end too early', [0x80], (r) => r.varint()],
    ['the bytes end too early', [0, 0, 0], (r) => r.f32()],
    ['the bytes end too early', [0, 0, 0, 0, 0, 0, 0], (r) => r.f64()],
    ['the bytes end too early', [0xff, 0xff, 0xff, 0xff, 0x0f, 1], (r) => r.block()],
    ['the bytes end too early', [5, 0x61], (r) => r.text()],
    ['a number has needless bytes', [0x80, 0], (r) => r.varint()],
    ['a number has needless bytes', [0x82, 0], (r) => r.signed()],
    ['a number is longer than 8 bytes', Array(9).fill(0xff), (r) => r.varint()],
    ['a number is above 2^53 - 1', [...Array(7).fill(0xff), 0x1f], (r) => r.varint()],
    ['a number is above 2^53 - 1', [0xff, ...Array(7).fill(0xff), 0x0f], (r) => r.signed()],
    ['a count of 3 is more than the bytes hold', [3, 1, 1], (r) => r.count()],
    ['a count of 2 is more than the bytes hold', [2, 1, 1, 1], (r) => r.count(2)],
    ['a text is not UTF-8', [1, 0xff], (r) => r.text()],
    ['a text is not UTF-8', [3, 0xed, 0xa0, 0x80], (r) => r.text()],
    ['a number is not finite', [0, 0, 0, 0, 0, 0, 0xf8, 0x7f], (r) => r.finite()],
    ['a flag is 2', [2], (r) => r.flag()],
    ['1 bytes too many', [1, 2], (r) => r.u8()],
  ])('BC6 %s', (problem, bytes, read) => {
    expect(problemOf(bytes, read)).toBe(problem)
  })

  it('BC6 only faults in the bytes become problems', () => {
    expect(decodeWhole(Uint8Array.of(1), (reader) => reader.u8())).toEqual({ ok: true, value: 1 })
    const mistake = new TypeError('a mistake of ours')
    expect(() =>
      decodeWhole(new Uint8Array(), () => {
        throw mistake
      }),
    ).toThrow(mistake)
    expect(new DecodeFault('x')).toBeInstanceOf(Error)
  })

  it('BC7 reads inside a larger buffer, and hands out views into it', () => {
    const outer = Uint8Array.of(9, 2, 7, 8, 9)
    const reader = new ByteReader(outer.subarray(1, 4))
    const block = reader.block()
    expect([...block]).toEqual([7, 8])
    expect(block.buffer).toBe(outer.buffer)
    expect(reader.remaining).toBe(0)
  })
})
