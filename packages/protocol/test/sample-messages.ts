import { CFrame, Color3, Folder, type Operation, Vector2, Vector3 } from '@banyan/datamodel'
import { encodeSegment } from '../src/codec/operations/segment-writer.ts'
import { encodeArguments } from '../src/codec/values/arguments-codec.ts'
import { encodeClose } from '../src/messages/down/close.ts'
import { appendSession, encodePatches } from '../src/messages/down/patches.ts'
import { encodePong } from '../src/messages/down/pong.ts'
import { encodeWelcome, type WelcomeHeader } from '../src/messages/down/welcome.ts'
import { encodeAck } from '../src/messages/up/ack.ts'
import { encodeCalls } from '../src/messages/up/calls.ts'
import { encodeHello, type Hello } from '../src/messages/up/hello.ts'
import { encodeLeave } from '../src/messages/up/leave.ts'
import { encodePing } from '../src/messages/up/ping.ts'
import { protocolVersion } from '../src/version.ts'
import { classNumbers, definition, Sampler } from './sample-definition.ts'

// One of everything, fixed for good: the fingerprint and the mutation tests are made of it.

const at = (name: string): number => Sampler.schema.propertyByName.get(name)?.index ?? -1

/** One operation of every kind, and a property of every kind. */
export const operations: readonly Operation[] = [
  {
    kind: 'create',
    id: 40,
    classNumber: classNumbers.sampler,
    parent: 2,
    order: 7,
    name: 'Größe',
    properties: [
      [at('isOn'), true],
      [at('count'), -300],
      [at('ratio'), 0.1],
      [at('coarseRatio'), 12.34],
      [at('x'), 1.5],
      [at('coarseX'), Math.fround(-0.31)],
      [at('label'), 'a longer label that does not fit into a short text, because it has many characters'],
      [at('phase'), 'over'],
      [at('flat'), new Vector2(1, 2)],
      [at('coarseFlat'), new Vector2(0.5, 1e300)],
      [at('point'), new Vector3(1, 2, 3)],
      [at('coarsePoint'), new Vector3(0.1, 0.2, -0.3)],
      [at('frame'), CFrame.fromComponents([1, 2, 3, 0, 0, -1, 0, 1, 0, 1, 0, 0])],
      [at('color'), Color3.fromRGB(255, 128, 0)],
      [at('target'), 41],
      [at('bag'), { sword: 1, items: ['a', null, 2.5, true] }],
    ],
    attributes: { hp: 5, title: 'x', spawn: new Vector3(0, 1, 0), tint: new Color3(0.1, 0.2, 0.3) },
    tags: ['enemy', 'boss'],
  },
  {
    kind: 'create',
    id: 41,
    classNumber: classNumbers.marker,
    parent: 40,
    order: 0,
    name: '',
    properties: [],
    attributes: {},
    tags: [],
  },
  {
    kind: 'create',
    id: 42,
    classNumber: classNumbers.marker,
    parent: 40,
    order: 1,
    name: 'b',
    properties: [],
    attributes: {},
    tags: [],
  },
  {
    kind: 'set',
    id: 40,
    properties: [
      [at('x'), 2],
      [at('frame'), new CFrame(new Vector3(1, 0, 0))],
    ],
  },
  {
    kind: 'set',
    id: 43,
    properties: [
      [at('x'), 3],
      [at('frame'), new CFrame()],
    ],
  },
  { kind: 'set', id: 44, properties: [[at('target'), null]] },
  { kind: 'move', id: 41, parent: 2, order: 300 },
  { kind: 'rename', id: 41, name: 'renamed' },
  {
    kind: 'edit',
    id: 40,
    property: at('bag'),
    edits: [
      { op: 'set', path: ['sword'], value: 2 },
      { op: 'insert', path: ['items', 0], value: {} },
      { op: 'delete', path: ['items', 3] },
    ],
  },
  { kind: 'attribute', id: 40, name: 'hp', value: null },
  { kind: 'attribute', id: 40, name: 'hp', value: 250.5 },
  { kind: 'tags', id: 40, tags: [] },
  { kind: 'remove', id: 42 },
  { kind: 'remove', id: 1_000_000 },
]

