import type { QueuedCall } from './signal-queue.ts'

/** One handler's tie to one signal. */
export interface Connection {
  /** False once disconnected, or once the signal's source was destroyed. */
  readonly connected: boolean
  /** Final; also drops the calls that are queued for this handler. */
  disconnect(): void
}

/** One fire, shared by the calls of all connections, so that it is known whether anyone heard it. */
export interface Firing<Args extends readonly unknown[]> {
  readonly args: Args
  isDelivered: boolean
}

/** What a connection calls; methods rather than properties, so that signals stay covariant. */
export interface SignalListener<Args extends readonly unknown[]> {
  readonly isOnce: boolean
  call(...args: Args): unknown
  /** The signal closed and nothing is queued that could still be heard. */
  closed?(): void
}

/** The part of a signal that its connections talk to. */
export interface ConnectionOwner<Args extends readonly unknown[]> {
  readonly name: string
  released(connection: SignalConnection<Args>, dropped: readonly Firing<Args>[]): void
}

/** Is itself the queued call: each entry in the queue runs the oldest pending fire. */
export class SignalConnection<Args extends readonly unknown[]> implements Connection, QueuedCall {
  private readonly owner: ConnectionOwner<Args>
  private readonly listener: SignalListener<Args>
  private state: 'connected' | 'closed' | 'disconnected' = 'connected'
  private pending: Firing<Args>[] = []
  private head = 0

  constructor(owner: ConnectionOwner<Args>, listener: SignalListener<Args>) {
    this.owner = owner
    this.listener = listener
  }

  get connected(): boolean {
    return this.state === 'connected'
  }

  /** Unlike one that was closed, it hears nothing more. */
  get isDisconnected(): boolean {
    return this.state === 'disconnected'
  }

  get source(): string {
    return this.owner.name
  }

  get hasPending(): boolean {
    return this.pending.length > 0
  }

  hasPendingWith(firstArgument: unknown): boolean {
    return this.pending.some((firing, index) => index >= this.head && firing.args[0] === firstArgument)
  }

  push(firing: Firing<Args>): void {
    this.pending.push(firing)
  }

  run(): unknown {
    const firing = this.pending[this.head]
    if (firing === undefined) return undefined // dropped by disconnect()
    this.head += 1
    if (this.head === this.pending.length) this.forget()
    firing.isDelivered = true
    if (this.listener.isOnce) this.disconnect()
    return this.listener.call(...firing.args)
  }

  disconnect(): void {
    if (this.state === 'disconnected') return
    this.state = 'disconnected'
    this.owner.released(this, this.takePending())
  }

  /** Unlike disconnect(), lets what is queued run. */
  close(): void {
    if (this.state !== 'connected') return
    this.state = 'closed'
    if (!this.hasPending) this.listener.closed?.()
  }

  private takePending(): readonly Firing<Args>[] {
    const taken = this.pending.slice(this.head)
    this.forget()
    return taken
  }

  private forget(): void {
    this.pending.length = 0
    this.head = 0
  }
}
