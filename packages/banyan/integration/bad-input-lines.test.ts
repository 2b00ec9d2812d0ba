// Below the frames: lines that speak WebSocket, engine.io or socket.io wrongly are cut alone, with a line in the log.
import { decodeDown, encodeHello, protocolVersion } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { type Arena, createArena } from './fixtures/arena.ts'
import { definition } from './fixtures/arena-game.ts'
import type { RawLine } from './fixtures/raw-line.ts'

const greeting = '40'
const goodbye = '41'

const hello = encodeHello({
  protocolVersion,
  definitionHash: definition.hash,
  place: 'main',
  guestKey: 'mallory',
  name: 'mallory',
  turn: 0,
  credentials: null,
  resume: null,
})

async function open(arena: Arena): Promise<RawLine> {
  const line = arena.rawLine()
  await arena.until('the line opens', () => line.texts.length === 1)
  return line
}

async function joined(arena: Arena): Promise<RawLine> {
  const line = await open(arena)
  line.send(greeting)
  await arena.until('the line is greeted', () => line.texts.length === 2)
  line.send(hello)
  await arena.until('the line is let in', () => line.frames.length > 0)
  return line
}

/** What the last frame was. */
function lastOf(line: RawLine): unknown {
  const decoded = decodeDown(definition, line.frames.at(-1) ?? new Uint8Array())
  return decoded.ok ? decoded.value : decoded.problem
}

const notGreeting = ['closed a connection as malformed: a text message is neither greeting nor goodbye']

test.each([
  ['an event', '42["hello",1]'],
  ['an event that announces attachments', '451-["f",{"_placeholder":true,"num":0}]'],
  ['an acknowledgement', '430["hello"]'],
  ['a frame event as text', '42["f","AAAA"]'],
  ['a connection to another namespace', '40/admin,'],
  ['a second greeting', greeting],
  ['a packet that is cut short', '42["hel'],
  ['an unknown packet', '49'],
  ['an empty message', '4'],
  ['text that is no packet', '4hello'],
  ['an announcement of a huge number of attachments', '4599999999-["f"]'],
])('HO20 %s as text cuts its line', async (_, text) => {
  await using arena = await createArena()
  const line = await joined(arena)
  line.send(text)
  await arena.until('the line is cut', () => line.closeCode !== null)
  expect(arena.warnings).toEqual(notGreeting)
  expect(arena.host.server.metrics().connections).toBe(1)
  await arena.expectUnharmed()
})

test('HO20 a line that greets another namespace first is cut', async () => {
  await using arena = await createArena()
  const line = await open(arena)
  line.send('40/admin,')
  await arena.until('the line is cut', () => line.closeCode !== null)
  expect(arena.warnings).toEqual(notGreeting)
  await arena.expectUnharmed()
})

test('HO20 a hundred greetings on one line make one channel at most', async () => {
  await using arena = await createArena()
  const line = await open(arena)
  for (let count = 0; count < 100; count += 1) line.send(greeting)
  line.send(hello)
  await arena.until('the line is cut', () => line.closeCode !== null)
  expect(arena.warnings).toHaveLength(1)
  expect(line.texts.length).toBeLessThanOrEqual(2)
  await arena.expectUnharmed()
})

test('HO21 a line that said goodbye is over, and nobody keeps it', async () => {
  await using arena = await createArena()
  const line = await joined(arena)
  line.send(goodbye)
  await arena.until('the line is cut', () => line.closeCode !== null)
  expect(arena.host.server.metrics().connections).toBe(1)
  expect(arena.warnings).toEqual([])
  await arena.expectUnharmed()
})

test('HO21 frames before the greeting are heard by nobody', async () => {
  await using arena = await createArena()
  const line = await open(arena)
  line.send(hello)
  line.send(new Uint8Array([0x7f]))
  line.send(greeting)
  await arena.until('the line is greeted', () => line.texts.length === 2)
  line.send(hello)
  await arena.until('the line is let in', () => line.frames.length > 0)
  expect(lastOf(line)).toMatchObject({ kind: 'welcome', status: 'new' })
  line.terminate()
  await arena.expectUnharmed()
})

