import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../random/seeded-random.ts'
import { describeTransport } from '../transport-contract.ts'
import { createMemoryTransport } from './memory-transport.ts'
import { createLineOpener, createRecording } from './recording.ts'

describeTransport('memory', ({ report }) => ({ ...createMemoryTransport({ report }), close() {} }))

describeTransport('memory under a schedule that mixes up its runs', ({ report }) => {
  const random = createSeededRandom(7)
  const waiting: (() => void)[] = []
  const runOne = () => waiting.splice(Math.floor(random.next() * waiting.length), 1)[0]?.()
  const schedule = (run: () => void) => {
    waiting.push(run)
    queueMicrotask(runOne)
  }
  return { ...createMemoryTransport({ report, schedule }), close() {} }
})

describe('memory transport', () => {
  it('TR10 copies: a sender may reuse its buffer and a receiver may keep what it got', async () => {
    const { client, server } = await createLineOpener(createMemoryTransport()).open()
    const buffer = Uint8Array.of(1, 2, 3)
    client.channel.send(buffer)
    buffer.fill(9)
    await server.until(() => server.frames.length > 0)
    expect(server.frames).toEqual([Uint8Array.of(1, 2, 3)])
  })

  it('TR11 refuses where nobody listens, with a cause and without opening', async () => {
    const transport = createMemoryTransport()
    const client = createRecording()
    transport.client.connect(client.handlers)
    await client.until(() => client.closes.length > 0)
    expect(client).toMatchObject({ opens: 0, closes: ['refused: nobody listens'] })
  })

  it('TR11 refuses after listening was stopped, and keeps the open channels', async () => {
    const transport = createMemoryTransport()
    const lines = createLineOpener(transport)
    const { client, server } = await lines.open()
    lines.stop()
    const late = createRecording()
    transport.client.connect(late.handlers)
    await late.until(() => late.closes.length > 0)
    client.channel.send(Uint8Array.of(1))
    await server.until(() => server.frames.length > 0)
    expect(late.opens).toBe(0)
  })

  it('TR11 refuses, and reports, where accepting throws', async () => {
    const reported: unknown[] = []
    const transport = createMemoryTransport({ report: (error) => reported.push(error) })
    const failure = new Error('no')
    transport.server.listen(() => {
      throw failure
    })
    const client = createRecording()
    transport.client.connect(client.handlers)
    await client.until(() => client.closes.length > 0)
    expect(reported).toEqual([failure])
    expect(client.opens).toBe(0)
  })

  it('TR3 an attempt that is closed before it opened never opens', async () => {
    const transport = createMemoryTransport()
    transport.server.listen(() => createRecording().handlers)
    const client = createRecording()
    transport.client.connect(client.handlers).close()
    await client.until(() => client.closes.length > 0)
    expect(client).toMatchObject({ opens: 0, closes: ['closed by this end'] })
  })

  it('TR6 counts the bytes that the schedule holds back', async () => {
    const waiting: (() => void)[] = []
    const transport = createMemoryTransport({ schedule: (run) => waiting.push(run) })
    const recording = createRecording()
    transport.server.listen(() => recording.handlers)
    const channel = transport.client.connect(createRecording().handlers)
    waiting.shift()?.()
    channel.send(new Uint8Array(600))
    channel.send(new Uint8Array(400))
    expect(channel.bufferedBytes).toBe(1000)
    waiting.shift()?.()
    expect(channel.bufferedBytes).toBe(400)
  })
})
