import { EventEmitter } from 'node:events'
import { Socket as TcpSocket } from 'node:net'
import type { Socket as EngineSocket } from 'engine.io'
import { describe, expect, it } from 'vitest'
import { straightLineOf } from './straight-line.ts'

/** An open connection as engine.io and ws make it, with what a test changes about it. */
function createConnection() {
  const written: Uint8Array[] = []
  const line = Object.assign(new TcpSocket(), { write: (message: Uint8Array) => written.push(message) > 0 })
  const webSocket = Object.assign(new EventEmitter(), { readyState: 1, _socket: line })
  const leftToEngine: unknown[] = []
  webSocket.on('message', (data: unknown) => leftToEngine.push(data))
  const connection = Object.assign(new EventEmitter(), {
    readyState: 'open',
    transport: { socket: webSocket },
    writeBuffer: [] as { data?: string | Uint8Array }[],
    pingTimeoutTimer: null as object | null,
  })
  const straightLine = straightLineOf(connection as unknown as EngineSocket)
  return { connection, webSocket, line, straightLine, written, leftToEngine }
}

const message = Buffer.of(0x82, 1, 7)

describe('a straight line', () => {
  it('HO18 writes a message to TCP', () => {
    const { straightLine, written } = createConnection()
    expect(straightLine?.write(message)).toBe(true)
    expect(written).toEqual([message])
  })

  it('HO18 leaves a message to the engine that has something to write first', () => {
    const { connection, straightLine, written } = createConnection()
    connection.writeBuffer = [{ data: Buffer.alloc(10) }, { data: 'ping' }, {}]
    expect(straightLine?.write(message)).toBe(false)
    expect(written).toEqual([])
    expect(straightLine?.unsentBytes).toBe(14)
  })

  it('HO18 sees what the engine has to write behind a time when nothing waited', () => {
    const { connection, straightLine, written } = createConnection()
    expect([straightLine?.unsentBytes, straightLine?.write(message)]).toEqual([0, true])
    connection.emit('packetCreate')
    connection.writeBuffer = [{ data: 'ping' }]
    expect([straightLine?.unsentBytes, straightLine?.write(message)]).toEqual([4, false])
    connection.writeBuffer = []
    expect([straightLine?.unsentBytes, straightLine?.write(message)]).toEqual([0, true])
    expect(written).toHaveLength(2)
  })

  it('HO18 tells what the kernel has not taken of its own messages, until it has', () => {
    const { straightLine, line } = createConnection()
    expect([straightLine?.unsentBytes, straightLine?.write(message)]).toEqual([0, true])
    Object.defineProperty(line, 'writableLength', { value: 3, configurable: true })
    expect([straightLine?.write(message), straightLine?.unsentBytes]).toEqual([true, 3])
    Object.defineProperty(line, 'writableLength', { value: 0 })
    expect(straightLine?.unsentBytes).toBe(0)
  })

  it('HO18 writes nothing behind the end of a connection or of its WebSocket', () => {
    const ending = createConnection()
    ending.connection.readyState = 'closing'
    expect(ending.straightLine?.write(message)).toBe(false)
    const ended = createConnection()
    ended.webSocket.readyState = 2
    expect(ended.straightLine?.write(message)).toBe(false)
    expect([ending.written, ended.written]).toEqual([[], []])
  })

  it('HO18 hears binary messages, and leaves text to the engine', () => {
    const { webSocket, straightLine, leftToEngine } = createConnection()
    const heard: Uint8Array[] = []
    straightLine?.hear((frame) => heard.push(frame))
    webSocket.emit('message', message, true)
    webSocket.emit('message', Buffer.from('3'), false)
    expect([heard, leftToEngine]).toEqual([[message], [Buffer.from('3')]])
  })

  it('HO18 leaves messages to an engine that waits for a sign of life, or is closing', () => {
    const { connection, webSocket, straightLine, leftToEngine } = createConnection()
    straightLine?.hear(() => expect.unreachable())
    connection.pingTimeoutTimer = {}
    webSocket.emit('message', message, true)
    connection.pingTimeoutTimer = null
    connection.readyState = 'closing'
    webSocket.emit('message', message, true)
    expect(leftToEngine).toEqual([message, message])
  })

  it('HO18 leaves messages to whoever else listens to the WebSocket', () => {
    const { webSocket, straightLine, leftToEngine } = createConnection()
    webSocket.on('message', () => {})
    straightLine?.hear(() => expect.unreachable())
    webSocket.emit('message', message, true)
    expect(leftToEngine).toEqual([message])
  })

  it('HO18 is none where the engine or its WebSockets are not the ones that we know', () => {
    const { readyState, transport, writeBuffer } = createConnection().connection
    const noEmitter = { readyState, transport, writeBuffer, pingTimeoutTimer: null }
    const others = [
      { writeBuffer: undefined },
      { pingTimeoutTimer: undefined },
      { transport: {} },
      { transport: { socket: { readyState: 1, _socket: new TcpSocket() } } },
      { transport: { socket: Object.assign(new EventEmitter(), { readyState: 1, _socket: {} }) } },
      {
        transport: {
          socket: Object.assign(new EventEmitter(), { readyState: 'open', _socket: new TcpSocket() }),
        },
      },
    ].map((other) => Object.assign(createConnection().connection, other))
    for (const other of [noEmitter, ...others]) {
      expect(straightLineOf(other as unknown as EngineSocket)).toBeNull()
    }
  })
})
