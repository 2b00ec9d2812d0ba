import { describe, expect, it } from 'vitest'
import { type Driver, drive, driverOf, openRace } from '../../../fixtures/race-driver.ts'
import { maxRacers, potionMs, potionsPerRace } from '../rules.ts'

const both = { players: ['Ana', 'Ben'] }

describe('the lobby', () => {
  it('starts the countdown for everyone once everyone is ready', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    ana.setReady()
    await place.tick()
    expect(ben.race.phase).toBe('lobby')
    expect(ben.racers.map((racer) => racer.name)).toEqual(['Ana'])
    ben.setReady()
    await place.tick()
    expect(ana.race.phase).toBe('countdown')
    expect(ben.race.startsAt).toBe(ana.race.startsAt)
    await place.until('the start', () => place.clock.now() >= ana.race.startsAt)
    await place.tick()
    expect([ana.race.phase, ben.race.phase]).toEqual(['racing', 'racing'])
  })

  it('lets one who is ready start without those who are not, and nobody else', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    ana.setReady()
    ben.startNow()
    await place.settle()
    expect(ana.race.phase).toBe('lobby')
    ana.startNow()
    await place.tick()
    expect(ana.race.phase).toBe('countdown')
    expect(ana.racers).toHaveLength(1)
  })

  it('takes a car off the grid again', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    ana.setReady()
    await place.tick()
    expect(ben.racers).toHaveLength(1)
    ana.setReady({ isReady: false })
    await place.tick()
    expect(ben.racers).toEqual([])
  })

  it(`has room for ${maxRacers}; the next one watches`, async () => {
    const players = Array.from({ length: maxRacers + 1 }, (_, number) => `D${number}`)
    await using place = await openRace({ players })
    const drivers = players.map((name) => driverOf(place, name))
    for (const driver of drivers) driver.setReady()
    await place.settle()
    expect(drivers[0]?.race.phase).toBe('countdown')
    expect(drivers[0]?.racers).toHaveLength(maxRacers)
    expect(drivers.at(-1)?.own).toBeNull()
  })

  it('is empty again when everyone has left', async () => {
    await using place = await openRace({ players: ['Ana'] })
    const ana = driverOf(place, 'Ana')
    ana.setReady()
    await place.advance(4_000)
    expect(ana.race.phase).toBe('racing')
    await ana.player.leave()
    await place.join('Ben')
    await place.tick()
    const ben = driverOf(place, 'Ben')
    expect([ben.race.phase, ben.racers.length, ben.results.length]).toEqual(['lobby', 0, 0])
  })
})

describe('the race', () => {
  it('ends in results that are the same for all, a late spectator included', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    ana.setReady()
    ben.setReady()
    await place.advance(6_000)
    await place.join('Cleo')
    const cleo = driverOf(place, 'Cleo')
    expect(cleo.racers.map((racer) => racer.name)).toEqual(['Ana', 'Ben'])
    await drive(place, [ana, ben], untilResults(cleo))
    const places = placesOf(cleo)
    expect(places.map(([standing]) => standing)).toEqual([1, 2])
    expect(cleo.results.every((result) => result.finishMs > 40_000 && result.bestLapMs < 25_000)).toBe(true)
    expect(placesOf(ana)).toEqual(places)
    const [winner, second] = ana.results[0]?.name === 'Ana' ? [ana, ben] : [ben, ana]
    expect([winner.score('Wins'), winner.score('Place'), second.score('Wins')]).toEqual([1, 1, 0])
    cleo.setReady()
    await place.tick()
    expect(ana.race.phase).toBe('lobby')
    expect(ana.racers.map((racer) => racer.name)).toEqual(['Cleo'])
    expect(ana.results).toHaveLength(2)
  })

  it.each([
    { lines: 'good', network: {}, breaks: false },
    { lines: 'slow', network: { latencyMs: 60, jitterMs: 30, loss: 0.02 }, breaks: false },
    { lines: 'breaking', network: { flap: { upMs: [8_000, 12_000], downMs: [50, 300] } }, breaks: true },
  ] as const)('is run to its end by three, on $lines lines', async ({ network, breaks }) => {
    await using place = await openRace({ players: ['Ana', 'Ben', 'Cleo'], network })
    const closed: string[] = []
    place.network.observe((event) => {
      if (event.kind === 'close') closed.push(event.cause)
    })
    const ana = driverOf(place, 'Ana')
    const drivers = [ana, driverOf(place, 'Ben'), driverOf(place, 'Cleo')]
    for (const driver of drivers) driver.setReady()
    await drive(place, drivers, untilResults(ana))
    expect(closed.length > 0).toBe(breaks)
    place.network.clear()
    await place.settle()
    const places = placesOf(ana)
    expect(places.map(([standing]) => standing)).toEqual([1, 2, 3])
    expect(places.every(([, , finishMs]) => finishMs > 40_000)).toBe(true)
    for (const driver of drivers) expect(placesOf(driver)).toEqual(places)
  })

  it('ends at its limit when nobody steers', async () => {
    await using place = await openRace({ players: ['Ana'] })
    const ana = driverOf(place, 'Ana')
    ana.setReady()
    await place.advance(154_000)
    expect(ana.race.phase).toBe('results')
    expect(ana.results.map((result) => result.finishMs)).toEqual([0])
  })

  it('heeds steering of its drivers only, and only within bounds', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    ana.setReady()
    await place.tick()
    ana.startNow()
    await place.advance(3_500)
    ben.steer(1)
    ana.steer(0)
    await place.advance(500)
    expect(ana.body?.heading).toBeCloseTo(Math.PI, 1)
    ana.steer(5)
    await place.advance(500)
    expect(ana.body?.heading).toBeCloseTo(Math.PI, 1)
    expect(place.takeLogged()).toEqual([expect.stringContaining('dropped a call of "steer" by "Ana"')])
    ana.steer(1)
    await place.advance(500)
    expect(ana.body?.heading).toBeGreaterThan(Math.PI + 0.3)
  })

  it('lets a car without its driver coast to a stop, away, and gives it back', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    ana.setReady()
    ben.setReady()
    await place.advance(6_000)
    ana.player.network.block()
    await place.advance(100)
    const car = ben.racers.find((racer) => racer.name === 'Ana')
    expect(car?.isAway).toBe(true)
    await place.advance(8_000)
    const { x, y } = ben.bodyOf('Ana') ?? { x: 0, y: 1 }
    await place.advance(500)
    expect([ben.bodyOf('Ana')?.x, ben.bodyOf('Ana')?.y]).toEqual([x, y])
    ana.player.network.heal()
    await ana.player.join()
    await place.tick()
    expect(car?.isAway).toBe(false)
    expect(ana.own?.id).toBe(car?.id)
  })
})

