// What a client must not know is in no byte that it received: every frame is searched, whole and unparsed.
import { expectConverged, type TestPlace } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import {
  defineGame,
  defineRemotes,
  Folder,
  type Instance,
  NumberValue,
  ObjectValue,
  type Player,
  RemoteEvent,
  RemoteFunction,
  request,
  StringValue,
  toClient,
} from 'banyan'
import { createMemoryStorage } from 'banyan/client'
import { type ScriptScope, script } from 'banyan/server'
import { any, string } from 'valibot'
import { expect, test } from 'vitest'

// Marks begin with what no other text begins with, and with no ASCII: what two texts share there may be written once.
const secret = '§SENTINEL'

const remotes = defineRemotes({
  pointed: toClient(any()),
  fails: request(string(), any()),
  refuses: request(string(), string()),
  reveals: request(string(), any()),
})
const definition = defineGame({ remotes })

/** Whether any frame that was ever sent to the player holds the text, as UTF-8 or as UTF-16. */
function hasText({ recorder }: TestPlace, name: string, text: string): boolean {
  const { entries, missing } = recorder.trace()
  expect(missing).toBe(0)
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
  const received = entries.flatMap((entry) =>
    entry.kind === 'frame' && entry.direction === 'down' && entry.player === name
      ? [Buffer.from(entry.frame, 'base64')]
      : [],
  )
  expect(received).not.toEqual([])
  return received.some((frame) => forms.some((form) => frame.includes(form)))
}

/** Something with the secret in every place that holds text. */
function secretThing(parent: Instance | null, mark = secret): StringValue {
  const thing = new StringValue({ name: `${mark} name`, value: `${mark} value` })
  thing.setAttribute('note', `${mark} attribute`)
  thing.addTag(`${mark} tag`)
  new Folder({ name: `${mark} child`, parent: thing })
  thing.parent = parent
  return thing
}

test('PL5 VW3 what lies in the server’s containers is in no byte, at the join, by patches, or by references', async () => {
  const build = ({ serverStorage, serverScriptService, workspace }: ScriptScope): void => {
    const hidden = secretThing(serverStorage)
    secretThing(serverScriptService)
    new ObjectValue({ name: 'Pointer', value: hidden, parent: workspace })
  }
  await using place = await createTestPlace({ definition, scripts: [script(build)], players: ['ana'] })
  const { game } = place
  const storage = game.getService('ServerStorage')
  const hidden = storage.findFirstChild(`${secret} name`, StringValue)
  if (hidden === null) throw new Error('the secret is there')
  hidden.value = `${secret} changed`
  hidden.name = `${secret} renamed`
  hidden.setAttribute('SENTINEL', 1)
  secretThing(hidden)
  // Seen for no tick: it came and went before a commit.
  const passing = secretThing(game.getService('Workspace'))
  passing.parent = storage
  await place.tick()
  hidden.destroy()
  await place.tick()
  expect(hasText(place, 'ana', 'Pointer')).toBe(true)
  expect(hasText(place, 'ana', 'SENTINEL')).toBe(false)
  await place.settle()
  expectConverged(place)
})

test('VW6 what leaves the server’s containers is told then, and not what becomes of it once it is back', async () => {
  await using place = await createTestPlace({ definition, players: ['ana'] })
  const { client } = place.player('ana')
  const { game } = place
  const thing = secretThing(game.getService('ServerStorage'), '§SHOWN')
  await place.tick()
  expect(hasText(place, 'ana', '§SHOWN')).toBe(false)
  thing.parent = game.getService('Workspace')
  await place.tick()
  expect(hasText(place, 'ana', '§SHOWN value')).toBe(true)
  thing.parent = game.getService('ServerStorage')
  thing.value = secret
  await place.tick()
  thing.name = secret
  await place.tick()
  expect(client.find('Workspace')?.getChildren()).toEqual([])
  expect(hasText(place, 'ana', secret)).toBe(false)
  await place.settle()
  expectConverged(place)
})

