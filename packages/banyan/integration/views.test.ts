// Who sees what: rules of instances and properties, audiences and teams, on whole places; frames are searched unparsed.
import { expectConverged, type TestPlace } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import {
  createSeededRandom,
  defineClass,
  defineGame,
  defineRemotes,
  type Instance,
  type Player,
  request,
  string,
  Team,
  toClient,
  view,
} from 'banyan'
import { any, number } from 'valibot'
import { expect, test } from 'vitest'
import { namesSeenBy, playerOf } from './fixtures/sight.ts'

const Chest = defineClass('Chest', {
  properties: { label: string(''), code: string('', { visibleTo: 'owner' }) },
})
type Chest = InstanceType<typeof Chest>

const remotes = defineRemotes({ pointed: toClient(any()), knocked: request(number(), number()) })
const definition = defineGame({ classes: [Chest], remotes })

/** What a player received from the recorder's entry `from` on, frame by frame, each byte a character. */
function textTo({ recorder }: TestPlace, name: string, from = 0): readonly string[] {
  const { entries, missing } = recorder.trace()
  expect(missing).toBe(0)
  return entries
    .slice(from)
    .flatMap((entry) =>
      entry.kind === 'frame' && entry.direction === 'down' && entry.player === name
        ? [Buffer.from(entry.frame, 'base64').toString('latin1')]
        : [],
    )
}

test('VS1 VW14 nothing of what a player may not see is in any byte, whatever moves, hides and changes hands', async () => {
  await using place = await createTestPlace({
    definition,
    players: ['ana', 'bo', 'cy'],
    isDevelopment: false,
  })
  const { game } = place
  const { audiences } = place.server
  const random = createSeededRandom(11)
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random.next() * list.length)]
    if (found === undefined) throw new Error('the list has something')
    return found
  }
  const people = ['ana', 'bo', 'cy']
  const teams = ['red', 'blue'].map((name) => new Team({ name, parent: game.getService('Teams') }))
  const groups = ['north', 'south'].map((name) => audiences.create(name))
  const chests = Array.from({ length: 8 }, () => new Chest({ parent: game.getService('Workspace') }))
  const isBelow = (one: Instance, other: Instance): boolean => one === other || one.isAncestorOf(other)

  function change(): void {
    const [chest, player] = [pick(chests), playerOf(place, pick(people))]
    const places = [game.getService('Workspace'), game.getService('ServerStorage'), player, player.backpack]
    const kind = random.next()
    if (kind < 0.3) chest.visibleTo = pick(['everyone', 'everyone', 'nobody', player, ...teams, ...groups])
    else if (kind < 0.4) chest.owner = pick([null, player])
    else if (kind < 0.6) pick(groups).add(player)
    else if (kind < 0.75) pick(groups).remove(player)
    else if (kind < 0.85) player.team = pick([null, ...teams])
    else {
      const to = pick([...places, ...chests])
      if (to !== null && !isBelow(chest, to)) chest.parent = to
    }
  }

  let found = 0
  /** By round, what each saw and owned. Who was away is told what they would have seen then, and nothing else. */
  const sights: Map<string, { readonly seen: ReadonlySet<number>; readonly mine: ReadonlySet<number> }>[] = []
  const away = new Set<string>()
  for (let round = 0; round < 150; round += 1) {
    if (round % 20 === 19) {
      const name = pick(people)
      place.player(name).network.cut()
      away.add(name)
    }
    for (let count = Math.floor(random.next() * 5); count >= 0; count -= 1) change()
    for (const [index, chest] of chests.entries()) {
      // Text that shares its beginning with another's may be written without it, as long as that is ASCII.
      chest.name = `§N${index}r${round};`
      chest.label = `§L${index}r${round};`
      chest.code = `§C${index}r${round};`
      chest.setAttribute(`${'stuvwxyz'[index]}A${index}r${round}-`, `§V${index}r${round};`)
      for (const old of Object.keys(chest.getAttributes())) {
        if (!old.includes(`r${round}-`)) chest.setAttribute(old, null)
      }
    }
    const from = place.recorder.trace().entries.length
    await place.tick()
    sights[round] = new Map(people.map((name) => [name, sightOf(place, playerOf(place, name), chests)]))
    for (const name of people) {
      let isUpToDate = false
      for (const [, kind, index, of] of textTo(place, name, from)
        .join('\n')
        .matchAll(/([NLCAV])(\d)r(\d+)[;-]/g)) {
        const sight = sights[Number(of)]?.get(name)
        const { id = 0 } = chests[Number(index)] ?? {}
        // Deleted attributes of what was and is in sight are named.
        const isOld = away.has(name) || (kind === 'A' && Number(of) === round - 1)
        isUpToDate ||= Number(of) === round
        found += 1
        expect({
          told: { round, name, kind, index, of },
          isShown: sight?.seen.has(id),
          isMine: kind !== 'C' || sight?.mine.has(id),
          isDue: isOld || Number(of) === round,
        }).toMatchObject({ isShown: true, isMine: true, isDue: true })
      }
      if (isUpToDate) away.delete(name)
    }
  }
  expect(found).toBeGreaterThan(1_000)
  await place.settle()
  expectConverged(place)
})

