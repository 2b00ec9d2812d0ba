import { createClient, createMemoryStorage } from '@banyan/client'
import { NumberValue, replicaView, view } from '@banyan/datamodel'
import {
  createManualClock,
  createMemoryTransport,
  createSeededRandom,
  defineGame,
  defineRemotes,
  request,
  toClient,
  toServer,
} from '@banyan/protocol'
import { createGate, createPlace, script } from '@banyan/server'
import { number } from 'valibot'
import { describe, expect, test } from 'vitest'

const remotes = defineRemotes({
  said: toServer(number()),
  told: toClient(number()),
  doubled: request(number(), number()),
})
const definition = defineGame({ remotes })

/** Plays `steps` random steps on a line that is cut again and again, then lets everything arrive. */
async function play({ seed, steps }: { readonly seed: number; readonly steps: number }) {
  const random = createSeededRandom(seed)
  const clock = createManualClock({ startMs: 1_700_000_000_000 })
  const tasks: (() => void)[] = []
  const lines: string[] = []
  const transport = createMemoryTransport({ schedule: (run) => tasks.push(run) })
  const heard = { server: [] as number[], client: [] as number[], answers: [] as number[] }
  const listening = script(({ remote }) => {
    remote(remotes.said).onServerEvent.connect((_player, count) => heard.server.push(count))
    remote(remotes.doubled).onServerInvoke = (_player, count) => count * 2
  })
  const log = {
    info: () => {},
    warn: (line: string) => lines.push(line),
    error: (line: string) => lines.push(line),
  }
  const endless = { perSecond: 1e6, burst: 1e6 }
  const limits = { perSession: endless, perRemote: endless, frames: endless }
  const place = createPlace({ definition, scripts: [listening], clock, random, log, limits })
  const gate = createGate({ places: { main: () => place }, clock, log })
  let cut = (): void => {}
  gate.listen({
    listen: (onChannel) =>
      transport.server.listen((channel) => {
        cut = () => channel.close()
        return onChannel(channel)
      }),
  })
  const client = createClient({
    definition,
    transport: transport.client,
    clock,
    random,
    log,
    schedule: (run) => void tasks.push(run),
    storage: createMemoryStorage(),
    page: { onWake: () => () => {}, onLeave: () => () => {} },
  })
  client.remote(remotes.told).onClientEvent.connect((count) => heard.client.push(count))

  const pass = (count: number): void => {
    for (let left = count; left > 0; left -= 1) tasks.shift()?.()
  }
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) {
      while (tasks.length > 0) pass(1)
      await Promise.resolve()
    }
  }

  client.connect()
  await settle()
  const values: NumberValue[] = []
  const sent = { up: 0, down: 0, asked: 0 }
  for (let step = 0; step < steps; step += 1) {
    const dice = random.next()
    if (dice < 0.25) client.remote(remotes.said).fireServer(++sent.up)
    else if (dice < 0.45) place.remote(remotes.told).fireAllClients(++sent.down)
    else if (dice < 0.5) {
      sent.asked += 1
      void client
        .remote(remotes.doubled)
        .invokeServer(sent.asked, { deadlineMs: 1e6 })
        .then((answer) => {
          heard.answers.push(answer)
        })
    } else if (dice < 0.6) {
      values.push(
        new NumberValue({ name: `v${step}`, value: step, parent: place.game.getService('Workspace') }),
      )
    } else if (dice < 0.7) values[Math.floor(random.next() * values.length)]?.destroy()
    else if (dice < 0.8) {
      const value = values[Math.floor(random.next() * values.length)]
      if (value?.isDestroyed === false) value.value = step
    } else if (dice < 0.84) cut()
    else clock.advance(random.next() * 300)
    // Only some of what is on its way arrives before the next step.
    pass(Math.floor(random.next() * 6))
    if (step % 10 === 0) await Promise.resolve()
  }
  for (let second = 0; second < 12; second += 1) {
    await settle()
    clock.advance(1000)
  }
  await settle()
  return { client, heard, lines, place, sent }
}

describe('a line that is cut again and again', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'CN16: keeps the player, every event once and in order, and the tree, seed %i',
    async (seed) => {
      const { client, heard, lines, place, sent } = await play({ seed, steps: 400 })
      const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
      expect(lines).toEqual([])
      expect(client.state).toMatchObject({ kind: 'joined' })
      expect(heard.server).toEqual(upTo(sent.up))
      expect(heard.client).toEqual(upTo(sent.down))
      expect(heard.answers.toSorted((left, right) => left - right)).toEqual(
        upTo(sent.asked).map((count) => count * 2),
      )
      expect(place.players.getPlayers()).toHaveLength(1)
      place.step()
      const id = client.localPlayer?.id ?? null
      expect(replicaView(client.game)).toEqual(view(place.game.snapshot, id))
    },
  )
})
