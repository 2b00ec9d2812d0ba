import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLineOpener, type Line } from './transports/recording.ts'
import type { ClientTransport, ServerTransport } from './transports/transport.ts'

/** A transport, started, and the way to stop it. */
export interface TransportUnderTest {
  readonly server: ServerTransport
  readonly client: ClientTransport
  close(): Promise<void> | void
}

/** Makes a fresh transport for each test; what its users' handlers throw goes to `report`. */
export type MakeTransport = (options: {
  readonly report: (error: unknown) => void
}) => Promise<TransportUnderTest> | TransportUnderTest

/** The rules TR1 to TR9 of SPEC.md as tests; every transport runs them. Imports vitest, so never ship it. */
export function describeTransport(name: string, make: MakeTransport): void {
  describe(`transport contract: ${name}`, () => {
    const reported: unknown[] = []
    let transport: TransportUnderTest
    let lines: ReturnType<typeof createLineOpener>

    beforeEach(async () => {
      reported.length = 0
      transport = await make({ report: (error) => reported.push(error) })
      lines = createLineOpener(transport)
    })
    afterEach(async () => {
      lines.stop()
      await transport.close()
    })

    /** Resolves when everything sent on any line before it has had its turn. */
    const settle = async () => {
      const line = await lines.open()
      await roundTrip(line)
      line.client.channel.close()
      await line.server.until(() => line.server.closes.length > 0)
    }

    it('TR1 carries frames in order, both ways at once', async () => {
      const { client, server } = await lines.open()
      for (let index = 0; index < 200; index++) {
        client.channel.send(Uint8Array.of(1, index))
        server.channel.send(Uint8Array.of(2, index))
      }
      await Promise.all([
        client.until(() => client.frames.length === 200),
        server.until(() => server.frames.length === 200),
      ])
      expect(server.frames.map((frame) => [...frame])).toEqual(Array.from({ length: 200 }, (_, i) => [1, i]))
      expect(client.frames.map((frame) => [...frame])).toEqual(Array.from({ length: 200 }, (_, i) => [2, i]))
    })

    it('TR1 keeps the order of frames of all sizes', async () => {
      const { client, server } = await lines.open()
      const sizes = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? 100_000 : index) + 1)
      for (const [index, size] of sizes.entries()) server.channel.send(new Uint8Array(size).fill(index))
      await client.until(() => client.frames.length === sizes.length)
      expect(client.frames.map(({ length }) => length)).toEqual(sizes)
      expect(client.frames.map((frame) => frame.at(-1))).toEqual(sizes.map((_, index) => index))
    })

    it.each([0, 1, 125, 126, 65_535, 65_536, 300_000])(
      'TR2 carries %i bytes unchanged, both ways',
      async (size) => {
        const { client, server } = await lines.open()
        const frame = Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff)
        client.channel.send(frame.slice())
        server.channel.send(frame.slice())
        await Promise.all([
          client.until(() => client.frames.length > 0),
          server.until(() => server.frames.length > 0),
        ])
        for (const received of [...client.frames, ...server.frames]) {
          expect(received).toBeInstanceOf(Uint8Array)
          expect(equal(received, frame)).toBe(true)
        }
      },
    )

    it.each(['client', 'server'] as const)(
      'TR3 tells both ends once, with a cause, that the %s closed',
      async (closer) => {
        const line = await lines.open()
        line[closer].channel.close()
        line[closer].channel.close()
        expect(line[closer].closes).toEqual([])
        await Promise.all([
          line.client.until(() => line.client.closes.length > 0),
          line.server.until(() => line.server.closes.length > 0),
        ])
        await settle()
        for (const { closes } of [line.client, line.server]) {
          expect(closes).toHaveLength(1)
          expect(closes[0]).toMatch(/\S/)
        }
      },
    )

    it.each([
      ['client', 'server'],
      ['server', 'client'],
    ] as const)('TR4 delivers what the %s sent before it closed', async (closer, other) => {
      const line = await lines.open()
      for (let index = 0; index < 50; index++) line[closer].channel.send(Uint8Array.of(index))
      line[closer].channel.close()
      await line[other].until(() => line[other].closes.length > 0)
      expect(line[other].frames.map((frame) => frame[0])).toEqual(Array.from({ length: 50 }, (_, i) => i))
    })

    it.each([
      ['client', 'server'],
      ['server', 'client'],
    ] as const)('TR5 hears and sends nothing after the %s closed', async (closer, other) => {
      const line = await lines.open()
      line[other].channel.send(Uint8Array.of(1))
      line[closer].channel.close()
      line[closer].channel.send(Uint8Array.of(2))
      await line[other].until(() => line[other].closes.length > 0)
      line[other].channel.send(Uint8Array.of(3))
      line[other].channel.close()
      await settle()
      expect(line[closer].frames).toEqual([])
      expect(line[other].frames).toEqual([])
    })

    it('TR6 says how many bytes wait: none before a send, and none again some time after delivery', async () => {
      const line = await lines.open()
      const { channel } = line.server
      expect(channel.bufferedBytes).toBe(0)
      channel.send(new Uint8Array(1000))
      expect(channel.bufferedBytes).toBeGreaterThanOrEqual(0)
      await line.client.until(() => line.client.frames.length > 0)
      // The sending end may learn of a delivery later than the receiving one.
      while (channel.bufferedBytes > 0) {
        const heard = line.server.frames.length
        line.client.channel.send(Uint8Array.of(0))
        await line.server.until(() => line.server.frames.length > heard)
      }
    })

    it('TR7 keeps many channels apart', async () => {
      const many: Line[] = []
      for (let index = 0; index < 20; index++) many.push(await lines.open())
      for (const [index, { client, server }] of many.entries()) {
        client.channel.send(Uint8Array.of(index))
        server.channel.send(Uint8Array.of(100 + index))
      }
      for (const [index, { client, server }] of many.entries()) {
        await client.until(() => client.frames.length > 0)
        await server.until(() => server.frames.length > 0)
        expect(server.frames.map((frame) => [...frame])).toEqual([[index]])
        expect(client.frames.map((frame) => [...frame])).toEqual([[100 + index]])
      }
    })

    it('TR8 reports what a handler throws, and goes on, on that channel and the others', async () => {
      const failing = await lines.open()
      const other = await lines.open()
      const failure = new Error('a handler failed')
      failing.server.onFrame = () => {
        throw failure
      }
      failing.client.channel.send(Uint8Array.of(1))
      failing.client.channel.send(Uint8Array.of(2))
      await failing.server.until(() => failing.server.frames.length === 2)
      await roundTrip(other)
      expect(reported).toEqual([failure, failure])
      expect(failing.server.closes).toEqual([])
    })

    it('TR9 never calls a handler from within send, close or connect', async () => {
      const line = await lines.open()
      line.client.channel.send(Uint8Array.of(1))
      line.server.channel.send(Uint8Array.of(1))
      line.client.channel.close()
      const heard = [line.client, line.server].map(({ frames, closes }) => frames.length + closes.length)
      expect(heard).toEqual([0, 0])
      await line.server.until(() => line.server.closes.length > 0)
    })
  })
}

/** Sends a frame up and one back down; afterwards all that was sent before on this line has arrived. */
async function roundTrip({ client, server }: Line): Promise<void> {
  const [atServer, atClient] = [server.frames.length, client.frames.length]
  client.channel.send(Uint8Array.of(0))
  await server.until(() => server.frames.length > atServer)
  server.channel.send(Uint8Array.of(0))
  await client.until(() => client.frames.length > atClient)
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}