const segment = encodeSegment(definition, operations, () => classNumbers.sampler)
const snapshot = encodeSegment(
  definition,
  operations.filter(({ kind }) => kind === 'create'),
)

/** Arguments of every kind; the instance stands for the id 40. */
export const args = {
  bytes: encodeArguments([
    null,
    [0, 127, 128, -1, 0.5, 0.1, Number.NaN],
    { text: 'ab', long: 'x'.repeat(100), nested: { flag: false } },
    new Map<unknown, unknown>([
      [1, 'one'],
      ['two', 2],
    ]),
    new Set(['a']),
    [12_345_678_901_234_567_890n, -1n, 0n],
    new Date(Date.UTC(2030, 0, 1)),
    Uint16Array.of(1, 65_535),
    Uint8Array.of(1, 2, 3).buffer,
    [new Vector2(1, 2), new Vector3(1, 2, 3), new CFrame(), Color3.fromHex('#f80')],
    new Folder(),
    Array.from({ length: 20 }, (_, index) => index),
    Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, index])),
  ]).bytes,
  instances: [40],
}

/** A hello with every field. */
export const hello: Hello = {
  protocolVersion,
  definitionHash: '0123456789abcdef',
  place: 'race',
  guestKey: 'guest-key',
  name: 'Ana',
  credentials: { ticket: 'abc', level: 3 },
  resume: { token: 'token', epoch: 'epoch', seq: 1000, eventSeq: 70 },
}

const header: WelcomeHeader = {
  status: 'new',
  epoch: 'epoch',
  token: 'token',
  playerId: 77,
  callSeq: 0,
  seq: 1000,
  tick: 5000,
  tickHz: 30,
  timeMs: 1_900_000_000_000.5,
  eventSeq: 1,
}

const shared = encodePatches([
  { seq: 1001, tick: 5001, timeMs: 1_900_000_000_033.25, segments: [segment, snapshot] },
  { seq: 1002, tick: 5001, timeMs: 1_900_000_000_040, segments: [] },
])

/** Frames that a client sends. */
export const upFrames: Readonly<Record<string, Uint8Array>> = {
  hello: encodeHello(hello),
  helloWithToken: encodeHello({ ...hello, credentials: null, resume: { token: 'token' } }),
  helloOfStranger: encodeHello({ ...hello, resume: null }),
  calls: encodeCalls({
    seq: 3,
    ack: { seq: 1001, eventSeq: 4 },
    calls: [
      { kind: 'event', remote: 30, args },
      { kind: 'request', request: 1, remote: 31, deadlineMs: 10_000, args },
      { kind: 'cancel', request: 1 },
    ],
  }),
  ack: encodeAck({ seq: 1002, eventSeq: 5 }),
  ping: encodePing({ clientMs: 1234.5 }),
  leave: encodeLeave(),
}

/** Frames that a server sends. */
export const downFrames: Readonly<Record<string, Uint8Array>> = {
  welcome: encodeWelcome(header, snapshot),
  welcomeBack: encodeWelcome({ ...header, status: 'rejoined' }, snapshot),
  welcomeResumed: encodeWelcome({ ...header, status: 'resumed' }, new Uint8Array()),
  patches: shared,
  patchesAndDeliveries: appendSession(shared, {
    callSeq: 3,
    eventSeq: 5,
    deliveries: [
      { kind: 'event', remote: 30, args },
      { kind: 'answer', request: 1, ok: true, args: { bytes: encodeArguments([1]).bytes, instances: [] } },
      { kind: 'answer', request: 2, ok: false, code: 'handlerError', message: 'no coins' },
    ],
  }),
  pong: encodePong({ clientMs: 1234.5, serverMs: 1_900_000_000_050 }),
  close: encodeClose({ code: 'takenOver', reason: 'you joined from another tab' }),
}
