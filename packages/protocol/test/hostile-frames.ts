// Frames that no honest client sends, kept so that every decoder meets them for good. Written byte by byte, because the
// encoders refuse to make them.

const bytes = (...parts: (number | readonly number[] | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)))

const repeat = (count: number, ...part: number[]): number[] =>
  Array.from({ length: count }, () => part).flat()

/** A number of 2^53 - 1. */
const huge = [...repeat(7, 0xff), 0x0f]

/** Calls up to the arguments of one event for remote 5, which follow. */
const event = [0x02, 1, 0, 0, 0, 5]

/** An event with one argument of these bytes, well framed. */
const eventWith = (...argument: number[]): Uint8Array => bytes(event, 0, argument.length + 1, 1, argument)

/** Frames that must be refused before their content is looked at. */
export const malformedFrames: Readonly<Record<string, Uint8Array>> = {
  'nothing at all': bytes(),
  'an unknown kind': bytes(0x7f),
  'kind zero': bytes(0),
  'a kind of the other direction': bytes(0x82, 0),
  'a hello without its fields': bytes(0x01, 1),
  'a hello with a text of 2^53 bytes': bytes(0x01, 1, huge, 'abc'),
  'a hello with a text that is not UTF-8': bytes(0x01, 1, 2, 0xc3, 0x28),
  'a hello with an overlong UTF-8 text': bytes(0x01, 1, 2, 0xc0, 0x80),
  'a hello with an unknown resume': bytes(0x01, 1, 0, 0, 0, 0, 0, 9),
  'a hello with a key __proto__': bytes(0x01, 1, 0, 0, 0, 0, 0x31, 9, '__proto__', 0x30, 0),
  'a hello with a key constructor': bytes(0x01, 1, 0, 0, 0, 0, 0x31, 11, 'constructor', 0, 0),
  'a hello with NaN': bytes(0x01, 1, 0, 0, 0, 0, 0x05, repeat(6, 0), 0xf8, 0x7f, 0),
  'a hello with a Map as credentials': bytes(0x01, 1, 0, 0, 0, 0, 0x12, 0, 0),
  'a hello with bytes behind it': bytes(0x01, 1, 0, 0, 0, 0, 0, 0, 0),
  'a truncated number': bytes(0x03, 0x80),
  'a number of nine bytes': bytes(0x03, repeat(9, 0x80), 1, 0),
  'a number with needless bytes': bytes(0x03, 0x81, 0x00, 0),
  'a number above the largest': bytes(0x03, repeat(7, 0xff), 0x1f, 0),
  'an ack with bytes behind it': bytes(0x03, 1, 1, 1),
  'a ping of NaN': bytes(0x04, repeat(6, 0), 0xf8, 0x7f),
  'a ping of half a number': bytes(0x04, 0, 0, 0),
  'a leave with bytes behind it': bytes(0x05, 0),
  'a call of an unknown kind': bytes(0x02, 1, 0, 0, 9),
  'a call without arguments': bytes(event),
  'a table of 2^53 instances': bytes(event, huge, 1, 1),
  'arguments of 2^53 bytes': bytes(event, 0, huge, 1),
}

/** Frames that are well framed, with arguments that must be refused. */
export const malformedArguments: Readonly<Record<string, Uint8Array>> = {
  'no arguments, not even a count': bytes(event, 0, 0),
  '2^53 arguments': bytes(event, 0, 9, huge, 0),
  'an array of 2^53 items': eventWith(0x07, ...huge, 0),
  'a short array of more items than bytes': eventWith(0x2f, 0),
  'an object of 2^53 keys': eventWith(0x08, ...huge, 0),
  'a Map of 2^53 entries': eventWith(0x12, ...huge, 0),
  'a Set of 2^53 values': eventWith(0x13, ...huge, 0),
  'a text of 2^53 bytes': eventWith(0x06, ...huge, 0x61),
  'a typed array of 2^53 bytes': eventWith(0x15, 8, ...huge, 0),
  'an ArrayBuffer of 2^53 bytes': eventWith(0x14, ...huge, 0),
  'a bigint of 2^53 bytes': eventWith(0x10, 0, ...huge, 1),
  'a bigint with needless zeros': eventWith(0x10, 0, 2, 0, 1),
  'a negative zero bigint': eventWith(0x10, 1, 0),
  'an unknown typed array': eventWith(0x15, 11, 0),
  'a Float64Array of seven bytes': eventWith(0x15, 8, 7, ...repeat(7, 0)),
  'a date out of range': eventWith(0x11, 0xfe, ...repeat(6, 0xff), 0x1f),
  '33 arrays in one another': eventWith(...repeat(33, 0x21), 0),
  '60,000 arrays in one another': bytes(event, 0, 0xe1, 0xd4, 0x03, 1, repeat(60_000, 0x21)),
  '33 objects in one another': eventWith(...repeat(33, 0x31, 1, 0x61), 0),
  '33 Maps in one another': eventWith(...repeat(33, 0x12, 1, 0), 0),
  'a key __proto__': eventWith(
    0x31,
    9,
    ...Buffer.from('__proto__'),
    0x31,
    8,
    ...Buffer.from('polluted'),
    0x81,
  ),
  'a key constructor': eventWith(0x31, 11, ...Buffer.from('constructor'), 0),
  'a key prototype': eventWith(0x31, 9, ...Buffer.from('prototype'), 0),
  'a key twice': eventWith(0x32, 1, 0x61, 0, 1, 0x61, 0),
  'a Map key twice': eventWith(0x12, 2, 0x81, 0, 0x81, 0),
  'a Set value twice': eventWith(0x13, 2, 0x81, 0x81),
  'a text that is not UTF-8': eventWith(0x42, 0xff, 0xfe),
  'a lone surrogate': eventWith(0x43, 0xed, 0xa0, 0x80),
  'an instance beyond the table': eventWith(0x1a, 0),
  'an unknown value tag': eventWith(0x1f),
  'an unknown plain tag': eventWith(0x0f),
  'a vector of NaN': eventWith(0x16, ...repeat(6, 0), 0xf8, 0x7f, ...repeat(8, 0)),
  'a color above 1': eventWith(0x19, 1, ...repeat(6, 0), 0xf0, 0x7f, ...repeat(16, 0)),
  'a frame with a bad flag': eventWith(0x18, 2, ...repeat(24, 0)),
  'bytes behind the last argument': eventWith(0x81, 0x81),
}

/** Frames whose arguments are well encoded and not allowed from clients. */
export const invalidArguments: Readonly<Record<string, Uint8Array>> = {
  NaN: eventWith(0x04, 0, 0, 0xc0, 0x7f),
  Infinity: eventWith(0x05, ...repeat(6, 0), 0xf0, 0x7f),
  '-Infinity deep inside': eventWith(0x21, 0x31, 1, 0x61, 0x05, ...repeat(6, 0), 0xf0, 0xff),
  'a typed array with NaN': eventWith(0x15, 7, 4, 0, 0, 0xc0, 0x7f),
  'an invalid date': eventWith(0x11, 1),
}