test('HO9 a message above 256 KiB cuts its line before it is read', async () => {
  await using arena = await createArena()
  const line = await joined(arena)
  line.send(new Uint8Array(256 * 1024 + 1))
  await arena.until('the line is cut', () => line.closeCode !== null)
  expect(line.closeCode).toBe(1009)
  expect(arena.warnings).toEqual([
    expect.stringContaining('malformed: RangeError: Max payload size exceeded'),
  ])
  await arena.expectUnharmed()
})

test.each<[string, readonly number[], number]>([
  // A final text frame of two bytes, masked with zeros.
  ['text that is not UTF-8', [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28], 1007],
  ['a frame without a mask', [0x82, 0x01, 0x04], 1002],
  ['an unknown opcode', [0x83, 0x80, 0, 0, 0, 0], 1002],
  ['reserved bits', [0xf2, 0x80, 0, 0, 0, 0], 1002],
  ['a length of 2^63', [0x82, 0xff, 0x7f, ...Array(7).fill(0xff), 0, 0, 0, 0], 1009],
])('HO9 %s breaks the WebSocket protocol and cuts its line', async (_, bytes, code) => {
  await using arena = await createArena()
  const line = await joined(arena)
  line.sendBytes(Uint8Array.from(bytes))
  await arena.until('the line is cut', () => line.closeCode !== null)
  expect(line.closeCode).toBe(code)
  expect(arena.warnings).toEqual([expect.stringMatching(/^closed a connection as malformed: /)])
  await arena.expectUnharmed()
})

test('SE2 a line that is lost in the middle of a frame leaves a Player in its grace', async () => {
  await using arena = await createArena()
  const line = await joined(arena)
  line.sendBytes(Uint8Array.of(0x82, 0x8a, 0, 0, 0, 0, 0x02))
  line.terminate()
  await arena.until('the line is gone', () => arena.host.server.metrics().connections === 1)
  expect(arena.place.stats).toMatchObject({ players: 2, connected: 1 })
  expect(arena.warnings).toEqual([])
  await arena.expectUnharmed()
})

test.each([
  ['what is no HTTP', 'hello?\r\n\r\n'],
  [
    'an upgrade to nothing',
    'GET /banyan/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ],
  [
    'an upgrade elsewhere',
    'GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ],
  [
    'an upgrade of a session that there is not',
    'GET /banyan/?EIO=4&transport=websocket&sid=nobody HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  ],
])('HO3 %s is refused by HTTP', async (_, request) => {
  await using arena = await createArena()
  const socket = arena.rawSocket()
  socket.write(request)
  await arena.until('the socket is closed', () => socket.isClosed)
  expect(socket.received).not.toContain(' 101 ')
  await arena.expectUnharmed()
})

test.each([
  ['no such session', 'GET', '/banyan/?EIO=4&transport=polling&sid=__proto__', '', 400],
  ['an unknown transport', 'GET', '/banyan/?EIO=4&transport=constructor', '', 400],
  ['an old protocol', 'GET', '/banyan/?EIO=2&transport=polling', '', 400],
  ['a post without a session', 'POST', '/banyan/?EIO=4&transport=polling', 'x'.repeat(300_000), 400],
  ['a method that nobody speaks', 'DELETE', '/banyan/?EIO=4&transport=polling', '', 400],
])('HO6 polling with %s is refused', async (_, method, path, body, status) => {
  await using arena = await createArena()
  const answer = await fetch(`http://127.0.0.1:${arena.host.port}${path}`, {
    method,
    ...(body === '' ? {} : { body }),
  })
  await answer.text()
  expect(answer.status).toBe(status)
  await arena.expectUnharmed()
})
