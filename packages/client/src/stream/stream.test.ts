import { Folder } from '@banyan/datamodel'
import { type Calls, createManualClock } from '@banyan/protocol'
import { describe, expect, test, vi } from 'vitest'
import { encodeCall, type Outgoing } from './outgoing.ts'
import { createStream } from './stream.ts'

const home = new Folder()
const target = { name: 'vote', id: () => 20, isDestroyed: () => false }

function event(value: unknown, to = target): Outgoing {
  return { kind: 'event', target: to, args: encodeCall('vote', [value], home) }
}

function setUp() {
  const clock = createManualClock()
  const frames: Calls[] = []
  const acks: unknown[] = []
  const tasks: (() => void)[] = []
  const dropped: unknown[] = []
  const log = { warn: vi.fn(), error: vi.fn() }
  const received = { seq: 0, eventSeq: 0 }
  const stream = createStream({
    clock,
    log,
    schedule: (run) => tasks.push(run),
    sendCalls: (calls) => frames.push(calls),
    sendAck: (ack) => acks.push(ack),
    ack: () => ({ ...received }),
    onDropped: (request) => dropped.push(request),
  })
  return {
    acks,
    clock,
    frames,
    log,
    received,
    stream,
    dropped,
    endTask: () => {
      for (const run of tasks.splice(0)) run()
    },
    counts: () => frames.map(({ seq, calls }) => [seq, calls.length]),
  }
}