describe('potions', () => {
  it('lie in the Backpack of each player, whom alone they reach', async () => {
    await using place = await openRace(both)
    await place.tick()
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    expect([ana.potions, ben.potions]).toEqual([potionsPerRace, potionsPerRace])
    const benAsAnaSeesHim = ana.player.game.getService('Players').findFirstChild('Ben')
    expect(benAsAnaSeesHim?.getDescendants().map((each) => each.className)).not.toContain('Potion')
  })

  it('hide who drinks one from the others for a while, and are used up', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    const anasCar = () => ben.racers.find((racer) => racer.name === 'Ana')
    ana.drink()
    ana.setReady()
    ben.setReady()
    await place.advance(4_000)
    expect(ana.potions).toBe(potionsPerRace)
    ana.drink()
    ana.drink()
    await place.tick()
    expect(anasCar()?.visible).toBe(false)
    expect([ana.potions, ben.potions]).toEqual([potionsPerRace - 1, potionsPerRace])
    await place.advance(potionMs)
    expect(anasCar()?.visible).toBe(true)
    ana.drink()
    await place.advance(potionMs + 200)
    ana.drink()
    await place.advance(200)
    expect([ana.potions, anasCar()?.visible]).toEqual([0, true])
  })

  it('take the place of the car out of the others’ replicas, and bring it back', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    ana.setReady()
    ben.setReady()
    await place.advance(4_000)
    const { id } = ben.bodyOf('Ana') ?? { id: 0 }
    expect(id).toBeGreaterThan(0)
    ana.drink()
    await place.tick()
    expect([ben.bodyOf('Ana'), ben.player.game.getInstanceById(id)]).toEqual([null, null])
    expect(ana.body?.id).toBe(id)
    await place.join('Cy')
    expect(driverOf(place, 'Cy').bodyOf('Ana')).toBeNull()
    await place.advance(potionMs)
    expect([ben.bodyOf('Ana')?.x, ben.bodyOf('Ana')?.y]).toEqual([ana.body?.x, ana.body?.y])
  })
})

describe('the referee', () => {
  it('keeps notes that no client ever has', async () => {
    await using place = await openRace({ players: ['Ana'] })
    const ana = driverOf(place, 'Ana')
    ana.setReady()
    await place.advance(4_000)
    ana.drink()
    await place.tick()
    expect(ana.own?.visible).toBe(false)
    expect(place.game.getService('ServerStorage').getChildren()).not.toEqual([])
    expect(ana.player.game.getService('ServerStorage').getChildren()).toEqual([])
  })
})

function placesOf({ results }: Driver) {
  return results.map(({ standing, name, finishMs }) => [standing, name, finishMs] as const)
}

function untilResults({ race }: Driver) {
  return { what: 'results', until: () => race.phase === 'results', limitMs: 90_000 }
}
