import { expect, test } from 'vitest'
import { createFrameFilter } from './deaf-line.ts'

/** As a server writes it. */
function frameOf(length: number, fill: number): Buffer {
  const header =
    length < 126 ? [0x82, length] : length < 65_536 ? [0x82, 126, length >> 8, length & 255] : null
  const long = Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 0, 0, 0])
  if (header === null) long.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([header === null ? long : Buffer.from(header), Buffer.alloc(length, fill)])
}

const small = [frameOf(3, 1), frameOf(0, 0), frameOf(125, 2)]
const stream = Buffer.concat([
  frameOf(126, 9),
  ...small.slice(0, 2),
  frameOf(70_000, 9),
  frameOf(1000, 9),
  ...small.slice(2),
])

test.for([1, 2, 7, 1000, 100_000])(
  'passes small frames whole and drops large ones, in chunks of %i',
  (size) => {
    const passed: string[] = []
    const filter = createFrameFilter((frame) => passed.push(frame.toString('hex')))
    for (let at = 0; at < stream.length; at += size) filter(stream.subarray(at, at + size))
    expect(passed).toEqual(small.map((frame) => frame.toString('hex')))
  },
)
