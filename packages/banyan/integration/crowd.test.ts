// Many at once, and late ones: everyone converges to what they may see.
import { expectConverged, type TestPlace } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
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

/** Everyone has the last commit, and sees of it what they may. */
async function expectUpToDate(place: TestPlace): Promise<void> {
  await place.tick()
  const seqs = place.witnesses.map(({ game }) => game.snapshot.seq)
  expect(seqs).toEqual(seqs.map(() => place.game.snapshot.seq))
  expectConverged(place)
}

const names = Array.from({ length: 20 }, (_, index) => `racer ${index}`)

test('PL1 AP1 twenty join in the same instant, and all agree with their views', async () => {
  await using place = await createTestPlace({ definition, scripts: [script(race)] })
  const clients = names.map((name) => place.invite(name).client)
  for (const client of clients) client.connect()
  await place.advance(500)
  expect(clients.map(({ state }) => state.kind)).toEqual(names.map(() => 'joined'))
  expect(place.server.players.getPlayers().map(({ name }) => name)).toEqual(names)
  await place.advance(2_000)
  await expectUpToDate(place)
})

test('PL1 who comes late, in the middle of the game, agrees with those who were there', async () => {
  await using place = await createTestPlace({ definition, scripts: [script(race)], players: ['first'] })
  for (let time = 0; time < 5; time += 1) {
    await place.advance(1_000 + time * 7)
    await place.join(`late ${time}`)
    expectConverged(place)
    await place.advance(500)
    await expectUpToDate(place)
  }
})

test('CN16 twenty lines that break at once come back as the same players', async () => {
  await using place = await createTestPlace({ definition, scripts: [script(race)], players: names })
  await place.advance(500)
  const before = place.server.players.getPlayers()
  for (const { network } of place.players) network.cut()
  await place.rest()
  expect(place.server.stats).toMatchObject({ players: 20, connected: 0 })
  await place.advance(3_000)
  expect(place.players.map(({ client }) => client.state)).toEqual(
    names.map(() => expect.objectContaining({ kind: 'joined', status: 'resumed' })),
  )
  expect(place.server.players.getPlayers()).toEqual(before)
  await expectUpToDate(place)
})

test('SE2 those who come and go leave nothing behind', async () => {
  await using place = await createTestPlace({
    definition,
    scripts: [script(race)],
    players: ['stayer'],
    graceMs: 1_000,
  })
  const atFirst = place.timers.length
  for (let time = 0; time < 5; time += 1) {
    const guests = await Promise.all([place.join(`left ${time}`), place.join(`lost ${time}`)])
    await place.advance(200)
    guests[0].client.close()
    guests[1].network.block()
    await place.advance(2_000)
    guests[1].client.close()
  }
  await place.advance(500)
  expect(place.server.stats).toMatchObject({ players: 1, connected: 1 })
  expect(place.server.players.getPlayers().map(({ name }) => name)).toEqual(['stayer'])
  expect(place.timers.length).toBeLessThanOrEqual(atFirst)
  await place.settle()
  expectConverged(place)
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
  await using place = await createTestPlace({
    definition: defineGame({ classes: [Fragile] }),
    scripts: [script(build)],
    players: ['ana'],
  })
  const { client } = place.player('ana')
  expect(client.localPlayer?.backpack?.getChildren().map(({ name }) => name)).toEqual(['Sword'])
  expect(place.takeLogged()).toEqual([expect.stringMatching(/StarterPack.Glass.*not this one/)])
})
