import type { Clock } from '@banyan/datamodel'
import type { Ack, Call, Calls } from '@banyan/protocol'
import type { ClientLog } from '../log.ts'
import { RemoteError } from '../remote-error.ts'
import { type AckTime, createAcknowledgement } from './acknowledgement.ts'
import { callBytesCap, type Outgoing, sizeOfCall, toCall } from './outgoing.ts'
import { Pace } from './pace.ts'

/** The ordered, reliable stream of calls to the server. It outlives channels, not sessions. */
export interface Stream {
  /** Takes a call into the frame that ends this task; a fire of a flood, into the next one. Throws 'disconnected' for a request that finds the queue full. */
  push(call: Outgoing): void
  /** There is a channel again, to the same session: repeats what the server lacks, then sends what was queued. */
  resume(callSeq: number): void
  /** There is a channel to a session that knows none of the earlier frames; what `isKept` refuses is dropped. */
  restart(callSeq: number, options: { readonly isKept: boolean }): void
  /** Whether the request is in no frame yet. */
  readonly isQueued: (request: number) => boolean
  /** The channel is gone. */
  readonly pause: () => void
  /** Sends what waits at once, where there is a channel. */
  readonly flush: () => void
  /** The server has all frames up to this one. */
  acknowledge(callSeq: number): void
  /** Something arrived: it is acknowledged with the next calls, or alone when it is time, whichever comes first. */
  readonly oweAck: (when: AckTime) => void
  /** A ping goes up, and what is owed with it. */
  readonly beat: () => void
  /** Forgets every call. */
  clear(): void
}

/** The way up, and whom a dropped request concerns. */
export interface StreamOptions {
  readonly clock: Clock
  readonly log: ClientLog
  /** Runs a function when the current task has ended. */
  schedule(run: () => void): void
  sendCalls(frame: Calls): void
  sendAck(ack: Ack): void
  readonly ack: () => Ack
  /** The request will never be answered, for its remote is not in the tree. */
  onDropped(request: number): void
}

/** Fires that wait for a channel. */
const queueCap = 64

/** Paused until `resume` or `restart`. */
export function createStream(options: StreamOptions): Stream {
  const { clock, log } = options
  const pace = new Pace(clock)
  const acknowledgement = createAcknowledgement({
    clock,
    send() {
      if (isOpen) options.sendAck(options.ack())
    },
  })
  let queue: Outgoing[] = []
  let sent: { readonly seq: number; readonly calls: readonly Call[] }[] = []
  let lastSeq = 0
  let isOpen = false
  let isScheduled = false
  let cancelWait: (() => void) | null = null
  let hasWarned = false

  function send(frame: { readonly seq: number; readonly calls: readonly Call[] }): void {
    acknowledgement.settle()
    options.sendCalls({ ...frame, ack: options.ack() })
  }

  function flushLater({ kind }: Outgoing): void {
    if (!isOpen || isScheduled) return
    // Whoever asks waits for the answer.
    if (kind === 'event' && cancelWait !== null) return
    const waitMs = kind === 'event' ? pace.waitMs() : 0
    if (waitMs > 0) {
      cancelWait = clock.after(waitMs, () => {
        cancelWait = null
        flush()
      })
      return
    }
    isScheduled = true
    options.schedule(flush)
  }

  function stopWaiting(): void {
    cancelWait?.()
    cancelWait = null
  }

  function flush(): void {
    isScheduled = false
    stopWaiting()
    if (!isOpen || queue.length === 0) return
    const taken = queue
    queue = []
    let calls: Call[] = []
    let size = 0
    const seal = (): void => {
      if (calls.length === 0) return
      lastSeq += 1
      const frame = { seq: lastSeq, calls }
      sent.push(frame)
      calls = []
      size = 0
      send(frame)
    }
    for (const outgoing of taken) {
      const call = toCall(outgoing)
      if (call === null) {
        if (outgoing.kind === 'request') options.onDropped(outgoing.request)
        continue
      }
      if (size + sizeOfCall(outgoing) > callBytesCap) seal()
      calls.push(call)
      size += sizeOfCall(outgoing)
    }
    seal()
    pace.left()
  }

  function makeRoom(kind: 'event' | 'request', name: string): void {
    if (isOpen || queue.length < queueCap) return
    if (kind === 'request') {
      throw new RemoteError(
        'disconnected',
        `cannot invoke "${name}": the connection is lost and ${queueCap} calls wait for it already. Try again later.`,
      )
    }
    const oldest = queue.findIndex((call) => call.kind === 'event')
    if (oldest !== -1) queue.splice(oldest, 1)
    warnOnce(`more than ${queueCap} calls wait for the connection: the oldest events are dropped`)
  }

  /** One warning per outage. */
  function warnOnce(line: string): void {
    if (!hasWarned) log.warn(line)
    hasWarned = true
  }

  function open(): void {
    isOpen = true
    flush()
    hasWarned = false
  }

  return {
    push(call) {
      if (call.kind === 'cancel') {
        const waiting = queue.findIndex(
          (queued) => queued.kind === 'request' && queued.request === call.request,
        )
        if (waiting !== -1) return void queue.splice(waiting, 1)
      } else makeRoom(call.kind, call.target.name)
      queue.push(call)
      flushLater(call)
    },
    resume(callSeq) {
      sent = sent.filter(({ seq }) => seq > callSeq)
      for (const frame of sent) send(frame)
      open()
    },
    restart(callSeq, { isKept }) {
      const lost = [...sent.flatMap(({ calls }) => calls), ...(isKept ? [] : queue)]
      sent = []
      if (!isKept) queue = []
      const events = lost.filter(({ kind }) => kind === 'event').length
      if (events > 0)
        warnOnce(`the session is over: events that the server had not confirmed are dropped (${events})`)
      lastSeq = callSeq
      open()
    },
    isQueued: (request) => queue.some((call) => call.kind === 'request' && call.request === request),
    pause() {
      isOpen = false
      stopWaiting()
      acknowledgement.settle()
    },
    flush,
    acknowledge(callSeq) {
      const first = sent[0]
      if (first !== undefined && first.seq <= callSeq) sent = sent.filter(({ seq }) => seq > callSeq)
    },
    oweAck: acknowledgement.owe,
    beat: acknowledgement.beat,
    clear() {
      queue = []
      sent = []
      lastSeq = 0
    },
  }
}
