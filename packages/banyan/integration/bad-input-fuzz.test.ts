// Frames that nobody thought of: random calls with random ids and values, and frames that were bent on their way.
import { type Call, encodeCalls, encodeDatagramUp } from '@banyan/protocol'
import { createSeededRandom, type Random, Vector3 } from 'banyan'
import { expect, test } from 'vitest'
import { createArena } from './fixtures/arena.ts'
import { type Stranger, wire } from './fixtures/stranger.ts'

function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random.next() * items.length)] ?? items[0]
}

/** Anything that may travel, and much that no contract allows. */
function anyValue(random: Random, depth = 0): unknown {
  const leaf = (): unknown =>
    pick<unknown>(random, [
      null,
      true,
      random.next() * 1e9,
      -0,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      'angle',
      '__proto__',
      'x'.repeat(random.next() * 300),
      10n ** 30n,
      new Date(random.next() * 1e15),
      new Float32Array([1, Number.NaN]),
      new Vector3(1, 2, 3),
      random.bytes(8).buffer,
    ])
  if (depth > 4 || random.next() < 0.5) return leaf()
  const parts = Array.from({ length: Math.floor(random.next() * 4) }, () => anyValue(random, depth + 1))
  return pick<() => unknown>(random, [
    () => parts,
    () => new Set(parts),
    () => new Map(parts.map((part, index) => [index, part])),
    () =>
      Object.fromEntries(parts.map((part, index) => [pick(random, ['angle', 'length', `${index}`]), part])),
  ])()
}

function anyCall(random: Random): Call {
  const request = Math.floor(random.next() * 50)
  if (random.next() < 0.1) return { kind: 'cancel', request }
  const remote = Math.floor(random.next() * 60)
  const args = wire(Array.from({ length: Math.floor(random.next() * 3) }, () => anyValue(random)))
  if (random.next() < 0.6) return { kind: 'event', remote, args }
  return { kind: 'request', request, remote, args, deadlineMs: pick(random, [0, 1, 10_000, 2 ** 40]) }
}

function anyDatagram(random: Random): Uint8Array {
  const args = wire(Array.from({ length: Math.floor(random.next() * 3) }, () => anyValue(random)))
  return encodeDatagramUp({
    seq: Math.floor(random.next() * 100),
    remote: Math.floor(random.next() * 60),
    args,
  })
}

/** A frame with one byte changed, cut off, or doubled. */
function bend(random: Random, frame: Uint8Array): Uint8Array {
  const at = Math.floor(random.next() * frame.length)
  return pick(random, [
    () => frame.with(at, Math.floor(random.next() * 256)),
    () => frame.slice(0, at),
    () => Uint8Array.of(...frame.subarray(0, at), ...frame),
  ])()
}

test.each([1, 2])('IN1 RM3 RM5 a place withstands what strangers make up, seed %i', async (seed) => {
  const random = createSeededRandom(seed)
  const endless = { perSecond: 1e6, burst: 1e6 }
  await using arena = await createArena({ limits: { perSession: endless, perRemote: endless } })
  let [intruder, rounds]: [Stranger, number] = [await arena.intruder(), 0]
  for (let step = 0; step < 300; step += 1) {
    if (intruder.isCut) {
      intruder = await arena.intruder()
      rounds += 1
    }
    const taken = arena.place.stats.framesIn
    const dice = random.next()
    const calls = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => anyCall(random))
    if (dice < 0.3) intruder.send(anyDatagram(random))
    else if (dice < 0.35) intruder.send(bend(random, anyDatagram(random)))
    else if (dice < 0.9) intruder.call(calls)
    else intruder.send(bend(random, encodeCalls({ seq: 1_000, ack: { seq: 0, eventSeq: 0 }, calls })))
    await arena.until('the frame is taken', () => intruder.isCut || arena.place.stats.framesIn > taken)
  }
  expect(rounds).toBeGreaterThan(3)
  expect(arena.place.stats.invalid).toBeGreaterThan(30)
  expect(arena.heard.every(([, remote]) => remote !== 'Secret')).toBe(true)
  await arena.expectUnharmed()
})
