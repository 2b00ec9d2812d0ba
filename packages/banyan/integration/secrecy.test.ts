// What a client must not know is in no byte that it received: every frame is searched, whole and unparsed.
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
import { expectConverged } from './fixtures/convergence.ts'
import type { Line } from './fixtures/line.ts'
import { createWorld, type World } from './fixtures/world.ts'

const secret = 'SENTINEL'

const remotes = defineRemotes({
  pointed: toClient(any()),
  fails: request(string(), any()),
  refuses: request(string(), string()),
  reveals: request(string(), any()),
})
const definition = defineGame({ remotes })

/** Whether any frame holds the text, as UTF-8 or as UTF-16. */
function hasText({ received }: Line, text: string): boolean {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
  return received.some((frame) => forms.some((form) => Buffer.from(frame).includes(form)))
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

async function joinOnLine(world: World, name: string) {
  const line = world.newLine()
  const client = await world.join(name, { transport: line.transport })
  return { line, client }
}

test('PL5 VW3 what lies in the server’s containers is in no byte, at the join, by patches, or by references', async () => {
  const build = ({ serverStorage, serverScriptService, workspace }: ScriptScope): void => {
    const hidden = secretThing(serverStorage)
    secretThing(serverScriptService)
    new ObjectValue({ name: 'Pointer', value: hidden, parent: workspace })
  }
  await using world = createWorld({ definition, scripts: [script(build)] })
  const { line, client } = await joinOnLine(world, 'ana')
  const { game } = world.place
  const storage = game.getService('ServerStorage')
  const hidden = storage.findFirstChild(`${secret} name`, StringValue)
  if (hidden === null) throw new Error('the secret is there')
  hidden.value = `${secret} changed`
  hidden.name = `${secret} renamed`
  hidden.setAttribute(`${secret}`, 1)
  secretThing(hidden)
  // Seen for no tick: it came and went before a commit.
  const passing = secretThing(game.getService('Workspace'))
  passing.parent = storage
  await world.tick()
  hidden.destroy()
  await world.tick()
  expect(hasText(line, 'Pointer')).toBe(true)
  expect(hasText(line, secret)).toBe(false)
  expectConverged(world.place, client)
})

test('VW6 what leaves the server’s containers is told then, and not what becomes of it once it is back', async () => {
  await using world = createWorld({ definition })
  const { line, client } = await joinOnLine(world, 'ana')
  const { game } = world.place
  const thing = secretThing(game.getService('ServerStorage'), 'SHOWN')
  await world.tick()
  expect(hasText(line, 'SHOWN')).toBe(false)
  thing.parent = game.getService('Workspace')
  await world.tick()
  expect(hasText(line, 'SHOWN value')).toBe(true)
  thing.parent = game.getService('ServerStorage')
  thing.value = secret
  await world.tick()
  thing.name = secret
  await world.tick()
  expect(client.find('Workspace')?.getChildren()).toEqual([])
  expect(hasText(line, secret)).toBe(false)
  expectConverged(world.place, client)
})

test('PL5 VW4 what is in a player’s PlayerGui and Backpack is in no byte of another’s', async () => {
  const build = ({ players, starterPack }: ScriptScope): void => {
    new Folder({ name: 'Starter', parent: starterPack })
    players.playerAdded.connect((player) => {
      secretThing(player.backpack, `OF-${player.name}`)
      secretThing(player.playerGui, `OF-${player.name}`)
    })
  }
  await using world = createWorld({ definition, scripts: [script(build)] })
  const ana = await joinOnLine(world, 'ana')
  const bo = await joinOnLine(world, 'bo')
  const late = await joinOnLine(world, 'cy')
  const [first] = world.place.players.getPlayers()
  const thing = first?.backpack?.findFirstChildOfClass(StringValue)
  if (thing !== null && thing !== undefined) thing.value = 'OF-ana changed'
  if (first?.playerGui !== null) new NumberValue({ name: 'OF-ana new', parent: first?.playerGui ?? null })
  ana.line.cut()
  bo.line.cut()
  await world.advance(1_000)
  const all = { ana, bo, cy: late }
  for (const [owner, { line, client }] of Object.entries(all)) {
    for (const other of Object.keys(all)) {
      expect([owner, other, hasText(line, `OF-${other}`)]).toEqual([owner, other, owner === other])
    }
    expectConverged(world.place, client)
  }
  expect(hasText(ana.line, 'OF-ana changed')).toBe(true)
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
  await using world = createWorld({ definition, scripts: [script(build)] })
  const { line, client } = await joinOnLine(world, 'ana')
  const pointed: unknown[] = []
  client.remote(remotes.pointed).onClientEvent.connect((value) => pointed.push(value))
  const late = client.find('ReplicatedStorage.Late', RemoteFunction)
  const asked = Promise.allSettled([
    client.remote(remotes.reveals).invokeServer('x'),
    client.remote(remotes.fails).invokeServer('x'),
    client.remote(remotes.refuses).invokeServer('x'),
    late?.invokeServer(),
  ])
  await world.tick()
  expect(pointed).toEqual([{ hidden: null, remote: null }])
  expect(await asked).toEqual([
    { status: 'fulfilled', value: { hidden: null, list: [null], map: new Map([[null, null]]) } },
    ...Array(3).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'handlerError' }) }),
  ])
  expect(hasText(line, secret)).toBe(false)
})

test('PY3 SE3 nobody receives another’s guest key or token', async () => {
  await using world = createWorld({ definition })
  const storages = [createMemoryStorage(), createMemoryStorage()]
  const lines = [world.newLine(), world.newLine()]
  for (const [index, storage] of storages.entries()) {
    const line = lines[index]
    if (line !== undefined) await world.join(`guest ${index}`, { storage, transport: line.transport })
  }
  for (const line of lines) line.cut()
  await world.advance(1_000)
  for (const [index, { browser, tab }] of storages.entries()) {
    const [own, other] = [lines[index], lines[1 - index]]
    const token = tab.getItem('banyan.token.main') ?? ''
    const key = browser.getItem('banyan.guest') ?? ''
    expect([token.length, key.length]).toEqual([22, 32])
    if (own === undefined || other === undefined) throw new Error('there are two')
    expect([hasText(own, token), hasText(own, key)]).toEqual([true, false])
    expect([hasText(other, token), hasText(other, key)]).toEqual([false, false])
  }
})
