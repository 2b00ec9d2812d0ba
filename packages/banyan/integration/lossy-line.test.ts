// Random play of three players on lines that break in every way, at random points: frames under way are lost in both
// directions, attempts fail, and dead lines look alive. Nothing may be lost, repeated or reordered for anyone, and what
// never changed is the same object on every player's side. The trials of @banyan/testing try much more, but not that.
import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import {
  createSeededRandom,
  defineGame,
  defineRemotes,
  NumberValue,
  type Player,
  request,
  toClient,
  toServer,
} from 'banyan'
import { type ScriptScope, script } from 'banyan/server'
import { number } from 'valibot'
import { expect, test } from 'vitest'

const remotes = defineRemotes({
  said: toServer(number()),
  told: toClient(number()),
  doubled: request(number(), number()),
})
const definition = defineGame({ remotes })
const endless = { perSecond: 1e6, burst: 1e6 }
const limits = { perSession: endless, perRemote: endless, frames: endless }

/** What was sent each way, and what arrived. */
const emptyBooks = () => ({
  sent: { up: 0, down: [] as number[], asked: 0 },
  heard: { up: [] as number[], down: [] as number[], answers: [] as number[] },
})

/** An outage keeps 64 calls, and this test is about lines. */
const unheardCap = 60

async function createRoad(seed: number) {
  const random = createSeededRandom(seed)
  const books = new Map(['ana', 'bo', 'cy'].map((name) => [name, emptyBooks()]))
  const removed: string[] = []
  const listening = ({ remote, players, workspace }: ScriptScope): void => {
    new NumberValue({ name: 'Still', parent: workspace })
    players.playerRemoving.connect((player) => removed.push(player.name))
    remote(remotes.said).onServerEvent.connect((player, count) => {
      books.get(player.name)?.heard.up.push(count)
    })
    remote(remotes.doubled).onServerInvoke = (_player, count) => count * 2
  }
  const place = await createTestPlace({ definition, seed, limits, scripts: [script(listening)] })
  const travelers = []
  for (const [name, { sent, heard }] of books) {
    const { client, network } = await place.join(name)
    client.remote(remotes.told).onClientEvent.connect((count) => heard.down.push(count))
    const player = () => playerIn(place.server.players.getPlayers(), name)
    travelers.push({ client, network, sent, heard, player })
  }
  await place.settle()
  return { place, random, removed, travelers, values: [] as NumberValue[] }
}

function playerIn(players: readonly Player[], name: string): Player {
  const found = players.find((player) => player.name === name)
  if (found === undefined) throw new Error(`${name} is in the place`)
  return found
}

type Road = Awaited<ReturnType<typeof createRoad>>

const oneOf = <Thing>({ random }: Road, things: readonly Thing[]): Thing | undefined =>
  things[Math.floor(random.next() * things.length)]

/** Something that a game does, or time that passes. */
async function act(road: Road): Promise<void> {
  const { place, random, travelers, values } = road
  const traveler = oneOf(road, travelers)
  if (traveler === undefined) return
  const { client, player, sent, heard } = traveler
  const mayCall = sent.up - heard.up.length + sent.asked - heard.answers.length < unheardCap
  const dice = random.next()
  if (dice < 0.25) {
    if (mayCall) client.remote(remotes.said).fireServer(++sent.up)
  } else if (dice < 0.3) {
    if (!mayCall) return
    sent.asked += 1
    void client
      .remote(remotes.doubled)
      .invokeServer(sent.asked, { deadlineMs: 1e6 })
      .then((answer) => heard.answers.push(answer))
  } else if (dice < 0.4) {
    sent.down.push(sent.down.length + 1)
    place.remote(remotes.told).fireClient(player(), sent.down.length)
  } else if (dice < 0.5) {
    for (const one of travelers) one.sent.down.push(0)
    place.remote(remotes.told).fireAllClients(0)
  } else if (dice < 0.6) {
    const parent = random.next() < 0.5 ? place.game.getService('Workspace') : player().backpack
    values.push(new NumberValue({ name: `value ${values.length}`, parent }))
  } else if (dice < 0.65) oneOf(road, values)?.destroy()
  else if (dice < 0.75) {
    const value = oneOf(road, values)
    if (value?.isDestroyed === false) value.value = random.next()
  } else await place.advance(random.next() * 300)
}

/** Something that happens to somebody's line, now and then. */
function disturb(road: Road): void {
  const network = oneOf(road, road.travelers)?.network
  const dice = road.random.next()
  if (dice < 0.03) network?.cut()
  else if (dice < 0.04) network?.partition()
  else if (dice < 0.05) network?.block()
  else if (dice < 0.1) network?.heal()
}

async function play(road: Road, steps: number): Promise<void> {
  const { place, random } = road
  for (let step = 0; step < steps; step += 1) {
    await act(road)
    disturb(road)
    // Only some of what is under way arrives before the next step.
    await place.advance(random.next() * 10)
  }
  // Long enough for everyone to notice that a silent line is dead, and too short to lose the player.
  await place.advance(15_000)
  place.network.clear()
  // Who was cut just now has to hear of it.
  await place.rest()
  await place.until('everyone is back', () => place.witnesses.length === road.travelers.length)
  await place.settle()
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

/** Plays, and looks whether everyone is who they were, with all that was sent and what never changed. */
async function expectNothingLost(road: Road): Promise<void> {
  const { place, removed, travelers } = road
  const identities = () =>
    travelers.map(({ client, player }) => {
      const still = client.find('Workspace.Still', NumberValue)
      return { still, record: still?.record, player: player() }
    })
  const before = identities()
  await play(road, 400)
  const cut = place.recorder
    .trace()
    .entries.flatMap((entry) => (entry.kind === 'frame' && entry.fate === 'cut' ? [entry.direction] : []))
  expect(new Set(cut)).toEqual(new Set(['up', 'down']))
  expect({ logged: place.takeLogged(), removed }).toEqual({ logged: [], removed: [] })
  for (const [index, { still, record, player }] of identities().entries()) {
    expect(still).toBe(before[index]?.still)
    expect(record).toBe(before[index]?.record)
    expect(player).toBe(before[index]?.player)
  }
  for (const { client, sent, heard } of travelers) {
    expect(client.state).toMatchObject({ kind: 'joined' })
    expect(sent.up).toBeGreaterThan(5)
    expect(heard.up).toEqual(upTo(sent.up))
    expect(heard.down).toEqual(sent.down)
    expect(heard.answers.toSorted((left, right) => left - right)).toEqual(
      upTo(sent.asked).map((one) => one * 2),
    )
  }
  expectConverged(place)
}

test.each(upTo(24))(
  'CN16 RP8 SE6 RP4 whatever happens to the lines, nothing is lost, seed %i',
  async (seed) => {
    const road = await createRoad(seed)
    await using place = road.place
    place.network.setForAll({ latencyMs: 15, jitterMs: 40 })
    await expectNothingLost(road)
  },
)
