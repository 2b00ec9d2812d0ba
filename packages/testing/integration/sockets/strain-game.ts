import { defineClass, float, float32, int, type Player, string } from '@banyan/datamodel'
import { defineGame, defineRemotes, request, toClient, toServer } from '@banyan/protocol'
import { type ScriptScope, script } from '@banyan/server'
import { number, string as text } from 'valibot'
import { monotonicMs } from './monotonic-time.ts'
import { createTally, type Tally } from './tally.ts'

/** Tells with each tick when it began, by the clock of the machine. */
export const Pacemaker = defineClass('Pacemaker', { properties: { beat: int(0), sentMs: float(0) } })
const Mover = defineClass('Mover', {
  properties: { x: float32(0), y: float32(0), z: float32(0), hp: int(0) },
})
/** What its owner alone gets, so that one line can be filled and no other. */
const Ballast = defineClass('Ballast', { properties: { load: string('', { visibleTo: 'owner' }) } })

export const remotes = defineRemotes({
  said: toServer(number(), { rate: { perSecond: 1000, burst: 10_000 } }),
  told: toClient(number()),
  shouted: toClient(text()),
  asked: request(number(), number()),
})

export const definition = defineGame({ classes: [Pacemaker, Mover, Ballast], remotes })

/** How busy the place is; may be changed while it runs. */
export interface Pace {
  movers: number
  movesPerTick: number
  /** How many ticks lie between two events for everyone; 0 tells nothing. */
  ticksPerEvent: number
  /** Who is sent so many bytes more with each tick, as a property or as an event. */
  ballast: { readonly name: string; readonly bytes: number; readonly as: 'property' | 'event' } | null
}

/** The place's only script, and what it noted. */
export function createStrain(pace: Pace) {
  const heard = new Map<string, Tally>()
  const removed = { count: 0, last: [] as string[] }
  const told = new Map<Player, number>()
  let beat = 0

  const strain = script(({ workspace, players, heartbeat, random, remote }: ScriptScope) => {
    const pacemaker = new Pacemaker({ name: 'Pacemaker', parent: workspace })
    const movers = Array.from(
      { length: pace.movers },
      (_, n) => new Mover({ name: `Mover ${n}`, parent: workspace }),
    )
    players.playerAdded.connect((player) => {
      told.set(player, 0)
      if (!heard.has(player.name)) heard.set(player.name, createTally())
      new Ballast({ name: 'Ballast', parent: player })
    })
    players.playerRemoving.connect((player, reason) => {
      told.delete(player)
      heard.delete(player.name)
      removed.count += 1
      removed.last = [...removed.last.slice(-9), `${player.name}: ${String(reason)}`]
    })
    remote(remotes.said).onServerEvent.connect((player, count) => heard.get(player.name)?.take(count))
    remote(remotes.asked).onServerInvoke = (_player, count) => count * 2

    function burden(player: Player): void {
      const { ballast } = pace
      if (ballast === null || player.name !== ballast.name) return
      const load = `${beat}`.padEnd(ballast.bytes, 'x')
      if (ballast.as === 'event') remote(remotes.shouted).fireClient(player, load)
      else {
        const held = player.findFirstChildOfClass(Ballast)
        if (held !== null) held.load = load
      }
    }

    heartbeat.connect(() => {
      beat += 1
      for (let count = 0; count < pace.movesPerTick; count += 1) {
        const mover = movers[Math.floor(random.next() * movers.length)]
        if (mover === undefined) continue
        mover.x = random.next()
        mover.y = random.next()
        mover.z = random.next()
        mover.hp += 1
      }
      const isTelling = pace.ticksPerEvent > 0 && beat % pace.ticksPerEvent === 0
      for (const player of players.getPlayers()) {
        burden(player)
        if (!isTelling) continue
        const count = (told.get(player) ?? 0) + 1
        told.set(player, count)
        remote(remotes.told).fireClient(player, count)
      }
      if (pace.movesPerTick === 0) return
      pacemaker.beat = beat
      pacemaker.sentMs = monotonicMs()
    })
  })

  return {
    strain,
    heard,
    removed,
    /** How many events for everyone each player was sent. */
    told: (): Readonly<Record<string, number>> =>
      Object.fromEntries([...told].map(([player, count]) => [player.name, count])),
  }
}
