import { describe, expect, it } from 'vitest'
import { remotes } from '../definition.ts'
import { maxRacers, potionMs, potionsPerRace } from '../rules.ts'
import { createRaceWorld, type Driver } from './race-world.ts'

const ready = ({ client }: Driver) => client.remote(remotes.setReady).fireServer({ isReady: true })
const drink = ({ client }: Driver) => client.remote(remotes.drinkPotion).fireServer({})

describe('the lobby', () => {
  it('starts the countdown for everyone once everyone is ready', async () => {
    await using world = createRaceWorld()
    const [ana, ben] = [await world.join('Ana'), await world.join('Ben')]
    ready(ana)
    await world.advance(100)
    expect(ben.race.phase).toBe('lobby')
    expect(ben.racers.map((racer) => racer.name)).toEqual(['Ana'])
    ready(ben)
    await world.advance(100)
    expect(ana.race.phase).toBe('countdown')
    expect(ben.race.startsAt).toBe(ana.race.startsAt)
    await world.advance(3_000)
    expect([ana.race.phase, ben.race.phase]).toEqual(['racing', 'racing'])
  })

  it('lets one who is ready start without those who are not, and nobody else', async () => {
    await using world = createRaceWorld()
    const [ana, ben] = [await world.join('Ana'), await world.join('Ben')]
    ready(ana)
    ben.client.remote(remotes.startNow).fireServer({})
    await world.advance(100)
    expect(ana.race.phase).toBe('lobby')
    ana.client.remote(remotes.startNow).fireServer({})
    await world.advance(100)
    expect(ana.race.phase).toBe('countdown')
    expect(ana.racers).toHaveLength(1)
  })

  it('takes a car off the grid again', async () => {
    await using world = createRaceWorld()
    const [ana, ben] = [await world.join('Ana'), await world.join('Ben')]
    ready(ana)
    await world.advance(100)
    ana.client.remote(remotes.setReady).fireServer({ isReady: false })
    await world.advance(100)
    expect(ben.racers).toEqual([])
  })

  it(`has room for ${maxRacers}; the next one watches`, async () => {
    await using world = createRaceWorld()
    const drivers: Driver[] = []
    for (let number = 0; number <= maxRacers; number++) drivers.push(await world.join(`D${number}`))
    for (const driver of drivers) ready(driver)
    await world.advance(200)
    expect(drivers[0]?.race.phase).toBe('countdown')
    expect(drivers[0]?.racers).toHaveLength(maxRacers)
    expect(drivers.at(-1)?.own).toBeNull()
  })

  it('is empty again when everyone has left', async () => {
    await using world = createRaceWorld()
    const ana = await world.join('Ana')
    ready(ana)
    await world.advance(4_000)
    expect(ana.race.phase).toBe('racing')
    ana.client.close()
    await world.advance(200)
    const ben = await world.join('Ben')
    expect([ben.race.phase, ben.racers.length, ben.results.length]).toEqual(['lobby', 0, 0])
  })
})

