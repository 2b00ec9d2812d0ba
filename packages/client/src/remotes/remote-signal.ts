import type { BaseRemoteEvent, Connection, WaitOptions } from '@banyan/datamodel'
import { RemoteError } from '../remote-error.ts'

/** The part of a signal that listeners use; it outlives the instance behind it. */
export interface RemoteSignal<Payload> {
  connect(handler: (payload: Payload) => unknown): Connection
  /** Disconnects before the handler runs. */
  once(handler: (payload: Payload) => unknown): Connection
  /** The next payload. Rejects with the AbortSignal's reason, or 'disconnected' when the client closes. */
  wait(options?: WaitOptions): Promise<Payload>
}

/** Where the events come from, and what they say. */
export interface RemoteSignalOptions<Payload> {
  /** The instance that fires now; null while it has not replicated. */
  find(): BaseRemoteEvent | null
  /** What handlers get; throws when the arguments are not what the contract says. */
  read(args: readonly unknown[]): Payload
}

/** A RemoteSignal, and what its client calls. */
export interface OwnedRemoteSignal<Payload> extends RemoteSignal<Payload> {
  /** Follows the instance: a new session has another one. */
  rebind(): void
  /** Rejects those who wait. */
  close(): void
}

interface Listener<Payload> {
  readonly handler: (payload: Payload) => unknown
  isConnected: boolean
  /** The tie to the instance; null while there is none. */
  inner: Connection | null
}

/** Handlers may connect before the instance has arrived; its queue of early events is theirs all the same. */
export function createRemoteSignal<Payload>(
  options: RemoteSignalOptions<Payload>,
): OwnedRemoteSignal<Payload> {
  const listeners = new Set<Listener<Payload>>()
  const waiting = new Set<(error: Error) => void>()
  let bound: BaseRemoteEvent | null = null

  function bind(listener: Listener<Payload>): void {
    listener.inner =
      bound?.onClientEvent.connect((...args: readonly unknown[]) =>
        listener.isConnected ? listener.handler(options.read(args)) : undefined,
      ) ?? null
  }

  function rebind(): void {
    const found = options.find()
    if (found === bound) return
    bound = found
    // The old instance is destroyed, and what it still has queued runs; only the ties are made anew.
    for (const listener of listeners) bind(listener)
  }

  function connect(handler: (payload: Payload) => unknown): Connection {
    const listener: Listener<Payload> = { handler, isConnected: true, inner: null }
    listeners.add(listener)
    rebind()
    if (listener.inner === null) bind(listener)
    return {
      get connected() {
        return listener.isConnected
      },
      disconnect() {
        listener.isConnected = false
        listeners.delete(listener)
        listener.inner?.disconnect()
      },
    }
  }

  function once(handler: (payload: Payload) => unknown): Connection {
    const connection = connect((payload) => {
      connection.disconnect()
      return handler(payload)
    })
    return connection
  }

  return {
    connect,
    once,
    wait({ signal } = {}) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason)
        const connection = once((payload) => {
          end()
          resolve(payload)
        })
        const fail = (error: unknown): void => {
          end()
          connection.disconnect()
          reject(error)
        }
        const onAbort = (): void => fail(signal?.reason)
        function end(): void {
          waiting.delete(fail)
          signal?.removeEventListener('abort', onAbort)
        }
        waiting.add(fail)
        signal?.addEventListener('abort', onAbort)
      })
    },
    rebind,
    close() {
      for (const fail of waiting) {
        fail(
          new RemoteError('disconnected', 'cannot wait for an event: the client is closed. Connect again.'),
        )
      }
    },
  }
}
