import { appendSession, encodePatches } from '../messages/down/patches.ts'
import { encodePong } from '../messages/down/pong.ts'
import { encodeSnapshotPart } from '../messages/down/snapshot.ts'
import { encodeWelcome, type WelcomeHeader } from '../messages/down/welcome.ts'
import { bytes, type FramePart, huge, nan, repeat } from './frame-bytes.ts'

// Frames that no honest server sends. Where a frame begins as an honest one does, its encoder makes that part.

const header: WelcomeHeader = {
  status: 'new',
  epoch: 'epoch',
  token: 'token',
  playerId: 7,
  callSeq: 0,
  seq: 1,
  tickHz: 30,
  timeMs: 1000,
  eventSeq: 1,
}
const welcome = encodeWelcome(header, [])
const pong = encodePong({ clientMs: 1, serverMs: 2 })
const noPatches = encodePatches([])
const session = appendSession(noPatches, { callSeq: 0, eventSeq: 1, deliveries: [] })
/** A patch up to its count of segments, which follows. */
const patchHead = encodePatches([{ seq: 1, tick: 1, timeMs: 0, segments: [] }]).slice(0, -1)
const partHead = encodeSnapshotPart([], null)

const withSegment = (...parts: readonly FramePart[]): Uint8Array =>
  encodePatches([{ seq: 1, tick: 1, timeMs: 0, segments: [bytes(...parts)] }])

/** Frames that a client must refuse whatever its definition is. */
export const malformedDownFrames: Readonly<Record<string, Uint8Array>> = {
  'nothing at all': bytes(),
  'an unknown kind': bytes(0xff),
  'kind zero': bytes(0),
  'a hello, which goes the other way': bytes(0x01, 3, 0, 0, 0, 0, 0, 0),
  'calls, which go the other way': bytes(0x02, 1, 0, 0),
  'a leave, which goes the other way': bytes(0x05),
  'a welcome without its fields': bytes(0x81),
  'a welcome of an unknown status': welcome.with(1, 9),
  'a welcome that is cut short': welcome.slice(0, -3),
  'a welcome whose epoch is a text of 2^53 bytes': bytes(0x81, 0, huge, 'abc'),
  'a welcome with 2^53 patches': bytes(welcome.slice(0, -1), huge),
  'a welcome with bytes behind it': bytes(welcome, 0),
  'a welcome of an infinite rate': encodeWelcome({ ...header, tickHz: Number.POSITIVE_INFINITY }, []),
  'a welcome at no time': encodeWelcome({ ...header, timeMs: Number.NaN }, []),
  'patches without a count': bytes(0x82),
  '2^53 patches': bytes(0x82, huge, 1, 1),
  'a patch that is cut short': patchHead,
  'a patch with 2^53 segments': bytes(patchHead, huge),
  'a patch with a segment of 2^53 bytes': bytes(patchHead, 1, huge, 0),
  'a patch at no time': encodePatches([{ seq: 1, tick: 1, timeMs: Number.NaN, segments: [] }]),
  'a patch with a number above the largest': bytes(0x82, 1, repeat(7, 0xff), 0x1f, 1, repeat(8, 0), 0),
  'an unknown delivery': bytes(session, 9),
  'a session that is cut short': bytes(noPatches, 1),
  'an event without arguments': bytes(session, 0, 5),
  'an event with a table of 2^53 instances': bytes(session, 0, 5, huge, 1, 0),
  'an event with arguments of 2^53 bytes': bytes(session, 0, 5, 0, huge, 0),
  'a failure of an unknown code': bytes(session, 2, 1, 99, 0),
  'a failure whose message is a text of 2^53 bytes': bytes(session, 2, 1, 0, huge, 'abc'),
  'a failure whose message is not UTF-8': bytes(session, 2, 1, 0, 2, 0xff, 0xfe),
  'a pong that is cut short': pong.slice(0, -1),
  'a pong of NaN': bytes(pong.slice(0, 1), nan, nan),
  'a close without a reason': bytes(0x84, 3),
  'a close of an unknown code': bytes(0x84, 99, 0),
  'a datagram without its fields': bytes(0x85, 1),
  'a datagram with a table of 2^53 instances': bytes(0x85, 1, 5, huge, 1, 0),
  'a datagram with bytes behind it': bytes(0x85, 1, 5, 0, 1, 0, 0),
  'news without patches': bytes(0x87, 3, 0, 1, 1),
  'news of 2^53 bytes': bytes(0x87, huge, 0),
  'a snapshot without its end': bytes(0x86),
  'a snapshot with a bad flag': bytes(0x86, 2),
  'a snapshot that ends at no time': bytes(0x86, 1, 1, 1, nan),
  'a snapshot with a segment of 2^53 bytes': bytes(partHead, huge, 0),
  'a snapshot that removes': encodeSnapshotPart([bytes(0x02, 2)], null),
}

