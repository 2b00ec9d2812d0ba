import { describe, expect, it, test } from 'vitest'
import { createBusyClock } from '../../fixtures/busy-clock.ts'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition } from '../../fixtures/test-remotes.ts'
import { createTurnstile } from './turnstile.ts'

describe('a turnstile', () => {
  function setUp(costMs: number) {
    const world = createBusyClock()
    const faults: unknown[] = []
    const turnstile = createTurnstile({ clock: world.clock, report: (error) => faults.push(error) })
    const passed: number[] = []
    const join = (number: number) =>
      turnstile.pass(() => {
        passed.push(number)
        world.busy.ms += costMs
      })
    return { ...world, turnstile, passed, join, faults }
  }

  it('SE30 lets joins through at once until a turn has had its time, and the others after it in their order', () => {
    const { join, passed, nextTurn, manual } = setUp(1.5)
    for (let number = 0; number < 8; number += 1) join(number)
    expect(passed).toEqual([0, 1, 2])
    expect(nextTurn()).toBe(true)
    expect(passed).toEqual([0, 1, 2, 3, 4, 5])
    join(8)
    expect(passed).toHaveLength(6)
    nextTurn()
    expect(passed).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    nextTurn()
    join(9)
    expect(passed).toHaveLength(10)
    nextTurn()
    expect(manual.pending).toBe(0)
  })

  it('SE30 lets each turn through one at least, and schedules nothing where no time passes', () => {
    const slow = setUp(50)
    slow.join(0)
    slow.join(1)
    slow.join(2)
    expect(slow.passed).toEqual([0])
    slow.nextTurn()
    expect(slow.passed).toEqual([0, 1])
    const still = setUp(0)
    for (let number = 0; number < 100; number += 1) still.join(number)
    expect([still.passed.length, still.manual.pending]).toEqual([100, 0])
  })

  it('SE30 keeps the order where somebody comes while another joins', () => {
    const { join, passed, turnstile, nextTurn } = setUp(1)
    for (let number = 0; number < 4; number += 1) join(number)
    turnstile.pass(() => join(6))
    join(5)
    while (nextTurn());
    expect(passed).toEqual([0, 1, 2, 3, 5, 6])
  })

  it('SE30 reports what a join throws, and lets the others through', () => {
    const { join, passed, turnstile, faults, nextTurn } = setUp(5)
    join(0)
    turnstile.pass(() => {
      throw new Error('of the test')
    })
    join(2)
    while (nextTurn());
    join(3)
    expect(passed).toEqual([0, 2, 3])
    expect(faults.map(String)).toEqual(['Error: of the test'])
  })

  it('SE30 is not held up by a clock that is set back', () => {
    const { join, passed, busy, turnstile, nextTurn } = setUp(5)
    turnstile.pass(() => {
      busy.ms -= 1000
    })
    join(1)
    join(2)
    expect(passed).toEqual([1])
    nextTurn()
    expect(passed).toEqual([1, 2])
  })

  it('PL7 forgets who waits when it closes, and leaves no timer, whenever that is', () => {
    const { join, passed, turnstile, manual } = setUp(5)
    join(0)
    join(1)
    turnstile.close()
    join(2)
    expect([manual.pending, passed.length]).toEqual([0, 1])
    const within = setUp(5)
    within.join(0)
    within.turnstile.pass(() => within.turnstile.close())
    within.join(2)
    within.nextTurn()
    expect([within.manual.pending, within.passed.length]).toEqual([0, 1])
    const first = setUp(0)
    first.turnstile.pass(() => {
      first.busy.ms += 5
      first.turnstile.close()
    })
    expect(first.manual.pending).toBe(0)
  })
})

test('SE30 of a crowd some join a turn later; who has gone by then, or waits when the place stops, never joins', async () => {
  const { clock, manual, busy, nextTurn } = createBusyClock()
  const identify = ({ name }: { name: string }) => ({ userId: name, name })
  const { place, newClient, settle } = createTestPlace({
    definition,
    clock,
    authenticate: (hello) => {
      busy.ms += 1
      return identify(hello)
    },
  })
  place.players.playerAdded.connect(() => {
    busy.ms += 3
  })
  const crowd = Array.from({ length: 6 }, (_, n) => newClient().connect({ name: `p${n}`, guestKey: `k${n}` }))
  await settle()
  expect(place.stats.players).toBe(2)
  crowd[4]?.drop()
  await settle()
  nextTurn()
  await settle()
  expect(place.stats.players).toBe(4)
  await place.stop()
  await settle()
  while (nextTurn()) await settle()
  expect(crowd[5]?.closed).toMatchObject({ code: 'serverClosing' })
  expect(crowd.some(({ wasWelcomed }) => wasWelcomed)).toBe(true)
  expect(crowd[4]?.wasWelcomed).toBe(false)
  expect(manual.pending).toBe(0)
})

test('SE30 SE11 who is known waits as long as it takes; only the host has 10 s', async () => {
  const { clock, busy, manual } = createBusyClock()
  // Each turn lasts as long as the one join that it lets through.
  const slow = Object.assign(Object.create(clock) as typeof clock, {
    after: (ms: number, run: () => void) => manual.after(Math.max(ms, 90), run),
  })
  const { place, newClient, settle } = createTestPlace({ definition, clock: slow, tickHz: 10 })
  place.players.maxPlayers = 130
  place.players.playerAdded.connect(() => {
    busy.ms += 50
  })
  const crowd = Array.from({ length: 130 }, (_, n) =>
    newClient().connect({ name: `p${n}`, guestKey: `k${n}` }),
  )
  await settle()
  manual.advance(9_000)
  expect(place.stats.players).toBeLessThan(110)
  manual.advance(9_000)
  await settle()
  expect(crowd.filter(({ wasWelcomed }) => !wasWelcomed)).toEqual([])
})

test('PL7 a place that stops while somebody joins leaves no timer', async () => {
  const { clock, busy, manual } = createBusyClock()
  const { place, gate, newClient, settle } = createTestPlace({ definition, clock })
  place.players.playerAdded.connect(() => {
    busy.ms += 5
    void place.stop()
  })
  newClient().connect({ name: 'Ana', guestKey: 'a' })
  await settle()
  await gate.close()
  expect(manual.pending).toBe(0)
})
