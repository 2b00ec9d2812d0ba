import { createSeededRandom, decodeArguments, decodeDown, decodeSegment, decodeUp } from '@banyan/protocol'
import {
  bendFrame,
  malformedArguments,
  malformedDownFrames,
  malformedSegments,
  malformedUpFrames,
  spliceFrames,
} from '@banyan/protocol/hostile-frames'
import { garden } from '../../fixtures/garden-game.ts'
import { monotonicMs } from '../sockets/monotonic-time.ts'
import { takeResources } from '../sockets/resources.ts'
import { type Harvest, harvestFrames } from './harvest.ts'
import { below, type Chance, pick } from './made-up-frames.ts'

export interface DecoderReport {
  readonly decoded: number
  readonly refused: number
  /** What a frame broke, with its bytes. */
  readonly faults: readonly string[]
  /** The most that one frame made a decoder allocate. */
  readonly mostBytes: number
  readonly mostMs: number
  readonly heapGrowthBytes: number
}

/** What the decoders' process answers. */
export type DecoderCommands = ReturnType<typeof createDecoderCommands>

/** For frames of some KiB, whose operations and values take more room than their bytes. */
const allocationCap = 8 * 1024 * 1024
const reject = { allowNonFinite: false }

/** Both sides' decoders look at the frame; true where at least one of them took it. */
function decodeAll(frame: Uint8Array): boolean {
  const up = decodeUp(frame)
  const calls = !up.ok
    ? []
    : up.value.kind === 'calls'
      ? up.value.calls
      : up.value.kind === 'datagram'
        ? [up.value]
        : []
  for (const call of calls)
    if (call.kind !== 'cancel') decodeArguments(call.args.bytes, call.args.instances, reject)
  const down = decodeDown(garden, frame)
  if (down.ok && down.value.kind === 'datagram')
    decodeArguments(down.value.args.bytes, down.value.args.instances, { allowNonFinite: true })
  // What stands behind the first bytes of frames of operations.
  decodeSegment(garden, frame.subarray(Math.min(frame.length, 13)))
  return up.ok || down.ok
}

function hostileFrame(random: Chance, { up, down }: Harvest, corpus: readonly Uint8Array[]): Uint8Array {
  const dice = random.next()
  const honest = (): Uint8Array => pick(random, random.next() < 0.5 ? up : down)
  if (dice < 0.6) return bendFrame(honest(), random)
  if (dice < 0.75) return spliceFrames(honest(), honest(), random)
  if (dice < 0.85) return bendFrame(pick(random, corpus), random)
  const noise = Uint8Array.from({ length: below(random, 100) }, () => below(random, 256))
  if (noise.length > 0 && dice < 0.95)
    noise[0] = pick(random, [1, 2, 3, 4, 5, 6, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86])
  return noise
}

function isPolluted(): boolean {
  return Object.keys(Object.prototype).length > 0 || Reflect.get({}, 'polluted') !== undefined
}

export function createDecoderCommands() {
  return {
    async decode({
      messages,
      seed,
    }: {
      readonly messages: number
      readonly seed: number
    }): Promise<DecoderReport> {
      const random = createSeededRandom(seed)
      const harvest = await harvestFrames(seed)
      const corpus = [malformedUpFrames, malformedArguments, malformedDownFrames, malformedSegments].flatMap(
        (frames) => Object.values(frames),
      )
      const faults: string[] = []
      let [taken, mostBytes, mostMs] = [0, 0, 0]
      const before = await takeResources()
      for (let count = 0; count < messages && faults.length < 10; count += 1) {
        const frame = hostileFrame(random, harvest, corpus)
        const tell = (what: string) => faults.push(`${what}: ${Buffer.from(frame).toString('hex')}`)
        const { heapUsed, arrayBuffers } = process.memoryUsage()
        const startMs = monotonicMs()
        try {
          if (decodeAll(frame)) taken += 1
        } catch (error) {
          tell(error instanceof Error ? (error.stack ?? error.message) : String(error))
        }
        mostMs = Math.max(mostMs, monotonicMs() - startMs)
        const after = process.memoryUsage()
        const allocated = after.heapUsed - heapUsed + after.arrayBuffers - arrayBuffers
        mostBytes = Math.max(mostBytes, allocated)
        if (allocated > allocationCap + frame.length * 100) tell(`it took ${allocated} bytes`)
        if (isPolluted()) tell('it changed a prototype')
      }
      const after = await takeResources()
      return {
        decoded: messages,
        refused: messages - taken,
        faults,
        mostBytes,
        mostMs,
        heapGrowthBytes: after.heapBytes - before.heapBytes + after.bufferBytes - before.bufferBytes,
      }
    },
  }
}
