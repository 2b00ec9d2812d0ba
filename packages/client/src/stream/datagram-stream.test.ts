import { Folder } from '@banyan/datamodel'
import type { Datagram } from '@banyan/protocol'
import { describe, expect, test, vi } from 'vitest'
import { createDatagramStream } from './datagram-stream.ts'

const target = { name: 'steer', id: () => 20, isDestroyed: () => false }

function setUp({ isDevelopment = false } = {}) {
  const tasks: (() => void)[] = []
  const sent: Datagram[] = []
  const log = { warn: vi.fn(), error: vi.fn() }
  const buffered = { bytes: 0 }
  const stream = createDatagramStream({
    log,
    isDevelopment,
    home: new Folder(),
    schedule: (run) => tasks.push(run),
    bufferedBytes: () => buffered.bytes,
    send: (datagram) => sent.push(datagram),
  })
  const endTask = () => {
    for (const run of tasks.splice(0)) run()
  }
  return { buffered, endTask, log, sent, stream, tasks, seqs: () => sent.map(({ seq }) => seq) }
}

describe('createDatagramStream', () => {
  test('UF1: fires leave when their task ends, each by itself, numbered from 1', () => {
    const { endTask, sent, stream, tasks } = setUp()
    stream.open()
    stream.fire(target, [1])
    stream.fire(target, [2])
    expect([sent, tasks.length]).toEqual([[], 1])
    endTask()
    stream.fire(target, [3])
    endTask()
    expect(sent.map(({ seq, remote, args }) => [seq, remote, args.bytes.at(-1)])).toEqual([
      [1, 20, 0x81],
      [2, 20, 0x82],
      [3, 20, 0x83],
    ])
  })

  test('UF2: without a channel they are dropped, and the next channel gets none of them', () => {
    const { endTask, log, seqs, stream } = setUp({ isDevelopment: true })
    stream.fire(target, ['before the first join'])
    stream.open()
    endTask()
    stream.fire(target, ['lost with its task'])
    stream.close()
    stream.fire(target, ['while it is closed'])
    stream.open()
    endTask()
    expect(seqs()).toEqual([])
    stream.fire(target, ['numbered anew'])
    endTask()
    expect(seqs()).toEqual([1])
    expect(log.warn).not.toHaveBeenCalled()
  })

  test('UF3: behind 16 KiB that have not left they are dropped', () => {
    const { buffered, endTask, seqs, stream } = setUp()
    stream.open()
    buffered.bytes = 16 * 1024 + 1
    stream.fire(target, [1])
    endTask()
    buffered.bytes = 0
    stream.fire(target, [2])
    endTask()
    expect(seqs()).toEqual([1])
  })

  test('UF4: of one task the last 64 are sent', () => {
    const { endTask, sent, stream } = setUp()
    stream.open()
    for (let count = 1; count <= 100; count += 1) stream.fire(target, [count])
    endTask()
    expect(sent).toHaveLength(64)
    expect([sent[0], sent.at(-1)].map((datagram) => datagram?.args.bytes.at(-1))).toEqual([
      0x80 + 37,
      0x80 + 100,
    ])
  })

  test('UF5: above 1,000 bytes they are dropped, with one warning for each remote in development', () => {
    for (const isDevelopment of [true, false]) {
      const { endTask, log, sent, stream } = setUp({ isDevelopment })
      stream.open()
      stream.fire(target, ['x'.repeat(1000)])
      stream.fire(target, ['x'.repeat(100_000)])
      endTask()
      expect(sent).toEqual([])
      expect(log.warn).toHaveBeenCalledTimes(isDevelopment ? 1 : 0)
    }
  })

  test('UF6: a remote that is not in the tree is not fired', () => {
    const { endTask, sent, stream } = setUp()
    stream.open()
    stream.fire({ ...target, id: () => 0 }, [1])
    endTask()
    expect(sent).toEqual([])
  })

  test('UF6: what cannot travel throws at the call, also where it would be dropped', () => {
    const { stream } = setUp()
    expect(() => stream.fire(target, [() => 1])).toThrow(expect.objectContaining({ code: 'invalidArgument' }))
  })
})
