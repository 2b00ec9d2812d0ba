import type { Random } from '@banyan/datamodel'
import {
  type Call,
  decodeUp,
  type EncodedArguments,
  encodeAck,
  encodeArguments,
  encodeCalls,
  encodeDatagramUp,
  encodePing,
} from '@banyan/protocol'
import { malformedArguments, malformedUpFrames } from '@banyan/protocol/hostile-frames'

export type Chance = Pick<Random, 'next'>

export function below(random: Chance, end: number): number {
  return Math.floor(random.next() * end)
}

export function pick<Item>(random: Chance, items: readonly Item[]): Item {
  const item = items[below(random, items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

const oddNames = ['__proto__x', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'length', '0', 'polluted']

function leaf(random: Chance): unknown {
  return pick<() => unknown>(random, [
    () => null,
    () => random.next() * 1e9,
    () => below(random, 200) - 100,
    () => Number.NaN,
    () => Number.NEGATIVE_INFINITY,
    () => '__proto__',
    () => 'x'.repeat(below(random, 300)),
    () => 10n ** BigInt(below(random, 60)),
    () => new Date(random.next() * 1e15),
    () => new Float32Array([1, Number.NaN]),
    () => new Uint8Array(below(random, 64)).buffer,
  ])()
}

/** Anything that may travel, and much that no contract allows; now and then as deep as values may lie. */
function anyValue(random: Chance, depth = 0): unknown {
  if (depth === 0 && random.next() < 0.02) return deepValue(random)
  if (depth > 4 || random.next() < 0.5) return leaf(random)
  const parts = Array.from({ length: below(random, 4) }, () => anyValue(random, depth + 1))
  return pick<() => unknown>(random, [
    () => parts,
    () => new Set(parts),
    () => new Map(parts.map((part, index) => [index, part])),
    () => Object.fromEntries(parts.map((part) => [pick(random, oddNames), part])),
  ])()
}

function deepValue(random: Chance): unknown {
  let value: unknown = leaf(random)
  for (let level = 0; level < 31; level += 1)
    value = random.next() < 0.5 ? [value] : { [pick(random, oddNames)]: value }
  return value
}

/** A counted stream of calls, well encoded: to remotes that there are and to any other id, with any arguments. */
export function createCallSource(random: Chance, remotes: readonly number[]) {
  let seq = 0
  const anyRemote = (): number =>
    random.next() < 0.6 && remotes.length > 0 ? pick(random, remotes) : below(random, 400)
  const args = (): EncodedArguments => ({
    bytes: encodeArguments(Array.from({ length: below(random, 3) }, () => anyValue(random))).bytes,
    instances: Array.from({ length: below(random, 3) }, () => below(random, 400)),
  })

  function call(): Call {
    const dice = random.next()
    if (dice < 0.1) return { kind: 'cancel', request: below(random, 50) }
    if (dice < 0.7) return { kind: 'event', remote: anyRemote(), args: args() }
    const deadlineMs = pick(random, [0, 1, 10_000, 2 ** 40])
    return { kind: 'request', request: below(random, 1e9), remote: anyRemote(), deadlineMs, args: args() }
  }

  function calls(of: readonly Call[]): Uint8Array {
    seq += 1
    return encodeCalls({ seq, ack: { seq: 0, eventSeq: 0 }, calls: of })
  }

  return {
    /** Anything that one who is in may say. */
    next(): Uint8Array {
      const dice = random.next()
      if (dice < 0.6) return calls(Array.from({ length: 1 + below(random, 3) }, call))
      if (dice < 0.85)
        return encodeDatagramUp({ seq: below(random, 1000), remote: anyRemote(), args: args() })
      if (dice < 0.95) return encodePing({ clientMs: below(random, 1e6) })
      return encodeAck({ seq: 0, eventSeq: 0 })
    },
    event: (remote: number, of: EncodedArguments): Uint8Array => calls([{ kind: 'event', remote, args: of }]),
  }
}

/** What is malformed wherever it is said. */
export const corpus: readonly Uint8Array[] = Object.values(malformedUpFrames)

/** Arguments that are malformed for any remote that a client may call. */
export const badArguments: readonly EncodedArguments[] = Object.values(malformedArguments).flatMap(
  (frame) => {
    const decoded = decodeUp(frame)
    const call = decoded.ok && decoded.value.kind === 'calls' ? decoded.value.calls[0] : undefined
    return call?.kind === 'event' ? [call.args] : []
  },
)
