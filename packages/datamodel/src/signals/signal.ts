import { DataModelError } from '../errors.ts'
import { type Connection, type Firing, SignalConnection, type SignalListener } from './signal-connection.ts'
import type { SignalQueue } from './signal-queue.ts'

/** Kept by reference, so one object may serve many signals, and `queue` may be a getter. */
export interface SignalOptions<Args extends readonly unknown[]> {
  /** Named by reports and errors. */
  readonly name: string
  /** Read at each fire. */
  readonly queue: SignalQueue
  /** True: a connection waits in the queue at most once. 'perArgument': at most once for each first argument. */
  readonly coalesce?: boolean | 'perArgument'
  /** Called after each change of `listenerCount`, except by `close()`. */
  onListeners?(count: number): void
  /** Gets, in order, the fires that nobody heard because the last listener left while they were queued. */
  onUndelivered?(calls: readonly Args[]): void
  /** Gets the way to those who listened until `close()`, for a fire that was under way. */
  onClosed?(fireLast: (...args: Args) => void): void
}

export interface WaitOptions {
  readonly signal?: AbortSignal
}

/** A source of events whose handlers run deferred, in the order of connection. Costs no more than its fields until connected. */
export class Signal<Args extends readonly unknown[]> {
  private readonly options: SignalOptions<Args>
  private connections: SignalConnection<Args>[] | null = null
  private isClosed = false

  constructor(options: SignalOptions<Args>) {
    this.options = options
  }

  get name(): string {
    return this.options.name
  }

  get listenerCount(): number {
    return this.connections?.length ?? 0
  }

  /** The handler hears fires from now on. On a closed signal the connection is born disconnected. */
  connect(handler: (...args: Args) => unknown): Connection {
    return this.add({ isOnce: false, call: handler })
  }

  /** Disconnects before the handler runs, so that it runs once however often the signal fired. */
  once(handler: (...args: Args) => unknown): Connection {
    return this.add({ isOnce: true, call: handler })
  }

  /** The next fire's arguments. Rejects with 'signalClosed' when the source is destroyed first, or with the AbortSignal's reason. */
  wait({ signal: abort }: WaitOptions = {}): Promise<Args> {
    return new Promise((resolve, reject) => {
      if (abort?.aborted === true) return reject(abort.reason)
      const connection = this.add({
        isOnce: true,
        call: (...args) => {
          abort?.removeEventListener('abort', onAbort)
          resolve(args)
        },
        closed: () => {
          abort?.removeEventListener('abort', onAbort)
          reject(closedError(this.name))
        },
      })
      function onAbort(): void {
        connection.disconnect()
        reject(abort?.reason)
      }
      if (!connection.connected) return reject(closedError(this.name))
      abort?.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** Queues one call per connection; they run at the queue's next drain. */
  fire(...args: Args): void {
    if (this.connections !== null) this.enqueue(this.connections, args)
  }

  private enqueue(connections: readonly SignalConnection<Args>[], args: Args): void {
    const { queue, coalesce } = this.options
    const firing: Firing<Args> = { args, isDelivered: false }
    for (const connection of connections) {
      if (connection.isDisconnected) continue
      if (coalesce === true && connection.hasPending) continue
      if (coalesce === 'perArgument' && connection.hasPendingWith(args[0])) continue
      if (queue.enqueue(connection)) connection.push(firing)
    }
  }

  /** Final, for the source's destruction: later fires are ignored, queued calls still run, waits reject. */
  close(): void {
    this.isClosed = true
    const closing = this.connections ?? []
    this.connections = null
    for (const connection of closing) connection.close()
    if (closing.length > 0) this.options.onClosed?.((...args) => this.enqueue(closing, args))
  }

  /** Called by a connection that disconnected; not for owners. */
  released(connection: SignalConnection<Args>, dropped: readonly Firing<Args>[]): void {
    const index = this.connections?.indexOf(connection) ?? -1
    if (this.connections === null || index === -1) return
    this.connections.splice(index, 1)
    if (this.connections.length === 0) {
      this.connections = null
      const unheard = dropped.filter((firing) => !firing.isDelivered).map((firing) => firing.args)
      if (unheard.length > 0) this.options.onUndelivered?.(unheard)
    }
    this.options.onListeners?.(this.listenerCount)
  }

  private add(listener: SignalListener<Args>): Connection {
    const connection = new SignalConnection(this, listener)
    if (this.isClosed) {
      connection.disconnect()
      return connection
    }
    this.connections ??= []
    this.connections.push(connection)
    this.options.onListeners?.(this.connections.length)
    return connection
  }
}

function closedError(name: string): DataModelError {
  return new DataModelError(
    'signalClosed',
    `cannot wait for "${name}": its source is destroyed. Wait for it while it exists, or handle the rejection.`,
  )
}
