// The sample code of the community guide to remote events that Banyan grew from, translated call for call.
import { createTestPlace } from '@banyan/testing/vitest'
import {
  BindableEvent,
  defineGame,
  Folder,
  type Instance,
  IntValue,
  type Player,
  RemoteEvent,
  RemoteFunction,
} from 'banyan'
import { type ScriptScope, script } from 'banyan/server'
import { expect, test } from 'vitest'

const definition = defineGame({})

function giveLeaderstats(player: Player, amounts: Readonly<Record<string, number>>): void {
  const leaderstats = new Folder({ name: 'leaderstats' })
  for (const [name, value] of Object.entries(amounts)) new IntValue({ name, value, parent: leaderstats })
  leaderstats.parent = player
}

function statOf(player: Instance, name: string): IntValue | null {
  return player.findFirstChild('leaderstats')?.findFirstChild(name, IntValue) ?? null
}

function playerAction({ replicatedStorage }: ScriptScope): RemoteEvent {
  return new RemoteEvent({ name: 'PlayerAction', parent: replicatedStorage })
}

test('RM18 from client to server: the handler gets the player, then what the client sent', async () => {
  const heard: unknown[] = []
  const listening = script((scope) => {
    playerAction(scope).onServerEvent.connect((player, action, value) => {
      heard.push(`${player.name} performed ${String(action)} with value ${String(value)}`)
    })
  })
  await using place = await createTestPlace({ definition, scripts: [listening] })
  const { client } = await place.join('ana')
  const storage = client.game.getService('ReplicatedStorage')
  const remoteEvent = await storage.waitForChild('PlayerAction', RemoteEvent)
  remoteEvent.fireServer('jump', 150)
  await place.tick()
  expect(heard).toEqual(['ana performed jump with value 150'])
})

test('RM18 from the server to one client, and to all', async () => {
  await using place = await createTestPlace({
    definition,
    scripts: [script((scope) => void playerAction(scope))],
  })
  const [{ client: ana }, { client: bo }] = [await place.join('ana'), await place.join('bo')]
  const heard = { ana: [] as unknown[], bo: [] as unknown[] }
  for (const [name, client] of [
    ['ana', ana],
    ['bo', bo],
  ] as const) {
    const remoteEvent = client.game
      .getService('ReplicatedStorage')
      .findFirstChild('PlayerAction', RemoteEvent)
    remoteEvent?.onClientEvent.connect((messageType, message) => {
      if (messageType === 'notification') heard[name].push(`Server notification: ${String(message)}`)
      if (messageType === 'event') heard[name].push(message)
    })
  }
  const { game, server } = place
  const remoteEvent = game.getService('ReplicatedStorage').findFirstChild('PlayerAction', RemoteEvent)
  const [player] = server.players.getPlayers()
  if (remoteEvent === null || player === undefined) throw new Error('the place is set up')
  remoteEvent.fireClient(player, 'notification', 'You earned a badge!')
  remoteEvent.fireAllClients('event', 'A new round is starting!')
  await place.tick()
  expect(heard).toEqual({
    ana: ['Server notification: You earned a badge!', 'A new round is starting!'],
    bo: ['A new round is starting!'],
  })
})

test('RM18 request and response: player data by key, and null for what does not exist', async () => {
  const answering = script(({ replicatedStorage, players }) => {
    players.playerAdded.connect((player) => giveLeaderstats(player, { Gold: 70 }))
    const getPlayerData = new RemoteFunction({ name: 'GetPlayerData', parent: replicatedStorage })
    getPlayerData.onServerInvoke = (player, dataKey) => {
      if (typeof dataKey !== 'string') return null
      return statOf(player, dataKey)?.value ?? null
    }
  })
  await using place = await createTestPlace({ definition, scripts: [answering] })
  const { client } = await place.join('ana')
  const remoteFunction = client.game
    .getService('ReplicatedStorage')
    .findFirstChild('GetPlayerData', RemoteFunction)
  if (remoteFunction === null) throw new Error('it has replicated')
  const answers = Promise.all(['Gold', 'Silver', 12].map((key) => remoteFunction.invokeServer(key)))
  await place.tick()
  expect(await answers).toEqual([70, null, null])
})

