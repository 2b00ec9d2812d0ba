import { applyPatch, applySnapshot, type Clock, DataModel } from '@banyan/datamodel'
import {
  type Ack,
  type Call,
  type Channel,
  type ClientTransport,
  type Close,
  type Delivery,
  type DownMessage,
  decodeArguments,
  decodeDown,
  encodeAck,
  encodeArguments,
  encodeCalls,
  encodeDatagramUp,
  encodeHello,
  encodeLeave,
  encodePing,
  type GameDefinition,
  type Hello,
  protocolVersion,
  type Welcome,
} from '@banyan/protocol'

/** What a test says in its hello; the rest is what an honest new guest says. */
export type TestHello = Partial<Hello>

export interface TestClientOptions {
  readonly transport: ClientTransport
  readonly definition: GameDefinition
  readonly clock: Clock
}

/** Speaks the protocol by hand, and holds a replica of what it was sent. */
export class TestClient {
  readonly messages: DownMessage[] = []
  readonly frames: Uint8Array[] = []
  readonly replica: DataModel
  hasClosed = false
  callSeq = 0
  seq = 0
  eventSeq = 0
  private readonly options: TestClientOptions
  private channel: Channel | null = null

  constructor(options: TestClientOptions) {
    this.options = options
    const { definition, clock } = options
    this.replica = new DataModel({ definition, side: 'client', clock, report: () => {} })
  }

  /** Opens a new connection and says hello on it. */
  connect(hello: TestHello = {}): this {
    return this.open(
      encodeHello({
        protocolVersion,
        definitionHash: this.options.definition.hash,
        place: 'main',
        guestKey: 'ana-key',
        name: 'Ana',
        credentials: null,
        resume: null,
        ...hello,
      }),
    )
  }

  /** Opens a new connection and sends this frame on it, or nothing. */
  open(first: Uint8Array | null): this {
    this.hasClosed = false
    const channel = this.options.transport.connect({
      onOpen: () => {
        if (first !== null) channel.send(first)
      },
      onFrame: (frame) => this.take(frame),
      onClose: () => {
        this.hasClosed = true
      },
    })
    this.channel = channel
    return this
  }

  get welcome(): Welcome {
    const last = this.messages.findLast((message) => message.kind === 'welcome')
    if (last === undefined) throw new Error(`not welcomed: ${JSON.stringify(this.messages)}`)
    return last
  }

  get wasWelcomed(): boolean {
    return this.messages.some((message) => message.kind === 'welcome')
  }

  /** Why the server closed, or null. */
  get closed(): Close | null {
    return this.messages.findLast((message) => message.kind === 'close') ?? null
  }

  get deliveries(): Delivery[] {
    return this.messages.flatMap((message) =>
      message.kind === 'patches' ? [...(message.session?.deliveries ?? [])] : [],
    )
  }

  /** The arguments of the events received from a remote, instances as ids. */
  events(remote: string): unknown[][] {
    const id = this.remoteId(remote)
    return this.deliveries.flatMap((delivery) => {
      if (delivery.kind !== 'event' || delivery.remote !== id) return []
      return [this.decode(delivery)]
    })
  }

  /** The arguments of what a remote fired unreliably, instances as ids. */
  datagrams(remote: string): unknown[][] {
    const id = this.remoteId(remote)
    return this.messages.flatMap((message) =>
      message.kind === 'datagram' && message.remote === id ? [this.decode(message)] : [],
    )
  }

  /** The answer to a request: its value, or the code of its refusal. */
  answer(request: number): { value: unknown } | { code: string } | null {
    for (const delivery of this.deliveries) {
      if (delivery.kind !== 'answer' || delivery.request !== request) continue
      return delivery.ok ? { value: this.decode(delivery)[0] } : { code: delivery.code }
    }
    return null
  }

  remoteId(name: string): number {
    const found = this.replica.getService('ReplicatedStorage').findFirstDescendant(name)
    if (found === null) throw new Error(`there is no remote ${name}`)
    return found.id
  }

  fire(remote: string | number, ...args: unknown[]): void {
    this.call({ kind: 'event', remote: this.idOf(remote), args: this.encode(args) })
  }

  /** Fires unreliably, under this number. */
  fireDatagram(seq: number, remote: string | number, ...args: unknown[]): void {
    this.send(encodeDatagramUp({ seq, remote: this.idOf(remote), args: this.encode(args) }))
  }

  ask(request: number, remote: string | number, ...args: unknown[]): void {
    this.call({
      kind: 'request',
      request,
      deadlineMs: 10_000,
      remote: this.idOf(remote),
      args: this.encode(args),
    })
  }

  call(...calls: Call[]): void {
    this.callSeq += 1
    this.send(encodeCalls({ seq: this.callSeq, ack: this.ackNow(), calls }))
  }

  ack(ack: Partial<Ack> = {}): void {
    this.send(encodeAck({ ...this.ackNow(), ...ack }))
  }

  ping(clientMs: number): void {
    this.send(encodePing({ clientMs }))
  }

  leave(): void {
    this.send(encodeLeave())
  }

  send(frame: Uint8Array): void {
    this.channel?.send(frame)
  }

  /** As a lost line: nothing is said. */
  drop(): void {
    this.channel?.close()
  }

  /** What a resuming client says. */
  resume(): { token: string; epoch: string; seq: number; eventSeq: number } {
    const { token, epoch } = this.welcome
    return { token, epoch, seq: this.seq, eventSeq: this.eventSeq }
  }

  encode(args: readonly unknown[]) {
    const { bytes, instances } = encodeArguments(args)
    return { bytes, instances: instances.map(({ id }) => id) }
  }

  private decode({ args }: { args: { bytes: Uint8Array; instances: readonly number[] } }): unknown[] {
    const decoded = decodeArguments(args.bytes, args.instances, { allowNonFinite: true })
    if (!decoded.ok) throw new Error(decoded.problem)
    return [...decoded.value]
  }

  private ackNow(): Ack {
    return { seq: this.seq, eventSeq: this.eventSeq }
  }

  private idOf(remote: string | number): number {
    return typeof remote === 'number' ? remote : this.remoteId(remote)
  }

  private take(frame: Uint8Array): void {
    this.frames.push(frame)
    const decoded = decodeDown(this.options.definition, frame)
    if (!decoded.ok) throw new Error(decoded.problem)
    const message = decoded.value
    this.messages.push(message)
    if (message.kind === 'welcome') {
      const { seq, tick, timeMs, creates } = message
      applySnapshot(this.replica, { seq, tick, timeMs, creates, tree: 'same' })
      this.seq = seq
      this.callSeq = message.callSeq
      this.eventSeq = message.eventSeq - 1
    }
    if (message.kind !== 'patches') return
    for (const patch of message.patches) {
      applyPatch(this.replica, patch)
      this.seq = patch.seq
    }
    const { session } = message
    if (session !== null) this.eventSeq = session.eventSeq + session.deliveries.length - 1
  }
}