describe('createStream', () => {
  test('ST1: the calls of one task share one frame, numbered from 1', () => {
    const { counts, endTask, frames, stream } = setUp()
    stream.restart(0, { isKept: true })
    stream.push(event(1))
    stream.push(event(2))
    expect(frames).toEqual([])
    endTask()
    stream.push(event(3))
    endTask()
    expect(counts()).toEqual([
      [1, 2],
      [2, 1],
    ])
  })

  test('ST2: a frame holds at most 64 KiB; more becomes several, in order', () => {
    const { counts, endTask, stream } = setUp()
    stream.restart(0, { isKept: true })
    for (let count = 0; count < 4; count += 1) stream.push(event('x'.repeat(30_000)))
    endTask()
    expect(counts()).toEqual([
      [1, 2],
      [2, 2],
    ])
  })

  test('ST2: what fits in no frame is refused at the call', () => {
    expect(() => event('x'.repeat(70_000))).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringContaining('cannot call "vote"') }),
    )
  })

  test('ST3: a resumed session gets again exactly the frames that it lacks, before newer ones', () => {
    const { counts, endTask, frames, stream } = setUp()
    stream.restart(0, { isKept: true })
    for (const value of [1, 2, 3]) {
      stream.push(event(value))
      endTask()
    }
    stream.acknowledge(1)
    stream.pause()
    stream.push(event(4))
    endTask()
    frames.length = 0
    stream.resume(2)
    expect(counts()).toEqual([
      [3, 1],
      [4, 1],
    ])
  })

  test('ST4: a new session gets nothing of the old one, with one warning', () => {
    const { endTask, frames, log, stream } = setUp()
    stream.restart(0, { isKept: true })
    stream.push(event(1))
    endTask()
    stream.pause()
    stream.push(event(2))
    frames.length = 0
    stream.restart(0, { isKept: false })
    expect(frames).toEqual([])
    expect(log.warn).toHaveBeenCalledTimes(1)
    expect(log.warn).toHaveBeenCalledWith(expect.stringContaining('(2)'))
    stream.push(event(3))
    endTask()
    expect(frames[0]?.seq).toBe(1)
  })

  test('ST4: what was fired before the first join is sent after it', () => {
    const { counts, stream } = setUp()
    stream.push(event(1))
    stream.restart(0, { isKept: true })
    expect(counts()).toEqual([[1, 1]])
  })

  test('ST5: 64 calls wait for a channel; the oldest event gives way, with one warning', () => {
    const { frames, log, stream } = setUp()
    for (let value = 0; value < 100; value += 1) stream.push(event(value))
    expect(log.warn).toHaveBeenCalledTimes(1)
    stream.restart(0, { isKept: true })
    expect(frames[0]?.calls).toHaveLength(64)
    expect(frames[0]?.calls[0]).toMatchObject({ args: encodeCall('vote', [36], home) })
  })

  test('ST5: a request that finds no room is refused at once', () => {
    const { stream } = setUp()
    for (let value = 0; value < 64; value += 1) stream.push(event(value))
    const request: Outgoing = {
      kind: 'request',
      target,
      args: encodeCall('buy', [], home),
      request: 1,
      deadlineMs: 10,
    }
    expect(() => stream.push(request)).toThrow(expect.objectContaining({ code: 'disconnected' }))
  })

  test('ST6: an acknowledgement rides with calls, or goes alone within three seconds or with the next ping', () => {
    const { acks, clock, endTask, frames, received, stream } = setUp()
    stream.restart(0, { isKept: true })
    received.seq = 7
    stream.oweAck('soon')
    clock.advance(500)
    stream.push(event(1))
    endTask()
    expect(frames[0]?.ack).toEqual({ seq: 7, eventSeq: 0 })
    clock.advance(5000)
    expect(acks).toEqual([])
    stream.oweAck('soon')
    stream.oweAck('soon')
    clock.advance(3000)
    expect(acks).toEqual([{ seq: 7, eventSeq: 0 }])
    stream.oweAck('now')
    expect(acks).toHaveLength(2)
    stream.oweAck('ping')
    clock.advance(5000)
    expect(acks).toHaveLength(2)
    stream.beat()
    stream.beat()
    expect(acks).toHaveLength(3)
    expect(clock.pending).toBe(0)
  })

  test('ST7: a call of a remote that is not in the tree is dropped, and a request is told', () => {
    const { dropped, endTask, frames, stream } = setUp()
    const nowhere = { ...target, id: () => 0 }
    stream.restart(0, { isKept: true })
    stream.push(event(1, nowhere))
    stream.push({
      kind: 'request',
      target: nowhere,
      args: encodeCall('buy', [], home),
      request: 5,
      deadlineMs: 10,
    })
    endTask()
    expect(frames).toEqual([])
    expect(dropped).toEqual([5])
  })

  test('ST8: a request that is cancelled before its frame never travels', () => {
    const { endTask, frames, stream } = setUp()
    stream.restart(0, { isKept: true })
    stream.push({ kind: 'request', target, args: encodeCall('buy', [], home), request: 1, deadlineMs: 10 })
    stream.push({ kind: 'cancel', request: 1 })
    endTask()
    expect(frames).toEqual([])
    stream.push({ kind: 'cancel', request: 2 })
    endTask()
    expect(frames[0]?.calls).toEqual([{ kind: 'cancel', request: 2 }])
  })

  describe('in a flood', () => {
    function flood() {
      const made = setUp()
      made.stream.restart(0, { isKept: true })
      for (let value = 1; value <= 7; value += 1) {
        made.stream.push(event(value))
        made.endTask()
      }
      made.frames.length = 0
      const fire = (value: unknown): void => {
        made.stream.push(event(value))
        made.endTask()
      }
      return { ...made, fire }
    }

    test('ST10: the fires of 4 ms share a frame, until 10 ms pass without one', () => {
      const { clock, counts, fire } = flood()
      fire(8)
      expect(counts()).toEqual([[8, 1]])
      fire(9)
      clock.advance(3.5)
      fire(10)
      expect(counts()).toEqual([[8, 1]])
      clock.advance(0.5)
      expect(counts()).toEqual([
        [8, 1],
        [9, 2],
      ])
      clock.advance(9)
      fire(11)
      expect(counts()).toHaveLength(2)
      clock.advance(4 + 10)
      fire(12)
      expect(counts().slice(-2)).toEqual([
        [10, 1],
        [11, 1],
      ])
    })

    test('ST10: a request waits for nothing and takes along what waits', () => {
      const { clock, endTask, fire, frames, stream } = flood()
      fire(8)
      fire(9)
      stream.push({
        kind: 'request',
        target,
        args: encodeCall('vote', [10], home),
        request: 1,
        deadlineMs: 1,
      })
      endTask()
      expect(frames.at(-1)?.calls.map(({ kind }) => kind)).toEqual(['event', 'request'])
      expect(clock.pending).toBe(0)
    })

    test('ST10: leaving takes along what waits; a lost channel leaves no timer', () => {
      const { clock, counts, fire, stream } = flood()
      fire(8)
      fire(9)
      stream.flush()
      expect(counts().at(-1)).toEqual([9, 1])
      fire(10)
      stream.pause()
      expect([counts().length, clock.pending]).toEqual([2, 0])
    })
  })
})
