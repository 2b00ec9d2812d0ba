import { isUnreliableFrame } from '../messages/unreliable-frame.ts'
import type { Channel, ChannelHandlers } from '../transports/transport.ts'
import { type NetworkConditions, noConditions } from './conditions.ts'
import { checkConditions, checkPlayer } from './conditions-check.ts'
import { createLine, type Line } from './line.ts'
import type { Network, NetworkOptions } from './network.ts'
import type { NetworkEvent } from './network-event.ts'
import { createNetworkPlayer, type NetworkPlayer } from './network-player.ts'

/** Throws ProtocolError 'invalidSeed'. */
export function createNetwork({ clock, seed, ...options }: NetworkOptions): Network {
  const { report = (error: unknown) => console.error(error), isUnreliable = isUnreliableFrame } = options
  const lines = new Set<Line>()
  const players = new Map<string, NetworkPlayer>()
  const listeners = new Set<(event: NetworkEvent) => void>()
  const nobody = createNetworkPlayer({ name: null, clock, conditions: noConditions(seed), onDown() {} })
  let lastLine = 0
  let isClosed = false

  function tell(event: NetworkEvent): void {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        report(error)
      }
    }
  }

  function playerOf(name: string): NetworkPlayer {
    let player = players.get(name)
    if (player === undefined) {
      const { conditions } = nobody
      player = createNetworkPlayer({ name, clock, conditions, onDown: () => cutRefused(name) })
      players.set(name, player)
    }
    return player
  }

  const linesOf = (name: string): readonly Line[] => [...lines].filter(({ player }) => player.name === name)

  function cutRefused(name: string): void {
    for (const line of linesOf(name)) line.cut(line.player.refusal ?? 'cut by the network')
  }

  function refresh(): void {
    for (const line of [...lines]) line.refresh()
  }

  function open(outer: Channel, onChannel: (channel: Channel) => ChannelHandlers): ChannelHandlers {
    lastLine += 1
    const number = lastLine
    const line = createLine({
      clock,
      outer,
      nobody,
      playerOf,
      isUnreliable,
      report,
      onFate({ player: { name: player } }, direction, frame, fate, sentMs) {
        if (listeners.size === 0) return
        tell({ kind: 'frame', timeMs: clock.now(), sentMs, line: number, player, direction, fate, frame })
      },
      onOver({ player: { name: player } }, cause) {
        lines.delete(line)
        tell({ kind: 'close', timeMs: clock.now(), line: number, player, cause })
      },
    })
    lines.add(line)
    tell({ kind: 'open', timeMs: clock.now(), line: number, player: null })
    try {
      line.serve(onChannel(line.channel))
    } catch (error) {
      line.cut('refused: the server failed')
      throw error
    }
    return line.incoming
  }

  function change(
    changed: readonly NetworkPlayer[],
    { player, conditions }: { readonly player: string | null; readonly conditions: NetworkConditions },
  ): void {
    // A copy, since the caller's may change unchecked.
    const own = structuredClone(conditions)
    tell({ kind: 'conditions', timeMs: clock.now(), player, conditions: own })
    for (const one of changed) one.change(own)
    refresh()
  }

  /** What every change does first; false after the end, where conditions no longer matter. */
  function mayChange(player: string): boolean {
    checkPlayer(player)
    return !isClosed
  }

  return {
    wrap: (transport) => ({
      listen: (onChannel) => transport.listen((channel) => open(channel, onChannel)),
    }),
    set(player, conditions) {
      checkConditions(conditions)
      if (!mayChange(player)) return
      change([playerOf(player)], { player, conditions })
    },
    setForAll(conditions) {
      checkConditions(conditions)
      if (isClosed) return
      change([nobody, ...players.values()], { player: null, conditions })
    },
    conditionsOf: (player) => (players.get(player) ?? nobody).conditions,
    partition(player) {
      if (!mayChange(player)) return
      tell({ kind: 'partition', timeMs: clock.now(), player })
      playerOf(player).change({ isPartitioned: true })
      refresh()
    },
    heal(player) {
      if (!mayChange(player)) return
      tell({ kind: 'heal', timeMs: clock.now(), player })
      playerOf(player).heal()
      refresh()
    },
    cut(player) {
      if (!mayChange(player)) return
      tell({ kind: 'cut', timeMs: clock.now(), player })
      cutRefused(player)
    },
    block(player) {
      if (!mayChange(player)) return
      tell({ kind: 'block', timeMs: clock.now(), player })
      playerOf(player).block()
      cutRefused(player)
    },
    clear() {
      if (isClosed) return
      tell({ kind: 'clear', timeMs: clock.now(), player: null })
      forgetConditions()
      for (const line of [...lines]) line.hurry()
    },
    get underWay() {
      let underWay = 0
      for (const line of lines) underWay += line.underWay
      return underWay
    },
    observe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    close() {
      if (isClosed) return
      isClosed = true
      forgetConditions()
      for (const line of [...lines].filter(({ underWay }) => underWay > 0)) line.cut('the network was closed')
    },
  }

  function forgetConditions(): void {
    for (const player of [nobody, ...players.values()]) player.reset(noConditions(player.conditions.seed))
  }
}