function sightOf({ game }: TestPlace, { id }: Player, chests: readonly Chest[]) {
  const seen = new Set(view(game.snapshot, id).map((create) => create.id))
  const mine = new Set(chests.flatMap((chest) => (ownerOf(chest)?.id === id ? [chest.id] : [])))
  return { seen, mine }
}

function ownerOf(chest: Chest): Player | null {
  for (let at: Instance | null = chest; at !== null; at = at.parent) {
    if (at.owner !== null) return at.owner
    if (at.className === 'Player') return at as Player
  }
  return null
}

test('VS2 who was away while audiences changed comes back to what they may see now, and hears of nothing else', async () => {
  await using place = await createTestPlace({ definition, players: ['ana', 'bo'] })
  const { game } = place
  const [ana, bo] = [playerOf(place, 'ana'), playerOf(place, 'bo')]
  const north = place.server.audiences.create('north')
  const lost = new Chest({ name: 'lost', parent: game.getService('Workspace'), visibleTo: north, owner: ana })
  const kept = new Chest({ name: 'kept', parent: game.getService('Workspace'), owner: ana, code: 'open' })
  north.add(ana)
  await place.tick()
  const handle = place.player('ana').game.getService('Workspace').findFirstChild('kept')
  expect(namesSeenBy(place, 'ana')).toEqual(['lost', 'kept'])

  place.player('ana').network.block()
  await place.advance(200)
  const from = place.recorder.trace().entries.length
  north.remove(ana)
  lost.name = 'SECRET name'
  kept.owner = bo
  kept.code = 'SECRET code'
  await place.tick()
  const gained = new Chest({ name: 'gained', parent: game.getService('Workspace'), visibleTo: ana })
  await place.tick()
  place.player('ana').network.heal()
  await place.player('ana').join()
  await place.tick()
  expect(namesSeenBy(place, 'ana')).toEqual(['kept', 'gained'])
  const copy = place.player('ana').game.getService('Workspace').findFirstChild('kept', Chest)
  expect([copy, copy?.code]).toEqual([handle, ''])
  expect(textTo(place, 'ana', from).join('')).not.toContain('SECRET')
  expect(textTo(place, 'bo', from).join('')).toContain('SECRET code')

  // There and back while away, and more than once.
  place.player('bo').network.block()
  await place.advance(200)
  for (let round = 0; round < 5; round += 1) {
    north.add(bo)
    await place.tick()
    north.remove(bo)
    gained.visibleTo = round % 2 === 0 ? bo : ana
    await place.tick()
  }
  place.player('bo').network.heal()
  await place.player('bo').join()
  await place.tick()
  expect(namesSeenBy(place, 'bo')).toEqual(['kept', 'gained'])
})

test('VS3 an event names what is hidden in its own commit to who saw it, and to nobody else', async () => {
  await using place = await createTestPlace({ definition, players: ['ana', 'bo', 'cy'] })
  const { game } = place
  const [ana, bo, cy] = ['ana', 'bo', 'cy'].map((name) => playerOf(place, name))
  const north = place.server.audiences.create('north')
  const chest = new Chest({ name: 'chest', parent: game.getService('Workspace'), visibleTo: north })
  for (const player of [ana, bo]) if (player !== undefined) north.add(player)
  await place.tick()
  const heard = new Map<string, unknown[]>()
  for (const { name, remote } of place.players) {
    remote(remotes.pointed).onClientEvent.connect((value) =>
      heard.set(name, [...(heard.get(name) ?? []), value]),
    )
  }
  const copies = place.players.map((one) => one.game.getService('Workspace').findFirstChild('chest'))
  expect(copies.map((copy) => copy !== null)).toEqual([true, true, false])
  // Ana leaves the audience, Bo loses it with everyone, Cy never had it.
  if (ana !== undefined) north.remove(ana)
  place.remote(remotes.pointed).fireAllClients(chest)
  chest.visibleTo = 'nobody'
  await place.tick()
  expect([heard.get('ana'), heard.get('bo'), heard.get('cy')]).toEqual([[copies[0]], [copies[1]], [null]])
  expect(copies.slice(0, 2).map((copy) => copy?.isDestroyed)).toEqual([true, true])
  // And one that comes into sight is there when the event is heard.
  if (cy !== undefined) chest.visibleTo = cy
  place.remote(remotes.pointed).fireAllClients(chest)
  await place.tick()
  const copy = place.player('cy').game.getService('Workspace').findFirstChild('chest')
  expect(copy).not.toBeNull()
  expect([heard.get('ana')?.[1], heard.get('cy')?.[1]]).toEqual([null, copy])
  expect(place.takeLogged()).toEqual([
    expect.stringMatching(/"Workspace.chest" was sent to \w+, who may not see it/),
  ])
})
