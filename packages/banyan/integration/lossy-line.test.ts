// Random play of three players on lines that break in every way, at random points: frames under way are lost in both
// directions, attempts fail, and dead lines look alive. Nothing may be lost, repeated or reordered for anyone.
import {
  createManualClock,
  createMemoryTransport,
  createSeededRandom,
  defineGame,
  defineRemotes,
  NumberValue,
  type Player,
  request,
  toClient,
  toServer,
} from 'banyan'
import { type Client, createClient, createMemoryStorage } from 'banyan/client'
import { createGate, createPlace, type Place, script } from 'banyan/server'
import { number } from 'valibot'
import { expect, test } from 'vitest'
import { expectConverged } from './fixtures/convergence.ts'
import { createLine, type Line } from './fixtures/line.ts'

const remotes = defineRemotes({
  said: toServer(number()),
  told: toClient(number()),
  doubled: request(number(), number()),
})
const definition = defineGame({ remotes })

/** One player: what was sent each way, and what arrived. */
interface Traveler {
  readonly client: Client
  readonly line: Line
  readonly player: () => Player
  readonly sent: { up: number; down: number[]; asked: number }
  readonly heard: { up: number[]; down: number[]; answers: number[] }
}

const names = ['ana', 'bo', 'cy']

function createRoad(seed: number) {
  const random = createSeededRandom(seed)
  const clock = createManualClock({ startMs: 1_700_000_000_000 })
  const tasks: (() => void)[] = []
  const schedule = (run: () => void): void => void tasks.push(run)
  const transport = createMemoryTransport({ schedule })
  const logged: string[] = []
  const log = {
    info: () => {},
    warn: (line: string) => void logged.push(line),
    error: (line: string, cause: unknown) => void logged.push(`${line}: ${String(cause)}`),
  }
  const travelers: Traveler[] = []
  const removed: string[] = []
  const listening = script(({ remote, players, workspace }) => {
    new NumberValue({ name: 'Still', parent: workspace })
    players.playerRemoving.connect((player) => removed.push(player.name))
    remote(remotes.said).onServerEvent.connect((player, count) => {
      travelers[names.indexOf(player.name)]?.heard.up.push(count)
    })
    remote(remotes.doubled).onServerInvoke = (_player, count) => count * 2
  })
  const endless = { perSecond: 1e6, burst: 1e6 }
  const limits = { perSession: endless, perRemote: endless, frames: endless }
  const place = createPlace({ definition, scripts: [listening], clock, random, log, limits })
  const gate = createGate({ places: { main: () => place }, clock, log })
  gate.listen(transport.server)

  for (const name of names) {
    const line = createLine(transport.client, schedule)
    const client = createClient({
      definition,
      name,
      transport: line.transport,
      clock,
      random,
      log,
      schedule,
      storage: createMemoryStorage(),
    })
    const traveler: Traveler = {
      client,
      line,
      player: () => playerOf(place, name),
      sent: { up: 0, down: [], asked: 0 },
      heard: { up: [], down: [], answers: [] },
    }
    client.remote(remotes.told).onClientEvent.connect((count) => traveler.heard.down.push(count))
    client.connect()
    travelers.push(traveler)
  }

  function pass(count: number): void {
    for (let left = count; left > 0; left -= 1) tasks.shift()?.()
  }

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) {
      while (tasks.length > 0) pass(1)
      await Promise.resolve()
    }
  }

  return { clock, gate, logged, pass, place, random, removed, settle, travelers }
}

function playerOf(place: Place, name: string): Player {
  const found = place.players.getPlayers().find((player) => player.name === name)
  if (found === undefined) throw new Error(`${name} is in the place`)
  return found
}

type Road = ReturnType<typeof createRoad>

/** Something that a game does, or that happens to a line. */
function act({ clock, place, random, travelers }: Road, values: NumberValue[]): void {
  const traveler = travelers[Math.floor(random.next() * travelers.length)]
  if (traveler === undefined) return
  const { client, line, player, sent, heard } = traveler
  const dice = random.next()
  if (dice < 0.2) client.remote(remotes.said).fireServer(++sent.up)
  else if (dice < 0.25) {
    sent.asked += 1
    void client
      .remote(remotes.doubled)
      .invokeServer(sent.asked, { deadlineMs: 1e6 })
      .then((answer) => heard.answers.push(answer))
  } else if (dice < 0.35) {
    sent.down.push(sent.down.length + 1)
    place.remote(remotes.told).fireClient(player(), sent.down.length)
  } else if (dice < 0.45) {
    for (const one of travelers) one.sent.down.push(0)
    place.remote(remotes.told).fireAllClients(0)
  } else if (dice < 0.55) {
    const parent = random.next() < 0.5 ? place.game.getService('Workspace') : player().backpack
    values.push(new NumberValue({ name: `value ${values.length}`, parent }))
  } else if (dice < 0.6) values[Math.floor(random.next() * values.length)]?.destroy()
  else if (dice < 0.7) {
    const value = values[Math.floor(random.next() * values.length)]
    if (value?.isDestroyed === false) value.value = random.next()
  } else if (dice < 0.73) line.cut()
  else if (dice < 0.74) line.deafen()
  else if (dice < 0.75) line.block()
  else if (dice < 0.8) line.mend()
  else clock.advance(random.next() * 300)
}

async function play(road: Road, steps: number): Promise<void> {
  const values: NumberValue[] = []
  for (let step = 0; step < steps; step += 1) {
    act(road, values)
    // Only some of what is under way arrives before the next step.
    road.pass(Math.floor(road.random.next() * 12))
    if (step % 10 === 0) await Promise.resolve()
  }
  for (const { line } of road.travelers) line.mend()
  for (let second = 0; second < 25; second += 1) {
    await road.settle()
    road.clock.advance(1000)
  }
  await road.settle()
  road.place.step()
  await road.settle()
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

test.each(upTo(24))('CN16 RP8 SE6 whatever happens to the lines, nothing is lost, seed %i', async (seed) => {
  const road = createRoad(seed)
  await road.settle()
  const before = road.travelers.map(({ client, player }) => {
    const still = client.find('Workspace.Still', NumberValue)
    return { still, record: still?.record, player: player() }
  })
  await play(road, 400)
  expect({ logged: road.logged, removed: road.removed }).toEqual({ logged: [], removed: [] })
  for (const [index, { client, sent, heard, player }] of road.travelers.entries()) {
    expect(client.state).toMatchObject({ kind: 'joined' })
    expect(heard.up).toEqual(upTo(sent.up))
    expect(heard.down).toEqual(sent.down)
    expect(heard.answers.toSorted((left, right) => left - right)).toEqual(
      upTo(sent.asked).map((one) => one * 2),
    )
    const still = client.find('Workspace.Still', NumberValue)
    expect({ still, record: still?.record, player: player() }).toEqual(before[index])
    expect(still?.record).toBe(before[index]?.record)
    expectConverged(road.place, client)
  }
  for (const { client } of road.travelers) client.close()
  await road.gate.close()
  await road.settle()
})
