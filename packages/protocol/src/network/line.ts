import type { Clock } from '@banyan/datamodel'
import { decodeUp } from '../messages/up/up-message.ts'
import type { Channel, ChannelHandlers } from '../transports/transport.ts'
import { createLane, type Lane } from './lane.ts'
import type { Direction, Fate } from './network-event.ts'
import type { NetworkPlayer } from './network-player.ts'

/** A channel behind the network: the server has one end of it, the transport's channel is the other. */
export interface Line {
  readonly player: NetworkPlayer
  /** Frames and closes that will arrive by themselves. */
  readonly underWay: number
  /** What the server sends and closes. */
  readonly channel: Channel
  /** What the transport calls. */
  readonly incoming: ChannelHandlers
  /** To be called once, with what the server wants to hear. */
  serve(handlers: ChannelHandlers): void
  /** Both ends hear that it closed, and nothing that is on its way arrives. */
  cut(cause: string): void
  /** To be called when the player's conditions changed. */
  refresh(): void
  /** Lets everything arrive now. */
  hurry(): void
}

export interface LineOptions {
  readonly clock: Clock
  /** The transport's channel. */
  readonly outer: Channel
  readonly nobody: NetworkPlayer
  playerOf(name: string): NetworkPlayer
  isUnreliable(frame: Uint8Array): boolean
  onFate(line: Line, direction: Direction, frame: Uint8Array, fate: Fate, sentMs: number): void
  /** Called once, when the other end hears of a close, or at a cut. */
  onOver(line: Line, cause: string): void
  report(error: unknown): void
}

export function createLine({ outer, clock, ...options }: LineOptions): Line {
  let player = options.nobody
  let hasSpoken = false
  let server: ChannelHandlers | null = null
  /** Whether the server's end was closed by the server, and whether it was told of any close. */
  let isClosedByServer = false
  let isServerTold = false
  /** Whether the transport said that its channel is closed. */
  let isOuterClosed = false
  let cutCause: string | null = null
  let isOver = false

  const up = openLane('up', {
    onFrame: (frame) => server?.onFrame(frame),
    onClose(cause) {
      over(cause)
      tellServer(cause)
    },
  })
  const down = openLane('down', {
    onFrame: (frame) => outer.send(frame),
    onClose(cause) {
      over(cause)
      outer.close()
    },
  })

  function openLane(direction: Direction, receiver: ChannelHandlers): Lane {
    return createLane({
      clock,
      ...receiver,
      conditions: () => player.conditions[direction],
      random: () => player.random(direction),
      isHeld: () => player.conditions.isPartitioned,
      isUnreliable: options.isUnreliable,
      onFate: (frame, fate, sentMs) => options.onFate(line, direction, frame, fate, sentMs),
      report: options.report,
    })
  }

  function over(cause: string): void {
    if (isOver) return
    isOver = true
    options.onOver(line, cause)
  }

  function tellServer(cause: string): void {
    if (isServerTold) return
    isServerTold = true
    server?.onClose(cause)
  }

  /** Handlers never run inside a call of the channel's user. */
  function tellServerSoon(cause: string): void {
    queueMicrotask(() => {
      try {
        tellServer(cause)
      } catch (error) {
        options.report(error)
      }
    })
  }

  /** The first frame tells whose line it is, before its way begins: it meets the conditions of its player. */
  function identify(frame: Uint8Array): void {
    if (hasSpoken) return
    hasSpoken = true
    const decoded = decodeUp(frame)
    if (decoded.ok && decoded.value.kind === 'hello' && decoded.value.name !== '') {
      player = options.playerOf(decoded.value.name)
    }
  }

  const line: Line = {
    get player() {
      return player
    },
    get underWay() {
      return player.conditions.isPartitioned ? 0 : up.waiting + down.waiting
    },
    channel: {
      get bufferedBytes() {
        return outer.bufferedBytes + down.waitingBytes
      },
      send(frame) {
        if (!isClosedByServer) down.send(frame)
      },
      close() {
        if (isClosedByServer) return
        isClosedByServer = true
        up.cut()
        if (!isOuterClosed && cutCause === null) down.close('closed by the server')
        else over('closed by the server')
        // Where its close has arrived the transport tells the server itself, as it would without a network.
        if (!isOver || isOuterClosed) tellServerSoon('closed by this end')
      },
    },
    incoming: {
      onFrame(frame) {
        identify(frame)
        const { refusal } = player
        if (refusal === null) return up.send(frame)
        options.onFate(line, 'up', frame, 'cut', clock.now())
        line.cut(refusal)
      },
      onClose(cause) {
        isOuterClosed = true
        down.cut()
        if (cutCause === null && !isClosedByServer) return up.close(cause)
        over(cause)
        tellServer(cutCause ?? cause)
      },
    },
    serve(handlers) {
      server = handlers
    },
    cut(cause) {
      if (cutCause !== null) return
      cutCause = cause
      up.cut()
      down.cut()
      over(cause)
      if (isOuterClosed) tellServerSoon(cause)
      else outer.close()
    },
    refresh() {
      up.refresh()
      down.refresh()
    },
    hurry() {
      up.hurry()
      down.hurry()
    },
  }
  return line
}