const withNews = (...parts: readonly FramePart[]): Uint8Array => {
  const news = bytes(...parts)
  return bytes(0x87, news.length, news, 0)
}

/** Frames of patches whose news a client must refuse. */
export const malformedNewsFrames: Readonly<Record<string, Uint8Array>> = {
  'no news at all': withNews(),
  'unknown news': withNews(9),
  'a checksum of more than 64 bits': withNews(0, huge, 0),
  'a checksum with bytes behind it': withNews(0, 1, 1, 1),
  'a branch of an unknown form': withNews(1, 1, 0, 0, 3),
  'a branch of 2^53 parts': withNews(1, 1, 0, 0, 1, 0, 0, huge, 1, 1, 1),
  'a branch of 65 parts': withNews(1, 1, 0, 0, 1, 0, 0, 65, repeat(65, 1), repeat(40, 1)),
  'a branch at an unknown level': withNews(1, 1, 6, 0, 0),
  'an instance of 2^53 bytes': withNews(2, 1, huge),
  'an instance that is told by a removal': withNews(2, 1, 2, 0x02, 2),
}

/** Frames of patches whose one segment must be refused whatever the definition is. */
export const malformedSegments: Readonly<Record<string, Uint8Array>> = {
  'a segment that is cut short': withSegment(0x00),
  'an unknown operation': withSegment(0x0f, 2),
  'a run of 2^49 operations': withSegment(repeat(7, 0xff), 0x0f, 1),
  'a run of more removals than bytes': withSegment(0xf2, 0x07, 2),
  'a number of an operation above the largest': withSegment(repeat(7, 0xff), 0x1f, 1),
  'a set of an unknown class': withSegment(0x00, 0xff, 0x7f, 0, 2),
  'a set of 2^53 properties': withSegment(0x00, 0, huge, 0, 2),
  'a set of an unknown property': withSegment(0x00, 0, 1, 0xff, 0x7f, 2),
  'a creation of an unknown class': withSegment(0x01, 0xff, 0x7f, 2, 0, 0, 2, 0, 0),
  'a creation with unknown extras': withSegment(0x01, 0, 2, 0x80, 0, 2, 0, 0),
  'a creation with 2^53 properties': withSegment(0x01, 0, 2, 0, huge, 2, 0, 0),
  'a creation with a negative order key': withSegment(0x01, 0, 2, 0, 0, 2, 3, 0),
  'a creation with 2^53 attributes': withSegment(0x01, 0, 2, 1, 0, 2, 0, 0, huge),
  'a creation with an attribute __proto__': withSegment(0x01, 0, 2, 1, 0, 2, 0, 0, 1, 9, '__proto__', 0x81),
  'a creation with an attribute twice': withSegment(0x01, 0, 2, 1, 0, 2, 0, 0, 2, 1, 'a', 0x81, 1, 'a', 0x81),
  'a creation with an attribute of null': withSegment(0x01, 0, 2, 1, 0, 2, 0, 0, 1, 1, 'a', 0),
  'a creation with an attribute that is an object': withSegment(0x01, 0, 2, 1, 0, 2, 0, 0, 1, 1, 'a', 0x30),
  'a creation with 2^53 tags': withSegment(0x01, 0, 2, 2, 0, 2, 0, 0, huge),
  'a removal of id 0': withSegment(0x02, 0),
  'a removal of a negative id': withSegment(0x02, 3),
  'a removal of an id above the largest': withSegment(0x02, 0x80, 0x80, 0x80, 0x80, 0x40),
  'a move without a parent': withSegment(0x03, 2),
  'a name of 2^53 bytes': withSegment(0x04, 2, huge, 'a'),
  'a name that is not UTF-8': withSegment(0x04, 2, 2, 0xc3, 0x28),
  '2^53 edits': withSegment(0x05, 2, 0, huge, 0, 0),
  'an unknown edit': withSegment(0x05, 2, 0, 1, 9, 0, 0),
  'an edit at a path of 2^53 steps': withSegment(0x05, 2, 0, 1, 0, huge, 0x80),
  'an edit at a path of null': withSegment(0x05, 2, 0, 1, 0, 1, 0, 0),
  'an edit that sets a key __proto__': withSegment(0x05, 2, 0, 1, 0, 0, 0x31, 9, '__proto__', 0x30),
  'an edit that sets NaN': withSegment(0x05, 2, 0, 1, 0, 0, 0x05, nan),
  'an attribute __proto__': withSegment(0x06, 2, 9, '__proto__', 0x81),
  'an attribute that is an array': withSegment(0x06, 2, 1, 'a', 0x20),
  '2^53 tags': withSegment(0x07, 2, huge, 0),
}
