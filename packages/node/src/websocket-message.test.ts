import { encodePatches } from '@banyan/protocol'
import { describe, expect, it } from 'vitest'
import { createMessagePreparation } from './websocket-message.ts'

describe('a message preparation', () => {
  it('HO15 makes one message of a frame that goes to many lines', () => {
    const prepare = createMessagePreparation()
    const frame = Uint8Array.of(1, 2, 3)
    const message = prepare(frame)
    expect([...(message ?? [])]).toEqual([0x82, 3, 1, 2, 3])
    expect(prepare(frame)).toBe(message)
    expect(prepare(frame.slice())).not.toBe(message)
  })

  it('HO15 tells the length of a payload as WebSockets do, and leaves longer ones alone', () => {
    const prepare = createMessagePreparation()
    const headOf = (length: number) => [...(prepare(new Uint8Array(length))?.subarray(0, 4) ?? [])]
    expect(headOf(0)).toEqual([0x82, 0])
    expect(headOf(125).slice(0, 2)).toEqual([0x82, 125])
    expect(headOf(126)).toEqual([0x82, 126, 0, 126])
    expect(headOf(65_535)).toEqual([0x82, 126, 0xff, 0xff])
    expect(headOf(65_536)).toEqual([])
  })

  it.each([
    ['short', 0],
    ['long', 500],
    ['longest', 65_000],
  ])(
    'HO15 makes the message of a %s frame where that lies, and again when the frame comes again',
    (_, length) => {
      const prepare = createMessagePreparation()
      const segments = [new Uint8Array(length).fill(7)]
      const frame = encodePatches([{ seq: 1, tick: 2, timeMs: 3, segments }])
      const bytes = [...frame]
      const plain = [...(createMessagePreparation()(frame.slice()) ?? [])]
      const message = prepare(frame)
      expect(message?.buffer).toBe(frame.buffer)
      expect([...(message ?? [])]).toEqual(plain)
      prepare(encodePatches([]))
      expect([...(prepare(frame) ?? [])]).toEqual(plain)
      expect([...frame]).toEqual(bytes)
    },
  )

  it('HO15 writes nothing in front of a frame that others made, wherever it lies', () => {
    const prepare = createMessagePreparation()
    const memory = new Uint8Array(64).fill(9)
    for (let at = 0; at <= 20; at += 1) prepare(memory.subarray(at, 40))
    expect([...memory]).toEqual([...new Uint8Array(64).fill(9)])
  })

  it('HO15 takes a part of a frame for a frame of its own', () => {
    const prepare = createMessagePreparation()
    const frame = encodePatches([{ seq: 1, tick: 2, timeMs: 3, segments: [new Uint8Array(500)] }])
    const before = [...(prepare(frame) ?? [])]
    const message = prepare(frame)
    prepare(frame.subarray(0, 200))
    expect([...(message ?? [])]).toEqual(before)
  })
})
