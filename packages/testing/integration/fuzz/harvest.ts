import { createSeededRandom, encodeHello, protocolVersion } from '@banyan/protocol'
import { script } from '@banyan/server'
import { createCast, createTestPlace } from '@banyan/testing'
import { treeStep } from '@banyan/testing/arbitraries'
import fc from 'fast-check'
import { garden, Plant, remotes } from '../../fixtures/garden-game.ts'
import { createTamperedTransport } from '../../fixtures/tampered-transport.ts'

/** Frames of both directions as an honest place and its players made them. */
export interface Harvest {
  readonly up: readonly Uint8Array[]
  readonly down: readonly Uint8Array[]
}

const steps = 400

/** Lets a game of random changes, calls, joins and outages run in virtual time; the same for the same seed. */
export async function harvestFrames(seed: number): Promise<Harvest> {
  const up: Uint8Array[] = []
  const down: Uint8Array[] = []
  const random = createSeededRandom(seed)
  const answering = script(({ remote }) => {
    remote(remotes.trade).onServerInvoke = () => true
  })
  await using place = await createTestPlace({
    definition: garden,
    scripts: [answering],
    seed,
    tickHz: 10,
    checks: { logged: false, realTime: false },
  })
  const tampered = createTamperedTransport(() => place.transport)
  tampered.tamper = (frame) => {
    down.push(frame)
    return [frame]
  }
  tampered.sent = (frame) => void up.push(frame)
  const { client, network } = await place.join('ana', { client: { transport: tampered } })
  const cast = createCast(place.game)
  const changes = fc.sample(treeStep(garden, { classes: [Plant], players: ['ana'] }), {
    seed,
    numRuns: steps,
  })
  for (const change of changes) {
    cast.apply(change)
    if (random.next() < 0.3)
      client.remote(remotes.water).fireServer({ plant: 'oak', liters: random.next() * 5 })
    if (random.next() < 0.2) place.remote(remotes.bloomed).fireAllClients('rose')
    if (random.next() < 0.1)
      void client
        .remote(remotes.trade)
        .invokeServer({ kind: 'sell', count: 3 })
        .catch(() => {})
    if (random.next() < 0.3) await place.tick()
    if (random.next() < 0.03) network.cut()
  }
  await place.settle()
  return { up: [...up, stranger], down }
}

const stranger = encodeHello({
  protocolVersion,
  definitionHash: garden.hash,
  place: 'main',
  guestKey: 'key',
  name: 'ana',
  turn: 0,
  credentials: { ticket: 'abc', levels: [1, 2, { deep: null }] },
  resume: { token: 'token', epoch: 'epoch', seq: 1000, eventSeq: 70 },
})
