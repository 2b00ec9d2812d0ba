// Many at once, and late ones: everyone converges to what they may see.
import {
  defineClass,
  defineGame,
  Folder,
  float,
  type InstanceOptions,
  int,
  Model,
  NumberValue,
  nested,
  ObjectValue,
  Vector3,
} from 'banyan'
import { type ScriptScope, script } from 'banyan/server'
import { expect, test } from 'vitest'
import { expectConverged } from './fixtures/convergence.ts'
import { createWorld } from './fixtures/world.ts'

class Racer extends defineClass('Racer', {
  extends: Model,
  properties: {
    lap: int(0),
    progress: float(0, { precision: 0.01 }),
    inventory: nested({ sword: 0, log: [0] }),
  },
}) {}

const definition = defineGame({ classes: [Racer] })

/** A game in full swing: a racer for each player, moved at each heartbeat, with every kind of change. */
function race({ workspace, players, heartbeat, random, serverStorage }: ScriptScope): void {
  const racers = new Folder({ name: 'Racers', parent: workspace })
  players.playerAdded.connect((player) => {
    const racer = new Racer({ name: player.name, parent: racers })
    racer.setAttribute('owner', player.userId)
    racer.addTag('racer')
    new ObjectValue({ name: 'Racer', value: racer, parent: player })
    new NumberValue({ name: 'Coins', parent: player.backpack })
  })
  players.playerRemoving.connect((player) => racers.findFirstChild(player.name)?.destroy())
  let ticks = 0
  heartbeat.connect(() => {
    ticks += 1
    for (const racer of racers.getChildren()) {
      if (!(racer instanceof Racer)) continue
      racer.progress += random.next()
      if (random.next() < 0.2) racer.lap += 1
      if (random.next() < 0.2) racer.setAttribute('boost', new Vector3(ticks, 0, 0))
      if (random.next() < 0.1)
        racer.update(({ inventory }) => {
          inventory.sword += 1
          inventory.log.push(ticks)
          if (inventory.log.length > 4) inventory.log.shift()
        })
      if (random.next() < 0.05) new NumberValue({ name: `Trail ${ticks}`, value: ticks, parent: racer })
      if (random.next() < 0.05) racer.clearAllChildren()
      if (random.next() < 0.02) racer.parent = racer.parent === racers ? workspace : racers
      if (random.next() < 0.02) racer.findFirstChildOfClass(NumberValue)?.destroy()
    }
    if (ticks % 7 === 0) new NumberValue({ name: 'Hidden', value: ticks, parent: serverStorage })
  })
}

const names = Array.from({ length: 20 }, (_, index) => `racer ${index}`)

test('PL1 AP1 twenty join in the same instant, and all agree with their views', async () => {
  await using world = createWorld({ definition, scripts: [script(race)] })
  const clients = names.map((name) => world.newClient(name))
  for (const client of clients) client.connect()
  await world.advance(500)
  expect(clients.map(({ state }) => state.kind)).toEqual(names.map(() => 'joined'))
  expect(world.place.players.getPlayers().map(({ name }) => name)).toEqual(names)
  await world.advance(2_000)
  for (const client of clients) expectConverged(world.place, client)
  expect(world.lines).toEqual([])
})

test('PL1 who comes late, in the middle of the game, agrees with those who were there', async () => {
  await using world = createWorld({ definition, scripts: [script(race)] })
  const first = await world.join('first')
  for (let time = 0; time < 5; time += 1) {
    await world.advance(1_000 + time * 7)
    const late = await world.join(`late ${time}`)
    expectConverged(world.place, late)
    await world.advance(500)
    for (const client of [first, late]) expectConverged(world.place, client)
  }
})

test('CN16 twenty lines that break at once come back as the same players', async () => {
  await using world = createWorld({ definition, scripts: [script(race)] })
  const lines = names.map(() => world.newLine())
  const clients = await Promise.all(
    lines.map(({ transport }, index) => world.join(names[index] ?? '', { transport })),
  )
  await world.advance(500)
  const before = world.place.players.getPlayers()
  for (const line of lines) line.cut()
  await world.settle()
  expect(world.place.stats).toMatchObject({ players: 20, connected: 0 })
  await world.advance(3_000)
  expect(clients.map(({ state }) => state)).toEqual(
    names.map(() => expect.objectContaining({ kind: 'joined', status: 'resumed' })),
  )
  expect(world.place.players.getPlayers()).toEqual(before)
  for (const client of clients) expectConverged(world.place, client)
})

test('SE2 those who come and go leave nothing behind', async () => {
  await using world = createWorld({ definition, scripts: [script(race)], place: { graceMs: 1_000 } })
  const stayer = await world.join('stayer')
  const pendingAtFirst = world.clock.pending
  for (let time = 0; time < 5; time += 1) {
    const line = world.newLine()
    const guests = await Promise.all([
      world.join(`left ${time}`),
      world.join(`lost ${time}`, { transport: line.transport }),
    ])
    await world.advance(200)
    guests[0]?.close()
    line.block()
    await world.advance(2_000)
    guests[1]?.close()
  }
  await world.advance(500)
  expect(world.place.stats).toMatchObject({ players: 1, connected: 1 })
  expect(world.place.players.getPlayers().map(({ name }) => name)).toEqual(['stayer'])
  expect(world.clock.pending).toBeLessThanOrEqual(pendingAtFirst)
  expectConverged(world.place, stayer)
})

test('PY9 a starter that cannot be copied is reported and missing, and the join goes on', async () => {
  let made = 0
  class Fragile extends defineClass('Fragile') {
    constructor(options: InstanceOptions = {}) {
      super(options)
      made += 1
      if (made === 2) throw new Error('not this one')
    }
  }
  const build = ({ starterPack }: ScriptScope): void => {
    new Fragile({ name: 'Glass', parent: starterPack })
    new Folder({ name: 'Sword', parent: starterPack })
  }
  await using world = createWorld({
    definition: defineGame({ classes: [Fragile] }),
    scripts: [script(build)],
  })
  const client = await world.join('ana')
  expect(client.localPlayer?.backpack?.getChildren().map(({ name }) => name)).toEqual(['Sword'])
  expect(world.lines).toEqual([expect.stringMatching(/StarterPack.Glass.*not this one/)])
})
