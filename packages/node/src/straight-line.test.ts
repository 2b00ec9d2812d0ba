import { Socket as TcpSocket } from 'node:net'
import type { Socket as EngineSocket } from 'engine.io'
import { describe, expect, it } from 'vitest'
import { straightLineOf } from './straight-line.ts'

/** An open connection as engine.io and ws make it, with what a test changes about it. */
function createConnection() {
  const written: Uint8Array[] = []
  const line = Object.assign(new TcpSocket(), { write: (message: Uint8Array) => written.push(message) > 0 })
  const webSocket = { readyState: 1, _socket: line }
  const connection = {
    readyState: 'open',
    transport: { socket: webSocket },
    writeBuffer: [] as { data?: string | Uint8Array }[],
  }
  const straightLine = straightLineOf(connection as unknown as EngineSocket)
  return { connection, webSocket, straightLine, written }
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

  it('HO18 writes nothing behind the end of a connection or of its WebSocket', () => {
    const ending = createConnection()
    ending.connection.readyState = 'closing'
    expect(ending.straightLine?.write(message)).toBe(false)
    const ended = createConnection()
    ended.webSocket.readyState = 2
    expect(ended.straightLine?.write(message)).toBe(false)
    expect([ending.written, ended.written]).toEqual([[], []])
  })

  it('HO18 is none where the engine or its WebSockets are not the ones that we know', () => {
    const known = createConnection().connection
    const others = [
      { ...known, writeBuffer: undefined },
      { ...known, transport: {} },
      { ...known, transport: { socket: { readyState: 1 } } },
      { ...known, transport: { socket: { readyState: 1, _socket: {} } } },
      { ...known, transport: { socket: { readyState: 'open', _socket: new TcpSocket() } } },
    ]
    for (const other of others) expect(straightLineOf(other as unknown as EngineSocket)).toBeNull()
  })
})
