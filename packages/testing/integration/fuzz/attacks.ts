import { once } from 'node:events'
import { connect } from 'node:net'
import { encodePing } from '@banyan/protocol'
import { bendFrame, spliceFrames } from '@banyan/protocol/hostile-frames'
import { createIntruder, helloOf, type Intruder } from './intruder.ts'
import { badArguments, below, type Chance, corpus, createCallSource, pick } from './made-up-frames.ts'

/** A line that nobody ends but the server, or who has too many of them. */
export interface HangingLine {
  destroy(): void
  gone(): Promise<unknown>
}

/** Where to attack, by what chance, and who keeps the lines that are meant to hang. */
export interface AttackSetting {
  readonly port: number
  readonly random: Chance
  readonly name: string
  /** Ids of remotes that a client may call. */
  readonly remotes: readonly number[]
  /** Takes a line that the attack leaves open. */
  hang(line: HangingLine): void
}

/** How an attack ended: with the server's code, by a cut, or open on purpose. */
export interface Outcome {
  readonly sent: number
  readonly end: string
  /** What should not have happened. */
  readonly fault: string | null
}

export type Attack = (setting: AttackSetting) => Promise<Outcome>

const dismissals: readonly string[] = [
  'malformed',
  'oversize',
  'flooded',
  'slowReader',
  'left',
  'helloTimeout',
]

/** The session ends with a reason, or the attack tells a fault. */
async function dismissed(intruder: Intruder, codes: readonly string[] = dismissals): Promise<Outcome> {
  await intruder.gone()
  const { closed, sent } = intruder
  if (closed === null) return { sent, end: 'cut', fault: 'it was cut without a reason' }
  return { sent, end: closed, fault: codes.includes(closed) ? null : `it was closed as ${closed}` }
}

/** Lines that break the rules below the frames are cut, which a line of the log tells of. */
async function cut(intruder: Intruder): Promise<Outcome> {
  await intruder.gone()
  return { sent: intruder.sent, end: 'cut', fault: null }
}

const refused: Outcome = { sent: 0, end: 'refused', fault: 'it was not let in' }

function enter({ port, name }: AttackSetting): Intruder {
  return createIntruder({ port, name })
}

/** Calls and datagrams, some of them bent; the last frame is malformed for certain. */
const bentFrames: Attack = async (setting) => {
  const { random, remotes } = setting
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  const source = createCallSource(random, remotes)
  const rounds = below(random, 80)
  for (let round = 0; round < rounds; round += 1) {
    const frame = source.next()
    const dice = random.next()
    if (dice < 0.94) intruder.send(frame)
    else if (dice < 0.98) intruder.send(bendFrame(frame, random))
    else intruder.send(spliceFrames(frame, source.next(), random))
  }
  intruder.send(pick(random, corpus))
  return dismissed(intruder)
}

const corpusFrame: Attack = async (setting) => {
  const { random, remotes } = setting
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  const [remote = 0] = remotes
  if (random.next() < 0.5) intruder.send(pick(random, corpus))
  else intruder.send(createCallSource(random, remotes).event(remote, pick(random, badArguments)))
  return dismissed(intruder, ['malformed'])
}

const bentHello: Attack = async (setting) => {
  const { random, name } = setting
  const intruder = enter(setting)
  if (!(await intruder.greeted())) return refused
  intruder.send(random.next() < 0.3 ? pick(random, corpus) : bendFrame(helloOf(name), random))
  intruder.send(pick(random, corpus))
  return dismissed(intruder, [
    ...dismissals,
    'versionMismatch',
    'definitionMismatch',
    'noSuchPlace',
    'unauthorized',
    'sessionExpired',
  ])
}

const manyHellos: Attack = async (setting) => {
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  for (let count = 0; count < 5; count += 1) intruder.send(helloOf(setting.name))
  return dismissed(intruder, ['malformed'])
}

const flood: Attack = async (setting) => {
  const { random, remotes } = setting
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  const source = createCallSource(random, remotes)
  const frame = random.next() < 0.5 ? encodePing({ clientMs: 1 }) : null
  for (let count = 0; count < 2000; count += 1) intruder.send(frame ?? source.next())
  // A call may meet a remote that goes the other way before the flood is noticed.
  return dismissed(intruder, ['flooded', 'slowReader', ...(frame === null ? ['malformed'] : [])])
}

const oversize: Attack = async (setting) => {
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  const bytes = 65_537 + below(setting.random, 250_000)
  intruder.send(new Uint8Array(bytes))
  return bytes > 256 * 1024 ? cut(intruder) : dismissed(intruder, ['oversize'])
}

