import {
  type Channel,
  createManualClock,
  createNetwork,
  encodeHello,
  type NetworkConditions,
  protocolVersion,
} from '@banyan/protocol'
import { describeTransport } from '@banyan/protocol/transport-contract'
import { until } from '@banyan/testing/host'
import { afterEach, describe, expect, it } from 'vitest'
import { openBareSockets } from './fixtures/bare-sockets.ts'

/** Sockets whose server stands behind a network on a clock of its own: sockets take real time, conditions none. */
async function openSockets({ report }: { readonly report: (error: unknown) => void }) {
  const bare = await openBareSockets({ report })
  const clock = createManualClock({ startMs: 1000 })
  const network = createNetwork({ clock, seed: 1, report })
  return {
    clock,
    network,
    client: bare.client,
    server: network.wrap(bare.server),
    async close() {
      network.close()
      await bare.close()
    },
  }
}

const worlds: Readonly<Record<string, NetworkConditions>> = {
  'without conditions': {},
  'with latency and jitter': { latencyMs: 40, jitterMs: 30 },
}

for (const [name, conditions] of Object.entries(worlds)) {
  describeTransport(`socket.io behind a network ${name}`, async ({ report }) => {
    const sockets = await openSockets({ report })
    sockets.network.setForAll(conditions)
    let isRunning = true
    const run = (): void => {
      sockets.clock.advance(5)
      if (isRunning) setImmediate(run)
    }
    run()
    return {
      ...sockets,
      close() {
        isRunning = false
        return sockets.close()
      },
    }
  })
}

describe('a network before sockets', () => {
  const cleanups: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup()
  })

  async function openWorld() {
    const sockets = await openSockets({
      report(error) {
        throw error
      },
    })
    cleanups.push(() => sockets.close())
    const { clock } = sockets
    const servers: End[] = []
    sockets.server.listen((channel) => {
      const end = createEnd(clock)
      servers.push(Object.assign(end, { channel }))
      return end.handlers
    })
    /** Connects, and says hello without waiting for what the network makes of it. */
    async function join(name: string) {
      const client = createEnd(clock)
      const number = servers.length
      Object.assign(client, { channel: sockets.client.connect(client.handlers) })
      await until('the socket opens at both ends', () => client.isOpen && servers.length > number)
      const server = servers[number]
      if (server === undefined) throw new Error('nobody came')
      client.channel.send(helloOf(name))
      return { client, server }
    }
    return { ...sockets, join }
  }

  it('NW4 takes each direction’s latency, by its own clock', async () => {
    const { clock, network, join } = await openWorld()
    network.set('ana', { up: { latencyMs: 40 }, down: { latencyMs: 70 } })
    const { client, server } = await join('ana')
    client.channel.send(Uint8Array.of(2, 7))
    // Before the hello the line would be nobody's.
    await until('both frames are under way', () => network.underWay === 2)
    server.channel.send(Uint8Array.of(0x82, 8))
    expect([server.heard, client.heard]).toEqual([[], []])
    clock.advance(40)
    expect(server.heard).toEqual([
      { last: undefined, timeMs: 1040 },
      { last: 7, timeMs: 1040 },
    ])
    expect(network.underWay).toBe(1)
    clock.advance(30)
    await until('the frame arrives', () => client.heard.length === 1)
    expect(client.heard).toEqual([{ last: 8, timeMs: 1070 }])
  })

  it('NW6 and NW8 lose datagrams, and hold back what a cap does not let pass', async () => {
    const { clock, network, join } = await openWorld()
    const { client, server } = await join('ana')
    await until('the hello arrives', () => server.heard.length === 1)
    network.set('ana', { up: { loss: 1 }, down: { bytesPerSecond: 100 } })
    client.channel.send(Uint8Array.of(6, 1))
    const fates: string[] = []
    network.observe((event) => event.kind === 'frame' && fates.push(event.fate))
    await until('the datagram meets its fate', () => fates.length === 1)
    expect([fates, server.heard.length]).toEqual([['lost'], 1])
    server.channel.send(new Uint8Array(50))
    expect(server.channel.bufferedBytes).toBe(50)
    clock.advance(500)
    await until(
      'the frame arrives and leaves no queue',
      () => client.heard.length === 1 && server.channel.bufferedBytes === 0,
    )
  })

  it('NW11 holds both directions in silence until the network heals', async () => {
    const { clock, network, join } = await openWorld()
    const { client, server } = await join('ana')
    await until('the hello arrives', () => server.heard.length === 1)
    network.partition('ana')
    const other = await join('bo')
    client.channel.send(Uint8Array.of(2, 1))
    server.channel.send(Uint8Array.of(0x82, 2))
    other.client.channel.send(Uint8Array.of(2, 3))
    await until('the other’s frame arrives', () => other.server.heard.length === 2)
    clock.advance(60_000)
    expect([server.heard.length, client.heard.length]).toEqual([1, 0])
    network.heal('ana')
    clock.advance(0)
    await until('what was held arrives', () => server.heard.length === 2 && client.heard.length === 1)
    expect([server.heard.at(-1)?.last, client.heard.at(-1)?.last]).toEqual([1, 2])
  })

  it('NW12 and NW13 a cut and a block are heard by both ends, and the client may come again', async () => {
    const { clock, network, join } = await openWorld()
    network.set('ana', { latencyMs: 50 })
    const first = await join('ana')
    await until('the hello is under way', () => network.underWay === 1)
    network.cut('ana')
    await until(
      'both ends hear of the cut',
      () => first.client.closes.length + first.server.closes.length === 2,
    )
    expect([first.server.closes, first.server.heard]).toEqual([['cut by the network'], []])
    network.block('ana')
    const blocked = await join('ana')
    await until(
      'both ends hear of the block',
      () => blocked.client.closes.length + blocked.server.closes.length === 2,
    )
    expect(blocked.server.closes).toEqual(['blocked by the network'])
    network.heal('ana')
    const again = await join('ana')
    await until('the hello is under way', () => network.underWay === 1)
    clock.advance(50)
    expect(again.server.heard.length).toBe(1)
  })
})

type End = ReturnType<typeof createEnd>

function createEnd(clock: { now(): number }) {
  const end = {
    channel: { send() {}, close() {}, bufferedBytes: 0 } as Channel,
    isOpen: false,
    heard: [] as { last: number | undefined; timeMs: number }[],
    closes: [] as string[],
    handlers: {
      onOpen() {
        end.isOpen = true
      },
      onFrame(frame: Uint8Array) {
        end.heard.push({ last: frame.length === 2 ? frame[1] : undefined, timeMs: clock.now() })
      },
      onClose: (cause: string) => void end.closes.push(cause),
    },
  }
  return end
}

function helloOf(name: string): Uint8Array {
  const rest = { definitionHash: '', place: 'main', guestKey: '', turn: 0, credentials: null, resume: null }
  return encodeHello({ protocolVersion, name, ...rest })
}
