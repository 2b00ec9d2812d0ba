import type { Socket as EngineSocket } from 'engine.io'

/** A hello, and what somebody may say who changes their mind. */
const framesCap = 8

/**
 * What connections say behind their greeting and before socket.io has answered it, which takes it a turn and in which
 * it would hear nothing. So a client need not wait for the answer.
 */
export interface EarlyFrames {
  /** Holds what a new connection sends from its greeting on; one that sends too much is closed. */
  hold(connection: EngineSocket): void
  /** What was held, in its order; nothing of the connection is held from now on. To be called when it closes, too. */
  take(connection: EngineSocket): readonly Uint8Array[]
}

interface Held {
  /** Null before the greeting. */
  frames: Uint8Array[] | null
  readonly listener: (data: unknown) => void
}

export function createEarlyFrames(): EarlyFrames {
  const holding = new Map<EngineSocket, Held>()
  return {
    hold(connection) {
      const held: Held = {
        frames: null,
        listener(data) {
          // socket.io sees to it that the first text is a greeting, and the last.
          if (typeof data === 'string') held.frames ??= []
          else if (held.frames?.length === framesCap) connection.close(true)
          else if (data instanceof Uint8Array) held.frames?.push(data)
        },
      }
      holding.set(connection, held)
      connection.on('data', held.listener)
    },
    take(connection) {
      const held = holding.get(connection)
      if (held === undefined) return nothing
      holding.delete(connection)
      connection.off('data', held.listener)
      return held.frames ?? nothing
    },
  }
}

const nothing: readonly Uint8Array[] = []