describe('the race', () => {
  it('ends in results that are the same for all, a late spectator included', async () => {
    await using world = createRaceWorld()
    const [ana, ben] = [await world.join('Ana'), await world.join('Ben')]
    ready(ana)
    ready(ben)
    await world.advance(6_000)
    const cleo = await world.join('Cleo')
    expect(cleo.racers.map((racer) => racer.name)).toEqual(['Ana', 'Ben'])
    await world.drive([ana, ben], { until: () => cleo.race.phase === 'results', limitMs: 90_000 })
    const places = cleo.results.map((result) => [result.standing, result.name, result.finishMs])
    expect(places.map(([standing]) => standing)).toEqual([1, 2])
    expect(cleo.results.every((result) => result.finishMs > 40_000 && result.bestLapMs < 25_000)).toBe(true)
    expect(ana.results.map((result) => [result.standing, result.name, result.finishMs])).toEqual(places)
    const [winner, second] = ana.results[0]?.name === 'Ana' ? [ana, ben] : [ben, ana]
    expect([winner.score('Wins'), winner.score('Place'), second.score('Wins')]).toEqual([1, 1, 0])
    ready(cleo)
    await world.advance(100)
    expect(ana.race.phase).toBe('lobby')
    expect(ana.racers.map((racer) => racer.name)).toEqual(['Cleo'])
    expect(ana.results).toHaveLength(2)
    expect(world.logged).toEqual([])
  })

  it('ends at its limit when nobody steers', async () => {
    await using world = createRaceWorld()
    const ana = await world.join('Ana')
    ready(ana)
    await world.advance(154_000)
    expect(ana.race.phase).toBe('results')
    expect(ana.results.map((result) => result.finishMs)).toEqual([0])
  })

  it('heeds steering of its drivers only, and only within bounds', async () => {
    await using world = createRaceWorld()
    const [ana, ben] = [await world.join('Ana'), await world.join('Ben')]
    ready(ana)
    ana.client.remote(remotes.startNow).fireServer({})
    await world.advance(3_500)
    ben.client.remote(remotes.steer).fireServer({ turn: 1, isBraking: false })
    ana.client.remote(remotes.steer).fireServer({ turn: 0, isBraking: false })
    await world.advance(500)
    expect(ana.own?.heading).toBeCloseTo(Math.PI, 1)
    ana.client.remote(remotes.steer).fireServer({ turn: 5, isBraking: false })
    await world.advance(500)
    expect(ana.own?.heading).toBeCloseTo(Math.PI, 1)
    ana.client.remote(remotes.steer).fireServer({ turn: 1, isBraking: false })
    await world.advance(500)
    expect(ana.own?.heading).toBeGreaterThan(Math.PI + 0.3)
  })

  it('lets a car without its driver coast to a stop, away, and gives it back', async () => {
    await using world = createRaceWorld()
    const [ana, ben] = [await world.join('Ana'), await world.join('Ben')]
    ready(ana)
    ready(ben)
    await world.advance(6_000)
    ana.dropLine()
    await world.advance(100)
    const car = ben.racers.find((racer) => racer.name === 'Ana')
    expect(car?.isAway).toBe(true)
    await world.advance(8_000)
    expect(ana.client.state.kind).toBe('joined')
    expect(car?.isAway).toBe(false)
    expect(ana.own?.id).toBe(car?.id)
  })
})

describe('potions', () => {
  it('lie in the Backpack of each player, whom alone they reach', async () => {
    await using world = createRaceWorld()
    const [ana, ben] = [await world.join('Ana'), await world.join('Ben')]
    expect([ana.potions, ben.potions]).toEqual([potionsPerRace, potionsPerRace])
    const benAsAnaSeesHim = ana.client.game.getService('Players').findFirstChild('Ben')
    expect(benAsAnaSeesHim?.getDescendants().map((each) => each.className)).not.toContain('Potion')
  })

  it('hide who drinks one from the others for a while, and are used up', async () => {
    await using world = createRaceWorld()
    const [ana, ben] = [await world.join('Ana'), await world.join('Ben')]
    const anasCar = () => ben.racers.find((racer) => racer.name === 'Ana')
    drink(ana)
    ready(ana)
    ready(ben)
    await world.advance(4_000)
    expect(ana.potions).toBe(potionsPerRace)
    drink(ana)
    drink(ana)
    await world.advance(100)
    expect(anasCar()?.visible).toBe(false)
    expect([ana.potions, ben.potions]).toEqual([potionsPerRace - 1, potionsPerRace])
    await world.advance(potionMs)
    expect(anasCar()?.visible).toBe(true)
    drink(ana)
    await world.advance(potionMs + 200)
    drink(ana)
    await world.advance(200)
    expect([ana.potions, anasCar()?.visible]).toEqual([0, true])
  })
})

describe('the referee', () => {
  it('keeps notes that no client ever has', async () => {
    await using world = createRaceWorld()
    const ana = await world.join('Ana')
    ready(ana)
    await world.advance(4_000)
    drink(ana)
    await world.advance(200)
    expect(ana.own?.visible).toBe(false)
    expect(ana.client.game.getService('ServerStorage').getChildren()).toEqual([])
  })
})
