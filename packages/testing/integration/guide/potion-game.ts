// The game of the guide in docs/testing: racers in the Workspace, a secret potion in each Backpack.
import { defineClass, float, int, Model, StringValue } from '@banyan/datamodel'
import { defineGame, defineRemotes, request, toClient, toServer } from '@banyan/protocol'
import { script } from '@banyan/server'
import { number, object, string } from 'valibot'

export const Racer = defineClass('Racer', {
  extends: Model,
  properties: { lap: int(0), meters: float(0, { precision: 0.01 }) },
})

export const remotes = defineRemotes({
  drive: toServer(object({ metersPerSecond: number() })),
  won: toClient(object({ name: string() })),
  priceOf: request(string(), number()),
})

export const definition = defineGame({ classes: [Racer], remotes })

export const lapMeters = 100
export const laps = 3

export const race = script(({ players, workspace, remote, heartbeat }) => {
  const speeds = new Map<string, number>()
  players.playerAdded.connect((player) => {
    new Racer({ name: player.name, parent: workspace })
    new StringValue({ name: 'Potion', value: 'turns you invisible', parent: player.backpack })
  })
  players.playerRemoving.connect((player) => workspace.findFirstChild(player.name)?.destroy())
  remote(remotes.drive).onServerEvent.connect((player, { metersPerSecond }) =>
    speeds.set(player.name, Math.min(metersPerSecond, 5)),
  )
  remote(remotes.priceOf).onServerInvoke = (_player, item) => item.length
  heartbeat.connect((elapsedMs) => {
    for (const racer of workspace.getChildren()) {
      if (!racer.isA(Racer) || racer.lap === laps) continue
      racer.meters += ((speeds.get(racer.name) ?? 0) * elapsedMs) / 1000
      racer.lap = Math.min(Math.floor(racer.meters / lapMeters), laps)
      if (racer.lap === laps) remote(remotes.won).fireAllClients({ name: racer.name })
    }
  })
})
