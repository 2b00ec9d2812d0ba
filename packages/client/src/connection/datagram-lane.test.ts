import {
  type ConnectHandlers,
  createManualClock,
  createSeededRandom,
  type DatagramLane,
} from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createConnection } from './connection.ts'

function connectBy(lane?: DatagramLane) {
  const sent: Uint8Array[] = []
  const connection = createConnection({
    clock: createManualClock(),
    random: createSeededRandom(1),
    page: { onWake: () => () => {}, onLeave: () => () => {} },
    turns: { takeTurn: () => {}, isOvertaken: () => false },
    hello: () => new Uint8Array(),
    ping: () => new Uint8Array(),
    onFrame: () => {},
    onState: () => {},
    transport: {
      connect: (_handlers: ConnectHandlers) => ({
        send: (frame) => void sent.push(frame),
        close: () => {},
        bufferedBytes: 1_000_000,
        ...(lane === undefined ? {} : { datagrams: lane }),
      }),
    },
  })
  expect(connection.datagrams).toBeNull()
  connection.connect()
  return { connection, sent }
}

test('UF13 TR16 datagrams go the way that a channel has for them', () => {
  const heard: Uint8Array[] = []
  const { connection, sent } = connectBy({ bufferedBytes: 5, send: (frame) => void heard.push(frame) })
  expect(connection.datagrams?.bufferedBytes).toBe(5)
  connection.datagrams?.send(Uint8Array.of(1))
  expect([heard.length, sent.length]).toEqual([1, 0])
  connection.close(Uint8Array.of(2))
  expect([heard.length, sent.length, connection.datagrams]).toEqual([1, 1, null])
})

test('UF13 TR16 and where it has none, its own', () => {
  const { connection, sent } = connectBy()
  expect(connection.datagrams?.bufferedBytes).toBe(1_000_000)
  connection.datagrams?.send(Uint8Array.of(1))
  expect(sent).toHaveLength(1)
})
