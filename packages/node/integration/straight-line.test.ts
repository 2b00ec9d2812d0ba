// Whether the engine and the WebSockets that are installed are the ones that straight lines know.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attachEngine, createSocketTransport, type SocketTransportOptions } from '@banyan/node'
import type { Channel } from '@banyan/protocol'
import * as parser from '@banyan/protocol/socket-parser'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { straightLineOf } from '../src/straight-line.ts'

/** A transport, and whether it found the line under its connection: when it came, and after each upgrade. */
async function serve() {
  const found: boolean[] = []
  const channels: Channel[] = []
  const look: NonNullable<SocketTransportOptions['straightLineOf']> = (connection) => {
    const line = straightLineOf(connection)
    found.push(line !== null)
    return line
  }
  const transport = createSocketTransport({
    maxMessageBytes: 1024,
    origins: [],
    heartbeat: { intervalMs: 5000, timeoutMs: 5000 },
    report: (error) => expect.unreachable(String(error)),
    straightLineOf: look,
  })
  transport.listen((channel) => {
    channels.push(channel)
    return { onFrame() {}, onClose() {} }
  })
  const http = createServer()
  attachEngine(http, { engine: transport.engine, path: '/banyan' })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(async () => {
    await transport.close()
    http.closeAllConnections()
    http.close()
  })
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, found, channels }
}

function visit(url: string, transports: string[]) {
  const socket = io(url, { path: '/banyan', parser, transports, forceNew: true })
  onTestFinished(() => void socket.disconnect())
  return socket
}

test('HO18 the line under a WebSocket is found, and none under polling', async () => {
  const { url, found } = await serve()
  const direct = visit(url, ['websocket'])
  await new Promise((resolve) => direct.on('connect', () => resolve(null)))
  const polling = visit(url, ['polling'])
  await new Promise((resolve) => polling.on('connect', () => resolve(null)))
  expect(found).toEqual([true, false])
})

test('HO18 the line is found when polling becomes a WebSocket, and frames stay in order', async () => {
  const { url, found, channels } = await serve()
  const socket = visit(url, ['polling', 'websocket'])
  const heard: (number | undefined)[] = []
  const count = 400
  const all = new Promise((resolve) => {
    socket.on(parser.frameEvent, (frame: Uint8Array) => {
      heard.push(new DataView(frame.buffer, frame.byteOffset).getUint16(0))
      if (heard.length === count) resolve(null)
    })
  })
  await new Promise((resolve) => socket.on('connect', () => resolve(null)))
  for (let index = 0; index < count; index++) {
    // Some go by the engine, being large.
    const frame = new Uint8Array(index % 7 === 0 ? 70_000 : 2)
    new DataView(frame.buffer).setUint16(0, index)
    channels[0]?.send(frame)
    if (index % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await all
  expect(heard).toEqual(Array.from({ length: count }, (_, index) => index))
  await expect.poll(() => found).toEqual([false, true])
  await expect.poll(() => channels[0]?.bufferedBytes).toBe(0)
})
