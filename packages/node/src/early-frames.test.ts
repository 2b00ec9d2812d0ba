import { EventEmitter } from 'node:events'
import type { Socket as EngineSocket } from 'engine.io'
import { describe, expect, it } from 'vitest'
import { createEarlyFrames } from './early-frames.ts'

function createConnection() {
  const closings: unknown[] = []
  const emitter = Object.assign(new EventEmitter(), { close: (now: unknown) => closings.push(now) })
  const connection = emitter as EventEmitter & Pick<EngineSocket, 'close'>
  return {
    closings,
    connection: connection as EngineSocket,
    say: (data: unknown) => emitter.emit('data', data),
  }
}

describe('early frames', () => {
  it('TR19 are what comes behind the greeting, until they are taken', () => {
    const early = createEarlyFrames()
    const { connection, say } = createConnection()
    early.hold(connection)
    say(Buffer.of(1))
    say('0')
    say(Buffer.of(2))
    say('1')
    say(Buffer.of(3))
    expect(early.take(connection).map(([first]) => first)).toEqual([2, 3])
    say(Buffer.of(4))
    expect(early.take(connection)).toEqual([])
    expect(connection.listenerCount('data')).toBe(0)
  })

  it('TR19 are eight at most: a ninth closes the line', () => {
    const early = createEarlyFrames()
    const { closings, connection, say } = createConnection()
    early.hold(connection)
    say('0')
    for (let n = 0; n < 8; n += 1) say(Buffer.of(n))
    expect(closings).toEqual([])
    say(Buffer.of(8))
    expect(closings).toEqual([true])
    expect(early.take(connection)).toHaveLength(8)
  })
})
