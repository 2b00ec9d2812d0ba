import { type AnyInstanceClass, type Clock, DataModelError, type Instance } from '@banyan/datamodel'
import type { ClientLog } from '../log.ts'
import { RemoteError, sentence } from '../remote-error.ts'
import { type AwaitedInstance, createAwaitedInstance } from './awaited-instance.ts'
import { describeAbsence, findByPath, namesOf, type Path, pathKey } from './path.ts'

/** How long to wait. */
export interface PresenceOptions {
  /** Rejects with 'waitTimeout' after this much time joined; left out, a warning after 5 s and no end. */
  readonly timeoutMs?: number
}

/** Waits for instances that have not replicated yet. */
export interface Presence {
  /** The same promise for the same path and class while it is pending. */
  whenPresent(path: Path, made: AnyInstanceClass | null, options?: PresenceOptions): Promise<Instance>
  /** For renderers, while the path is absent: a rejection is repeated for a moment, so that it is shown, then tried anew. */
  readonly suspend: (
    path: Path,
    made: AnyInstanceClass | null,
    options?: PresenceOptions,
  ) => Promise<Instance>
  /** Settles what is present now. */
  check(): void
  /** Timeouts run only while joined: before that, the connection's state is the answer. */
  setJoined(isJoined: boolean): void
  /** Rejects all that wait. */
  close(reason: string): void
}

/** Waits by itself for nothing but time: its owner calls `check` after each change of the structure. */
export function createPresence(options: {
  readonly game: Instance
  readonly clock: Clock
  readonly log: ClientLog
}): Presence {
  const { game, clock, log } = options
  const byClass = new Map<AnyInstanceClass | null, Map<string, AwaitedInstance>>()
  let isJoined = false

  function awaitedOf(made: AnyInstanceClass | null): Map<string, AwaitedInstance> {
    const known = byClass.get(made) ?? new Map<string, AwaitedInstance>()
    byClass.set(made, known)
    return known
  }

  function wait(path: Path, made: AnyInstanceClass | null, timeoutMs: number | null): Promise<Instance> {
    const name = namesOf(path).join('.')
    const awaited = createAwaitedInstance({
      clock,
      timeoutMs,
      isJoined,
      find: () => findByPath(game, path, made),
      timeoutError: () =>
        new DataModelError(
          'waitTimeout',
          `cannot find "${name}": ${describeAbsence(game, path, made)}. Check the path, or allow more time.`,
        ),
      warn: () =>
        log.warn(
          `waiting for "${name}" for 5 s already: ${describeAbsence(game, path, made)}. Pass timeoutMs, or check the path.`,
        ),
    })
    awaitedOf(made).set(pathKey(path), awaited)
    return awaited.promise
  }

  return {
    whenPresent(path, made, { timeoutMs } = {}) {
      const found = findByPath(game, path, made)
      if (found !== null) return Promise.resolve(found)
      const known = awaitedOf(made).get(pathKey(path))
      return known?.state === 'pending' ? known.promise : wait(path, made, timeoutMs ?? null)
    },
    suspend(path, made, { timeoutMs } = {}) {
      const known = awaitedOf(made).get(pathKey(path))
      return known?.isRepeatable() === true ? known.promise : wait(path, made, timeoutMs ?? null)
    },
    check() {
      for (const awaited of byClass.values()) {
        for (const [key, one] of awaited) {
          if (one.check()) awaited.delete(key)
        }
      }
    },
    setJoined(isNowJoined) {
      if (isJoined === isNowJoined) return
      isJoined = isNowJoined
      for (const awaited of byClass.values()) for (const one of awaited.values()) one.setJoined(isJoined)
    },
    close(reason) {
      const error = new RemoteError(
        'disconnected',
        `cannot wait for an instance: ${sentence(reason)} Connect again.`,
      )
      for (const awaited of byClass.values()) for (const one of awaited.values()) one.reject(error)
    },
  }
}
