import { Folder, RemoteEvent, RemoteFunction } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

test('RM13 events reach whom they are for, in order, after the writes that came before them', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  const note = place.remote(remotes.note)
  const [first, second] = place.players.getPlayers()
  if (first === undefined || second === undefined) throw new Error('two joined')
  place.game.getService('Workspace').setAttribute('round', 1)
  note.fireClient(first, 'for Ana')
  note.fireAllClients('for all')
  note.fireClients([second], 'for Ben')
  const before = ana.frames.length
  await tick()
  expect(ana.frames.length).toBe(before + 1)
  expect(ana.events('note')).toEqual([['for Ana'], ['for all']])
  expect(ben.events('note')).toEqual([['for all'], ['for Ben']])
  expect(ana.replica.getService('Workspace').getAttribute('round')).toBe(1)
})

test('RM13 players of another place, and contracts that go to the server, cannot be fired at', async () => {
  const { place, join } = createTestPlace({ definition })
  const other = createTestPlace({ definition })
  await join()
  await other.join()
  const [stranger] = other.place.players.getPlayers()
  const [player] = place.players.getPlayers()
  if (stranger === undefined || player === undefined) throw new Error('both joined')
  const { fireClient } = place.remote(remotes.note)
  expect(() => fireClient(stranger, 1)).toThrow(expect.objectContaining({ code: 'otherDataModel' }))
  expect(() => place.remote(remotes.act).instance.fireClient(player, 1)).toThrow(
    expect.objectContaining({ code: 'wrongDirection' }),
  )
  expect(() => place.remote(remotes.say).fireAllClients(5 as unknown as string)).toThrow(
    expect.objectContaining({
      code: 'invalidPayload',
      message: expect.stringContaining('cannot fire "say"'),
    }),
  )
  expect(() => fireClient(player, { bad: () => {} })).toThrow(
    expect.objectContaining({ code: 'invalidArgument' }),
  )
})

test('RM14 an instance that a receiver may not see is null, and not even its number travels', async () => {
  const { place, join, tick, log } = createTestPlace({ definition, isDevelopment: true })
  const ana = await join()
  const shown = new Folder({ name: 'Shown', parent: place.game.getService('Workspace') })
  const hidden = new Folder({ name: 'Hidden', parent: place.game.getService('ServerStorage') })
  const gone = new Folder({ name: 'Gone', parent: place.game.getService('Workspace') })
  await tick()
  const brief = new Folder({ name: 'Brief', parent: place.game.getService('Workspace') })
  const note = place.remote(remotes.note)
  note.fireAllClients([shown, hidden, gone, brief])
  gone.destroy()
  brief.destroy()
  await tick()
  const [delivery] = ana.deliveries
  expect(delivery).toMatchObject({ kind: 'event', args: { instances: [shown.id, 0, gone.id, 0] } })
  expect(log.lines).toEqual([
    expect.stringContaining('"ServerStorage.Hidden" was sent to Ana, who may not see it'),
    expect.stringContaining('"Brief" was sent to Ana'),
  ])
})

test('RM14 an event of a remote that its receiver may not see is not sent', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  const bens = new RemoteEvent({ name: 'Bens', parent: place.players.getPlayers()[1]?.playerGui ?? null })
  bens.fireAllClients('x')
  await tick()
  expect(ana.deliveries).toEqual([])
  expect(ben.deliveries).toMatchObject([{ kind: 'event', remote: bens.id }])
})

test('RM18 remotes made at run time carry any arguments, both ways', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const storage = place.game.getService('ReplicatedStorage')
  const event = new RemoteEvent({ name: 'PlayerAction', parent: storage })
  const ask = new RemoteFunction({ name: 'GetPlayerData', parent: storage })
  const ana = await join()
  const heard: unknown[] = []
  event.onServerEvent.connect((player, ...args) => heard.push(player.name, ...args))
  ask.onServerInvoke = (player, ...args) => [player.name, ...args]
  ana.fire('PlayerAction', 'jump', 150, { deep: [1, new Map([['k', 1n]])] })
  ana.ask(1, 'GetPlayerData', 'Gold', 2)
  event.fireAllClients('notification', 'You earned a badge!')
  await tick()
  expect(heard).toEqual(['Ana', 'jump', 150, { deep: [1, new Map([['k', 1n]])] }])
  expect(ana.answer(1)).toEqual({ value: ['Ana', 'Gold', 2] })
  expect(ana.events('PlayerAction')).toEqual([['notification', 'You earned a badge!']])
})

test('RM21 what no client could have unacknowledged is refused where it is fired, and loses nothing else', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const ana = await join()
  const note = place.remote(remotes.note)
  expect(() => note.fireAllClients('x'.repeat(300_000))).toThrow(
    expect.objectContaining({
      code: 'invalidPayload',
      message: expect.stringMatching(/"note".*300\d+ bytes/),
    }),
  )
  note.fireAllClients('small')
  await tick()
  expect([ana.events('note'), ana.closed]).toEqual([[['small']], null])
})

test('RM21 an answer that no client could have unacknowledged is the handler’s failure', async () => {
  const { place, join, log, settle } = createTestPlace({ definition })
  const ana = await join()
  place.remote(remotes.ask).onServerInvoke = (_player, size) => 'x'.repeat(Number(size))
  ana.ask(1, 'ask', 300_000)
  ana.ask(2, 'ask', 3)
  await settle()
  expect([ana.answer(1), ana.answer(2), ana.closed]).toEqual([
    { code: 'handlerError' },
    { value: 'xxx' },
    null,
  ])
  expect(log.errors).toMatchObject([{ cause: { message: expect.stringMatching(/^cannot answer "ask"/) } }])
})
