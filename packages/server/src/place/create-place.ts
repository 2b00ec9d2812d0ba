import { createAbort } from '../abort.ts'
import { isolate } from '../isolation.ts'
import { noDrops } from '../limits/drop-counts.ts'
import { createServerPeer } from '../remotes/server-peer.ts'
import { startScripts } from '../scripts/script-host.ts'
import { createScriptScope } from '../scripts/script-scope.ts'
import { connectionOf } from '../sessions/session.ts'
import { createNetwork, type Network } from './network.ts'
import type { Place, PlaceStats } from './place.ts'
import { type PlaceOptions, settle } from './place-options.ts'
import { createTickLoop, type TickLoop } from './tick-loop.ts'
import { createWorld, type World } from './world.ts'

/** Makes a place and runs its scripts; it stands still until `start` or `step`. Throws 'invalidOption'. */
export function createPlace(options: PlaceOptions): Place {
  const settings = settle(options)
  const peer = createServerPeer(() => ({
    directory: world.directory,
    deliveryBytes: settings.limits.deliveries.bytes,
    ...network,
  }))
  const world: World = createWorld(settings, peer)
  const { game, causes, heartbeat, report, resumption, scheduler } = world

  const loop: TickLoop = createTickLoop({
    clock: settings.clock,
    tickHz: settings.tickHz,
    run(elapsedMs) {
      isolate('tick', report, () => {
        resumption.run()
        scheduler.resume()
        heartbeat.fire(elapsedMs)
        network.outbox.commit()
        network.outbox.flushAll()
      })
    },
  })
  const network: Network = createNetwork(settings, world, () => loop.tick)
  const stopping = createAbort('script', report)
  const scope = createScriptScope(settings, world, stopping.signal)
  const scripts = startScripts(settings.scripts, scope, { causes, report })
  resumption.run()

  async function stop(reason = 'The server is closing.'): Promise<void> {
    if (stopping.signal.aborted) return
    loop.stop()
    network.close(reason)
    stopping.abort()
    scripts.stop()
    scheduler.stop()
    resumption.run()
    heartbeat.close()
    network.onThrottled.close()
  }

  return {
    name: settings.name,
    game,
    players: game.getService('Players'),
    audiences: world.audiences,
    remote: world.remote,
    onThrottled: network.onThrottled,
    causes: { of: causes.of },
    get stats() {
      return statsOf(network, loop)
    },
    dropsOf: (player) => network.sessions.ofPlayer(player)?.drops.counts ?? noDrops,
    accept: network.accept,
    start() {
      if (!stopping.signal.aborted) loop.start()
    },
    step: loop.step,
    get isStopped() {
      return stopping.signal.aborted
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function statsOf({ sessions, inbox, outbox, drops }: Network, loop: TickLoop): PlaceStats {
  const lines = [...sessions.all()].map(connectionOf).filter((connection) => connection !== null)
  return {
    players: sessions.size,
    connected: lines.length,
    behind: lines.filter(({ isHeld, isFed }) => isHeld || isFed).length,
    skipping: [...sessions.all()].filter(({ arrears }) => arrears.owedSince !== null).length,
    ticks: loop.tick,
    tickMs: loop.durationMs,
    framesIn: inbox.received.frames,
    bytesIn: inbox.received.bytes,
    framesOut: outbox.sent.frames,
    bytesOut: outbox.sent.bytes,
    invalid: drops.total.invalid,
    throttled: drops.total.throttled,
    late: drops.total.late,
    closedForInput: inbox.received.closed,
  }
}
