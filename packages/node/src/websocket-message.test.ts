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
})
