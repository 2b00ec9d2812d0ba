import { Configuration, defineClass, Folder, float, reference, Vector3, vector3 } from '@banyan/datamodel'
import { defineGame, defineRemotes, request, toServer } from '@banyan/protocol'
import { script } from '@banyan/server'
import { createTestPlace } from '@banyan/testing'
import { any, number } from 'valibot'
import { afterEach, describe, expect, test } from 'vitest'
import { doorKey } from '../door/door.ts'
import { fromPortable, toPortable } from '../door/portable.ts'
import { createDoor } from './create-door.ts'
import { openDoor } from './open-door.ts'

const Kite = defineClass('Kite', {
  extends: Configuration,
  properties: { height: float(0), at: vector3(), holder: reference() },
})
const remotes = defineRemotes({
  rise: toServer(number()),
  double: request(number(), number()),
  tell: toServer(any()),
})
const definition = defineGame({ classes: [Kite], remotes })

function createGame() {
  const told: unknown[] = []
  const game = script(({ workspace, remote }) => {
    const box = new Folder({ name: 'Box', parent: workspace })
    const kite = new Kite({ name: 'Kite', parent: box, at: new Vector3(1, 2, 3), holder: box })
    remote(remotes.rise).onServerEvent.connect((_player, by) => {
      kite.height += by
    })
    remote(remotes.tell).onServerEvent.connect((_player, value) => told.push(value))
    remote(remotes.double).onServerInvoke = (_player, value) => value * 2
  })
  return { told, open: () => createTestPlace({ definition, scripts: [game], players: ['ana'], seed: 1 }) }
}

describe('a door', () => {
  afterEach(() => void Reflect.deleteProperty(globalThis, doorKey))

  test('PW1 stands at one name, once, until it is shut', async () => {
    await using place = await createGame().open()
    const { client } = place.player('ana')
    const shut = openDoor(client)
    expect(Reflect.get(globalThis, doorKey)).toMatchObject({ client })
    expect(() => openDoor(client)).toThrow('has one already')
    shut()
    expect(Reflect.has(globalThis, doorKey)).toBe(false)
    openDoor(client)()
  })

  test('PW3 looks along a path, with values as they are and instances by name', async () => {
    await using place = await createGame().open()
    const door = createDoor(place.player('ana').client)
    const sight = door.look(['Workspace', 'Box', 'Kite'])
    expect(sight).toMatchObject({ kind: 'present', className: 'Kite', children: [], tags: [] })
    if (sight.kind !== 'present') throw new Error('it is there')
    expect(fromPortable(sight.properties)).toEqual({
      height: 0,
      at: new Vector3(1, 2, 3),
      holder: 'Workspace.Box',
    })
    expect(door.look(['Workspace', 'Bax', 'Kite'])).toEqual({
      kind: 'absent',
      deepest: 'Workspace',
      missing: 'Bax',
      children: ['Box'],
    })
  })

  test('PW3 names what the server keeps to itself nowhere', async () => {
    await using place = await createGame().open()
    const sight = createDoor(place.player('ana').client).look(['Workspaec'])
    expect(sight).toMatchObject({ kind: 'absent', deepest: 'game' })
    expect(sight.children).toEqual(expect.arrayContaining(['Workspace', 'Players', 'ReplicatedStorage']))
    expect(sight.children).not.toContain('ServerStorage')
    expect(sight.children).not.toContain('ServerScriptService')
  })

  test('PW4 tells the next look when something changed, and not before', async () => {
    await using place = await createGame().open()
    const ana = place.player('ana')
    const door = createDoor(ana.client)
    const path = ['Workspace', 'Box', 'Kite']
    door.watch('one', path)
    expect(await door.next('one', -1)).toMatchObject({ version: 0, sight: { kind: 'present' } })
    let answer: unknown = null
    const asked = door.next('one', 0).then((look) => {
      answer = look
    })
    await place.advance(500)
    expect(answer).toBeNull()
    door.fire('rise', 7)
    await place.advance(100)
    await asked
    expect(answer).toMatchObject({ version: 1, state: { kind: 'joined' } })

    const last = door.next('one', 1)
    door.unwatch('one')
    expect(await last).toBeNull()
    expect(await door.next('one', -1)).toBeNull()
  })

  test('PW4 follows an instance that goes and comes back', async () => {
    await using place = await createGame().open()
    const door = createDoor(place.player('ana').client)
    door.watch('one', ['Workspace', 'Box'])
    const box = place.server.game.getService('Workspace').findFirstChild('Box')
    box?.destroy()
    await place.advance(100)
    expect(await door.next('one', 0)).toMatchObject({ sight: { kind: 'absent', missing: 'Box' } })
    new Folder({ name: 'Box', parent: place.server.game.getService('Workspace') })
    await place.advance(100)
    expect(await door.next('one', 1)).toMatchObject({ sight: { kind: 'present' } })
  })

  test('PW5 fires and asks as the page would, with values and instances', async () => {
    const game = createGame()
    await using place = await game.open()
    const door = createDoor(place.player('ana').client)
    const box = place.server.game.getService('Workspace').findFirstChild('Box')
    expect(door.fire('tell', toPortable({ at: new Vector3(1, 0, 0), box }))).toEqual({
      ok: true,
      value: null,
    })
    const answer = door.invoke('double', 21)
    await place.advance(200)
    expect(await answer).toEqual({ ok: true, value: 42 })
    expect(game.told).toEqual([{ at: new Vector3(1, 0, 0), box }])
  })

  test('PW5 says what it cannot do', async () => {
    await using place = await createGame().open()
    const door = createDoor(place.player('ana').client)
    expect(door.fire('fly', 1)).toMatchObject({ ok: false, problem: expect.stringContaining('rise') })
    expect(door.fire('double', 1)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('Use invoke'),
    })
    expect(await door.invoke('rise', 1)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('Use fire'),
    })
    expect(door.write(['Workspace', 'Box', 'Kite'], toPortable({ height: 'high' }))).toMatchObject({
      ok: false,
    })
    expect(door.write(['Workspace', 'Bax'], toPortable({}))).toMatchObject({ ok: false })
  })

  test('PW6 tells the replica without local writes, at its patch', async () => {
    await using place = await createGame().open()
    const door = createDoor(place.player('ana').client)
    const before = door.tree()
    expect(before).toMatchObject({ seq: place.server.game.snapshot.seq, playerId: expect.any(Number) })
    expect(door.write(['Workspace', 'Box', 'Kite'], toPortable({ height: 99 }))).toMatchObject({ ok: true })
    await place.advance(100)
    expect(door.tree()).toEqual(before)
    expect(place.takeLogged()).toEqual([expect.stringContaining('wrote over height')])
  })
})