test('PL5 VW4 what is in a player’s PlayerGui and Backpack is in no byte of another’s', async () => {
  const build = ({ players, starterPack }: ScriptScope): void => {
    new Folder({ name: 'Starter', parent: starterPack })
    players.playerAdded.connect((player) => {
      secretThing(player.backpack, `§OF-${player.name}`)
      secretThing(player.playerGui, `§OF-${player.name}`)
    })
  }
  const players = ['ana', 'bo', 'cy']
  await using place = await createTestPlace({ definition, scripts: [script(build)], players })
  const first = place.player('ana').player
  const thing = first?.backpack?.findFirstChildOfClass(StringValue)
  if (thing !== null && thing !== undefined) thing.value = '§OF-ana changed'
  if (first?.playerGui !== null) new NumberValue({ name: '§OF-ana new', parent: first?.playerGui ?? null })
  place.player('ana').network.cut()
  place.player('bo').network.cut()
  await place.advance(1_000)
  for (const owner of players) {
    for (const other of players) {
      expect([owner, other, hasText(place, owner, `§OF-${other}`)]).toEqual([owner, other, owner === other])
    }
  }
  expect(hasText(place, 'ana', '§OF-ana changed')).toBe(true)
  await place.settle()
  expectConverged(place)
})

test('RM14 RM10 events, answers and failures say nothing of what their receiver may not see', async () => {
  const build = ({ remote, serverStorage, replicatedStorage, players }: ScriptScope): void => {
    const hidden = secretThing(serverStorage)
    remote(remotes.reveals).onServerInvoke = () => ({
      hidden,
      list: [hidden],
      map: new Map([[hidden, hidden]]),
    })
    remote(remotes.fails).onServerInvoke = () => {
      throw new Error(`${secret} in an error`)
    }
    remote(remotes.refuses).onServerInvoke = () => ({ wrong: `${secret} in an answer` }) as unknown as string
    const hiddenRemote = new RemoteEvent({ name: `${secret} remote`, parent: serverStorage })
    const late = new RemoteFunction({ name: 'Late', parent: replicatedStorage })
    late.onServerInvoke = () => Promise.reject(new Error(`${secret} in a rejection`))
    players.playerAdded.connect((player: Player) => {
      remote(remotes.pointed).fireClient(player, { hidden, remote: hiddenRemote })
      hiddenRemote.fireClient(player, `${secret} in an event`)
    })
  }
  await using place = await createTestPlace({ definition, scripts: [script(build)], players: ['ana'] })
  const { client } = place.player('ana')
  const pointed: unknown[] = []
  client.remote(remotes.pointed).onClientEvent.connect((value) => pointed.push(value))
  const late = client.find('ReplicatedStorage.Late', RemoteFunction)
  const asked = Promise.allSettled([
    client.remote(remotes.reveals).invokeServer('x'),
    client.remote(remotes.fails).invokeServer('x'),
    client.remote(remotes.refuses).invokeServer('x'),
    late?.invokeServer(),
  ])
  await place.tick()
  expect(pointed).toEqual([{ hidden: null, remote: null }])
  expect(await asked).toEqual([
    { status: 'fulfilled', value: { hidden: null, list: [null], map: new Map([[null, null]]) } },
    ...Array(3).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'handlerError' }) }),
  ])
  expect(hasText(place, 'ana', secret)).toBe(false)
  // The server's own log tells it all.
  expect(place.takeLogged().toSorted()).toEqual([
    expect.stringMatching(/"ServerStorage.§SENTINEL name" was sent to ana/),
    expect.stringMatching(/"ServerStorage.§SENTINEL remote" was sent to ana/),
    expect.stringMatching(/Late.*§SENTINEL in a rejection/),
    expect.stringMatching(/fails.*§SENTINEL in an error/),
    expect.stringMatching(/refuses.*what its schema describes/),
  ])
})

test('PY3 SE3 nobody receives another’s guest key or token', async () => {
  await using place = await createTestPlace({ definition })
  const storages = { ana: createMemoryStorage(), bo: createMemoryStorage() }
  for (const [name, storage] of Object.entries(storages)) await place.join(name, { client: { storage } })
  for (const { network } of place.players) network.cut()
  await place.advance(1_000)
  for (const [own, { browser, tab }] of Object.entries(storages)) {
    const other = own === 'ana' ? 'bo' : 'ana'
    const token = tab.getItem('banyan.token.main') ?? ''
    const key = browser.getItem('banyan.guest') ?? ''
    expect([token.length, key.length]).toEqual([22, 32])
    expect([hasText(place, own, token), hasText(place, own, key)]).toEqual([true, false])
    expect([hasText(place, other, token), hasText(place, other, key)]).toEqual([false, false])
  }
})