test('RM2 RM18 the server decides the reward; a forged amount or player changes nothing', async () => {
  const rewarding = script((scope) => {
    scope.players.playerAdded.connect((player) => giveLeaderstats(player, { Gold: 0 }))
    playerAction(scope).onServerEvent.connect((player, action) => {
      const gold = statOf(player, 'Gold')
      if (action === 'defeatEnemy' && gold !== null) gold.value += 50
    })
  })
  await using place = await createTestPlace({ definition, scripts: [rewarding] })
  const [{ client: ana }, { client: bo }] = [await place.join('ana'), await place.join('bo')]
  const remoteEvent = ana.game.getService('ReplicatedStorage').findFirstChild('PlayerAction', RemoteEvent)
  const forged = ana.game.getService('Players').getPlayerByUserId(bo.localPlayer?.userId ?? '')
  remoteEvent?.fireServer('defeatEnemy')
  remoteEvent?.fireServer(forged, 'defeatEnemy')
  remoteEvent?.fireServer(1_000_000)
  await place.tick()
  const golds = place.server.players.getPlayers().map((player) => statOf(player, 'Gold')?.value)
  expect(golds).toEqual([50, 0])
  expect(ana.localPlayer === null ? null : statOf(ana.localPlayer, 'Gold')?.value).toBe(50)
})

test('RM18 a heartbeat-based throttle: at most one event per half second', async () => {
  let arrived = 0
  const counting = script((scope) => {
    playerAction(scope).onServerEvent.connect(() => {
      arrived += 1
    })
  })
  await using place = await createTestPlace({ definition, scripts: [counting] })
  const { client } = await place.join('ana')
  const remoteEvent = client.game.getService('ReplicatedStorage').findFirstChild('PlayerAction', RemoteEvent)
  const throttleMs = 500
  let lastFireMs = 0
  const stop = client.frames.subscribe((deltaMs) => {
    lastFireMs += deltaMs
    if (lastFireMs < throttleMs) return
    lastFireMs = 0
    remoteEvent?.fireServer('positionUpdate', client.serverTime())
  })
  await place.advance(2_100)
  stop()
  expect(arrived).toBe(4)
})

test('PC15 two server scripts talk by a BindableEvent, without references to each other', async () => {
  const playerDied = new BindableEvent({ name: 'PlayerDied' })
  const heard: string[] = []
  const deaths = script(({ serverStorage }) => {
    playerDied.parent = serverStorage
    playerDied.event.connect((player) => {
      heard.push(`${(player as Player).name} has died`)
    })
  })
  const damage = script(({ players }) => {
    players.playerAdded.connect((player) => playerDied.fire(player))
  })
  await using place = await createTestPlace({ definition, scripts: [deaths, damage] })
  await place.join('ana')
  await place.tick()
  expect(heard).toEqual(['ana has died'])
})

test('RM13 RM18 the complete example: a validated vote, and a purchase that is answered to its buyer', async () => {
  const votes: string[] = []
  const example = script((scope) => {
    scope.players.playerAdded.connect((player) => giveLeaderstats(player, { Coins: 150 }))
    const remote = playerAction(scope)
    remote.onServerEvent.connect((player, action, value) => {
      const coins = statOf(player, 'Coins')
      if (action === 'vote') {
        if (value !== 'yes' && value !== 'no') return
        votes.push(`${player.name} voted ${value}`)
      } else if (action === 'purchase' && coins !== null) {
        if (coins.value >= 100) {
          coins.value -= 100
          remote.fireClient(player, 'purchaseResult', 'success')
        } else {
          remote.fireClient(player, 'purchaseResult', 'insufficient_funds')
        }
      }
    })
  })
  await using place = await createTestPlace({ definition, scripts: [example] })
  const [{ client: ana }, { client: bo }] = [await place.join('ana'), await place.join('bo')]
  const results: string[] = []
  for (const client of [ana, bo]) {
    const remote = client.game.getService('ReplicatedStorage').findFirstChild('PlayerAction', RemoteEvent)
    remote?.onClientEvent.connect((resultType, result) => {
      // What the purchase wrote is applied before its event arrives.
      const coins = client.localPlayer === null ? null : statOf(client.localPlayer, 'Coins')
      if (resultType === 'purchaseResult') {
        results.push(`${client.localPlayer?.name ?? ''}: ${String(result)}, ${coins?.value ?? ''} left`)
      }
    })
  }
  const remote = ana.game.getService('ReplicatedStorage').findFirstChild('PlayerAction', RemoteEvent)
  remote?.fireServer('vote', 'yes')
  remote?.fireServer('vote', 'maybe')
  remote?.fireServer('purchase')
  remote?.fireServer('purchase')
  await place.tick()
  expect(votes).toEqual(['ana voted yes'])
  expect(results).toEqual(['ana: success, 50 left', 'ana: insufficient_funds, 50 left'])
})