const texts = [
  '42["f","AAAA"]',
  '451-["f",{"_placeholder":true,"num":0}]',
  '430["x"]',
  '40/admin,',
  '40',
  '49',
  '4x',
  '4',
]
const text: Attack = async (setting) => {
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  intruder.send(pick(setting.random, texts))
  return cut(intruder)
}

/** Messages that no WebSocket sends. */
const broken = [
  [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28],
  [0x82, 0x01, 0x04],
  [0x83, 0x80, 0, 0, 0, 0],
  [0xf2, 0x80, 0, 0, 0, 0],
  [0x82, 0xff, 0x7f, ...Array<number>(7).fill(0xff), 0, 0, 0, 0],
]
const brokenMessage: Attack = async (setting) => {
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  intruder.line.write(Uint8Array.from(pick(setting.random, broken)))
  return cut({ ...intruder, sent: 1 })
}

/** Well-formed calls that mean nothing here cost nobody the session; who sent them hangs up without a word. */
const wrongCalls: Attack = async (setting) => {
  const { random, remotes } = setting
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  const source = createCallSource(random, remotes)
  const rounds = below(random, 60)
  for (let round = 0; round < rounds; round += 1) intruder.send(source.next())
  intruder.line.destroy()
  await intruder.gone()
  return { sent: intruder.sent, end: 'hung up', fault: null }
}

/** In, and deaf from then on, while it goes on asking. */
const deaf: Attack = async (setting) => {
  const { random, remotes } = setting
  const intruder = enter(setting)
  if (!(await intruder.welcomed())) return refused
  intruder.line.pause()
  const source = createCallSource(random, remotes)
  for (let round = 0; round < 200; round += 1) intruder.send(source.next())
  setting.hang({ destroy: intruder.line.destroy, gone: intruder.gone })
  return { sent: intruder.sent, end: 'hangs', fault: null }
}

/** A WebSocket that says nothing, or half of something. */
const halfOpen: Attack = async (setting) => {
  const intruder = enter(setting)
  if (setting.random.next() < 0.7 && (await intruder.greeted()) && setting.random.next() < 0.5) {
    intruder.line.write(Uint8Array.of(0x82, 0xfe, 0x40, 0x00, 0, 0, 0, 0, 0x02))
  }
  setting.hang({ destroy: intruder.line.destroy, gone: intruder.gone })
  return { sent: 1, end: 'hangs', fault: null }
}

/** A connection that never gets as far as a request. */
const silentSocket: Attack = async ({ port, random, hang }) => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  // Otherwise the server's end of it would go unnoticed.
  socket.resume()
  await once(socket, 'connect')
  if (random.next() < 0.5) socket.write('GET /banyan/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgr')
  hang({ destroy: () => void socket.destroy(), gone: () => once(socket, 'close') })
  return { sent: 1, end: 'hangs', fault: null }
}

const bodies = [
  '',
  'x',
  '4hello',
  '40',
  'bAAAA',
  '4'.repeat(1000),
  '\u001e'.repeat(500),
  '40/admin,\u001e42["x"]',
]
const polling: Attack = async ({ port, random }) => {
  const url = `http://127.0.0.1:${port}/banyan/?EIO=4&transport=polling`
  const greeting = await (await fetch(url)).text()
  const sid = /"sid":"([^"]+)"/.exec(greeting)?.[1] ?? '__proto__'
  const body = random.next() < 0.1 ? 'x'.repeat(300_000) : pick(random, bodies)
  // A body that is too large is cut while it is read.
  const answer = await fetch(`${url}&sid=${sid}`, { method: 'POST', body }).catch(() => null)
  await answer?.text().catch(() => '')
  return { sent: 2, end: `polling ${answer?.status ?? 'cut'}`, fault: null }
}

/** What is done, and how often beside the others. */
export const attacks: Readonly<Record<string, readonly [weight: number, attack: Attack]>> = {
  bentFrames: [40, bentFrames],
  corpusFrame: [20, corpusFrame],
  bentHello: [12, bentHello],
  manyHellos: [2, manyHellos],
  flood: [4, flood],
  oversize: [3, oversize],
  text: [4, text],
  brokenMessage: [3, brokenMessage],
  wrongCalls: [8, wrongCalls],
  deaf: [1, deaf],
  halfOpen: [2, halfOpen],
  silentSocket: [1, silentSocket],
  polling: [1, polling],
}
