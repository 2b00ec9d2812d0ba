import { Buffer } from 'node:buffer'
import { Folder, StringValue, Vector3, Vector3Value } from '@banyan/datamodel'
import { decodeDown, decodeUp, defineGame } from '@banyan/protocol'
import { describe, expect, test } from 'vitest'
import { Drinker, definition, remotes } from '../../../fixtures/drinker-game.ts'
import { openPotions } from '../../../fixtures/drinker-place.ts'
import type { TestPlace } from '../../place/test-place.ts'
import type { Trace } from '../trace.ts'
import { timeline } from './timeline.ts'
import type { TimelineOptions } from './timeline-options.ts'

/** Without what depends on the moment. */
function linesOf({ recorder }: TestPlace, options: TimelineOptions = {}): readonly string[] {
  return timeline(recorder.trace(), definition, options)
    .split('\n')
    .map((line) => line.trim())
}

describe('a timeline', () => {
  test('TC10 prints time, direction, player and words, each change with its path', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'] })
    await place.tick()
    place.player('ana').remote(remotes.drink).fireServer({ potion: 'mint' })
    await place.tick()
    const lines = linesOf(place, { player: 'ana' })
    expect(lines[0]).toMatch(/^seed 1, ana, bo, \d+\.\d ms, protocol \d+$/)
    expect(lines[1]).toBe('0.0 ms · ana       line 1 opens')
    expect(lines[2]).toBe('0.0 ms ↑ ana       hello "ana" to place "main"')
    expect(lines[3]).toMatch(/^0\.0 ms ↓ ana {7}snapshot of patch \d+: \d+ instances$/)
    expect(lines[4]).toMatch(/^0\.0 ms ↓ ana {7}welcome, new, at patch \d+$/)
    expect(lines).toContain("fire drink({ potion: 'mint' })")
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^set Workspace\.Racers\.ana\.visible = false {2}← remote "drink" by ana at \d+\.\d ms$/,
      ),
    )
    expect(lines).toContain("event drunk({ by: 'ana', target: Workspace.Racers.ana })")
  })

  test('TC10 has words for every operation', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const { game } = place
    const workspace = game.getService('Workspace')
    const box = new Folder({ name: 'Box', parent: workspace })
    const spot = new Vector3Value({ name: 'Spot', parent: box })
    await place.tick()
    spot.value = new Vector3(1, 2, 3)
    spot.setAttribute('hot', true)
    spot.addTag('new')
    box.name = 'Crate'
    new StringValue({ name: 'Note', value: 'hi', parent: box })
    await place.tick()
    spot.parent = workspace
    spot.setAttribute('hot', null)
    box.destroy()
    await place.tick()
    const lines = linesOf(place, { player: 'ana' }).map((line) => line.replace(/ {2}←.*/, ''))
    expect(lines).toEqual(
      expect.arrayContaining([
        'create Folder Workspace.Box',
        'set Workspace.Crate.Spot.value = Vector3(1, 2, 3)',
        'set attribute Workspace.Crate.Spot @hot = true',
        'tag Workspace.Crate.Spot with [new]',
        'rename Workspace.Box to "Crate"',
        "create StringValue Workspace.Crate.Note: value = 'hi'",
        'move Workspace.Crate.Spot to Workspace',
        'delete attribute Workspace.Spot @hot',
        'remove Workspace.Crate',
      ]),
    )
  })

  test('TC10 has words for requests, answers, failures and nested edits', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const buy = place.player('ana').remote(remotes.buy)
    const [good, bad] = [buy.invokeServer({ item: 'sword' }), buy.invokeServer({ item: '' })]
    await Promise.all([place.settle(), good, expect(bad).rejects.toThrow()])
    place.takeLogged()
    const lines = linesOf(place)
    expect(lines).toContain("ask 1 buy({ item: 'sword' }) within 10000 ms")
    expect(lines).toContain('answer 1 buy: { coins: 3 }')
    expect(lines).toContainEqual(expect.stringMatching(/^answer 2 buy: \w+, /))
    expect(lines).toContainEqual(expect.stringMatching(/^edit Workspace\.Racers\.ana\.bag: set sword = 1/))
  })

  test('TC11 names the causes of what a resume brings at once', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'] })
    await place.tick()
    place.player('bo').network.block()
    place.player('ana').remote(remotes.drink).fireServer({ potion: 'mint' })
    await place.advance(100)
    place.player('bo').network.heal()
    await place.until('bo is back', () => place.player('bo').client.state.kind === 'joined')
    const lines = linesOf(place, { player: 'bo' })
    const resumed = lines.findIndex((line) => line.includes('welcome, resumed'))
    expect(lines.slice(resumed)).toContainEqual(
      expect.stringMatching(/^tag Workspace\.Racers\.ana with \[drunk\] {2}← remote "drink" by ana/),
    )
  })

  test('TC12 marks what was lost or cut, and how long the rest was under way', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const ana = place.player('ana')
    ana.network.set({ latencyMs: 25, up: { loss: 1 } })
    ana.remote(remotes.steer).fireServer({ angle: 2 })
    await place.advance(100)
    ana.remote(remotes.drink).fireServer({ potion: 'mint' })
    await place.advance(10)
    ana.network.cut()
    const lines = linesOf(place)
    expect(lines).toContainEqual(expect.stringMatching(/↑ ana {7}✗ lost: datagram 1: steer\({ angle: 2 }\)$/))
    expect(lines).toContainEqual(expect.stringMatching(/↑ ana {7}✗ cut: calls 1, .*\(10\.0 ms under way\)$/))
    expect(lines).toContainEqual(
      expect.stringMatching(/· ana {7}network { latencyMs: 25, up: { loss: 1 } }$/),
    )
    expect(lines).toContainEqual(expect.stringMatching(/· ana {7}network cut$/))
  })

  test('TC13 prints the part that was asked for, and how much is left out', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'] })
    const { recorder } = place
    await place.advance(30_000)
    recorder.addLogged('late')
    expect(linesOf(place).some((line) => / p[io]ng$/.test(line))).toBe(false)
    const ofBo = linesOf(place, { player: 'bo' })
    expect(ofBo.some((line) => / [·↑↓] ana /.test(line))).toBe(false)
    const last = linesOf(place, { limit: 2, withPings: true })
    expect(last).toHaveLength(4)
    expect(last[1]).toMatch(/^… \d+ more entries$/)
    expect(last[3]).toMatch(/logged: late$/)
    const from = linesOf(place, { fromMs: 10_000, limit: 1, withPings: true })
    expect(from[1]).toMatch(/^10\d\d\d\.\d ms/)
    expect(from[2]).toMatch(/^… \d+ more entries$/)
    expect(timeline(recorder.trace({ error: new Error('oh') }), definition)).toMatch(
      /\nthe test failed: Error: oh$/,
    )
  })

  test('TC13 says that the beginning is missing, and names by number what it never saw', async () => {
    await using place = await openPotions({ players: ['ana'], recordedBytes: 2048 })
    for (let round = 0; round < 30; round += 1) {
      const drinker = place.game.getService('Workspace').findFirstDescendant('ana')
      if (drinker instanceof Drinker) drinker.angle = round
      await place.tick()
    }
    const lines = linesOf(place)
    expect(lines[1]).toMatch(/^the beginning is missing: \d+ entries before \d+\.\d ms did not fit$/)
  })

  test('TC10 keeps a row to itself, whatever names hold, and a fault to its lines', async () => {
    await using place = await openPotions({ players: ['ana'] })
    new Folder({ name: 'a\nb', parent: place.game.getService('Workspace') })
    await place.settle()
    place.recorder.addLogged('broken\nat the seam')
    const lines = linesOf(place)
    expect(lines).toContainEqual(expect.stringMatching(/^create Folder Workspace\.a\\nb/))
    expect(lines.slice(-2)).toEqual([expect.stringMatching(/logged: broken$/), 'at the seam'])
  })

  test('TC14 shows no token and no guest key', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const { recorder } = place
    await place.player('ana').reconnect()
    const secrets = secretsIn(recorder.trace())
    expect(secrets.length).toBeGreaterThan(1)
    const text = timeline(recorder.trace(), definition)
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  test('TC15 tells what is no message, and what a client cannot take, and never throws', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'] })
    const { recorder } = place
    place.player('bo').remote(remotes.drink).fireServer({ potion: 'mint' })
    await place.advance(300)
    const trace = recorder.trace()
    const entries = trace.entries.filter((entry) => entry.kind !== 'frame' || !isCreation(entry.frame))
    const lines = timeline({ ...trace, entries }, definition, { player: 'ana' })
    expect(lines).toMatch(/set #\d+\.property \d+ = true {2}← task "delay" from remote "drink" by bo/)
    expect(lines).toContain('! a client cannot take this: cannot apply')
    const noise = trace.entries.map((entry) => (entry.kind === 'frame' ? { ...entry, frame: '/w==' } : entry))
    expect(timeline({ ...trace, entries: noise }, definition)).toContain('1 bytes that are no message')
  })

  test('TC16 refuses another definition', async () => {
    await using place = await openPotions()
    expect(() => timeline(place.recorder.trace(), defineGame({}))).toThrow(
      expect.objectContaining({ code: 'otherDefinition' }),
    )
  })
})

/** Whether a frame is a patch that makes an instance. */
function isCreation(base64: string): boolean {
  const decoded = decodeDown(definition, bytesOf(base64))
  if (!decoded.ok || decoded.value.kind !== 'patches') return false
  return decoded.value.patches.some(({ operations }) => operations.some(({ kind }) => kind === 'create'))
}

function secretsIn({ entries }: Trace): readonly string[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'frame') return []
    const [up, down] = [decodeUp(bytesOf(entry.frame)), decodeDown(definition, bytesOf(entry.frame))]
    if (up.ok && up.value.kind === 'hello') return [up.value.guestKey]
    return down.ok && down.value.kind === 'welcome' ? [down.value.token] : []
  })
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
