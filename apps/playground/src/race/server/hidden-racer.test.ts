// What reaches the others of a car whose driver drank a potion: every byte of every frame is looked at.
import type { TestPlace } from '@banyan/testing'
import { describe, expect, it } from 'vitest'
import { driverOf, openRace } from '../../../fixtures/race-driver.ts'
import { Body } from '../definition.ts'

/** No text of the game; it stands in what is hidden alone. */
const mark = 'Wh3re1sAna'

interface HiddenDrive {
  /** How Ana steers, and what else nobody else may notice. */
  readonly turn: number
  readonly name?: string
  readonly isHidden?: boolean
}

/** A race that is the same up to the potion; what comes then is played by the options. */
async function startHiddenDrive({ isHidden = true }: Pick<HiddenDrive, 'isHidden'> = {}) {
  const place = await openRace({ players: ['Ana', 'Ben'], seed: 7 })
  const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
  ana.setReady()
  ben.setReady()
  await place.advance(4_000)
  if (isHidden) ana.drink()
  await place.advance(200)
  expect(ben.racers.find(({ name }) => name === 'Ana')?.visible).toBe(!isHidden)
  const racer = place.game.getService('Workspace').findFirstChild('Ana')
  const body = racer?.findFirstChild('Body', Body) ?? null
  if (body === null) throw new Error('Ana has a car')
  return { place, ana, ben, body, from: place.recorder.trace().entries.length }
}

/** What was sent to a player since, frame by frame, each byte a character. */
function framesTo(place: TestPlace, player: string, from: number): readonly string[] {
  const { entries, missing } = place.recorder.trace()
  expect(missing).toBe(0)
  return entries
    .slice(from)
    .flatMap((entry) =>
      entry.kind === 'frame' && entry.direction === 'down' && entry.player === player
        ? [Buffer.from(entry.frame, 'base64').toString('latin1')]
        : [],
    )
}

/** Everything that the two receive within a second. */
async function framesOf({ turn, name = 'Body', ...how }: HiddenDrive) {
  const { place, ana, body, from } = await startHiddenDrive(how)
  await using _ = place
  body.name = name
  body.setAttribute(name, turn)
  body.addTag(name)
  ana.steer(turn)
  await place.advance(1_000)
  return { Ana: framesTo(place, 'Ana', from), Ben: framesTo(place, 'Ben', from) }
}

describe('a hidden racer', () => {
  it('leaves no trace: wherever the car is, and whatever it is called, the others receive the same bytes', async () => {
    const [left, right] = [await framesOf({ turn: -1 }), await framesOf({ turn: 1, name: mark })]
    expect(left.Ben.length).toBeGreaterThan(10)
    expect(left.Ben).toEqual(right.Ben)
    expect(left.Ana).not.toEqual(right.Ana)
    // Without a potion, all of it is seen.
    const shown = { isHidden: false }
    expect((await framesOf({ turn: -1, ...shown })).Ben).not.toEqual(
      (await framesOf({ turn: 1, ...shown })).Ben,
    )
  })

  it('is in no frame by name, attribute or tag, for who stays, who comes and who comes back', async () => {
    const { place, ana, ben, body, from } = await startHiddenDrive()
    await using _ = place
    // Texts with beginnings of their own, because what two have in common there is written once.
    body.name = mark
    body.setAttribute(`of${mark}`, `is ${mark}`)
    body.addTag(`tag ${mark}`)
    await place.advance(200)
    await place.join('Cy')
    ben.player.network.cut()
    ana.steer(1)
    await place.advance(1_000)
    expect(ben.player.client.state.kind).toBe('joined')
    const [toAna, toBen, toCy] = ['Ana', 'Ben', 'Cy'].map((name) => framesTo(place, name, from).join(''))
    expect(toAna?.split(mark).length).toBeGreaterThan(2)
    expect(toBen).not.toBe('')
    expect(`${toBen}${toCy}`).not.toContain(mark)
  })

  it('is in no frame by id or position', async () => {
    const { place, ana, ben, body } = await startHiddenDrive()
    await using _ = place
    const fromMs = place.clock.now()
    const secrets = new Set<number>()
    const note = () => {
      for (const value of [body.x, body.y, body.heading]) secrets.add(value)
    }
    await place.join('Cy')
    ana.steer(0.3)
    for (let tick = 0; tick < 30; tick += 1) {
      if (tick === 10) ben.player.network.cut()
      await place.tick()
      note()
    }
    const wordsTo = (player: string) => place.timeline({ player, fromMs: fromMs - startOf(place) })
    const path = 'Workspace.Ana.Body'
    expect(wordsTo('Ana')).toContain(`set ${path}.x = `)
    expect(numbersIn(wordsTo('Ana')).some((value) => secrets.has(value))).toBe(true)
    for (const player of ['Ben', 'Cy']) {
      const words = wordsTo(player)
      // Ben's own car, by path and position; an id that a player does not have reads #12.
      expect(words).toContain('set Workspace.Ben.Body.x = ')
      expect(words).not.toContain(path)
      expect(words).not.toMatch(/#\d/)
      expect(numbersIn(words).filter((value) => secrets.has(value))).toEqual([])
      const { game } = place.player(player)
      expect(game.getInstanceById(body.id)).toBeNull()
      const bodies = game.getDescendants().filter((found) => found.isA(Body))
      expect(bodies.flatMap(({ x, y, heading }) => [x, y, heading]).some((value) => secrets.has(value))).toBe(
        false,
      )
    }
  })
})

function startOf(place: TestPlace): number {
  return place.recorder.trace().startMs
}

function numbersIn(words: string): readonly number[] {
  return [...words.matchAll(/= (-?\d+(?:\.\d+)?)/g)].map(([, digits]) => Number(digits))
}
