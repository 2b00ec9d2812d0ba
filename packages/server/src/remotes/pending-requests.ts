import {
  type Clock,
  type InvokeHandler,
  invokeHandlerOf,
  onHandlerSet,
  type Player,
  type RemoteFunction,
} from '@banyan/datamodel'
import { createAbort } from '../abort.ts'
import { isThenable, type Report, unlessTold } from '../isolation.ts'
import type { RequestContext } from './remote-handle.ts'

/** Why a request was refused, in the words of the client's errors. */
export type RefusalCode =
  | 'invalid'
  | 'throttled'
  | 'timeout'
  | 'noHandler'
  | 'handlerError'
  | 'destroyed'
  | 'aborted'

/** A request that got no answer. The message says nothing that only the server may know, not even the remote's name of now. */
export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly message: string
}

/** How a request ended. */
export type Outcome = { readonly ok: true; readonly value: unknown } | Refusal

/** One question, checked and ready for its handler. */
export interface OpenRequest {
  /** The client's number for it. */
  readonly number: number
  readonly remote: RemoteFunction
  readonly deadlineMs: number
  /** What its arguments took on the wire. */
  readonly bytes: number
  call(handler: InvokeHandler, context: RequestContext): unknown
}

/** Of all streams of a place. */
export interface PendingRequestsOptions {
  readonly clock: Clock
  readonly report: Report
  readonly settled: (player: Player, request: OpenRequest, outcome: Outcome) => void
}

/** The requests of one stream that have no answer yet. */
export class PendingRequests {
  readonly #player: Player
  readonly #options: PendingRequestsOptions
  /** Null until the first request. */
  #pending: Map<number, { end(): void }> | null = null
  #bytes = 0

  constructor(player: Player, options: PendingRequestsOptions) {
    this.#player = player
    this.#options = options
  }

  get size(): number {
    return this.#pending?.size ?? 0
  }

  /** Of the arguments of all of them. */
  get bytes(): number {
    return this.#bytes
  }

  has(number: number): boolean {
    return this.#pending?.has(number) === true
  }

  /** Calls the handler now, or as soon as one is set; tells the outcome once, unless it is cancelled first. */
  open(request: OpenRequest): void {
    this.#pending ??= new Map()
    const pending = this.#pending
    const { clock, report, settled } = this.#options
    const { remote, number } = request
    const arrivedMs = clock.now()
    const context = new LazyContext(() => createAbort(`${remote.name}.onServerInvoke`, report))
    let hasBegun = false
    let stop: (() => void) | null = null

    const begin = (): void => {
      const handler = invokeHandlerOf(remote)
      if (hasBegun || handler === null || pending.get(number) !== entry) return
      hasBegun = true
      answer(() => request.call(handler, context), { name: remote.name, context, report, settle })
    }
    const end = (): void => {
      if (pending.delete(number)) this.#bytes -= request.bytes
      stop?.()
    }
    const settle = (outcome: Outcome): void => {
      if (pending.get(number) !== entry) return
      end()
      if (!outcome.ok) context.abort()
      settled(this.#player, request, outcome)
    }
    const entry = {
      end() {
        end()
        context.abort()
      },
    }
    pending.set(number, entry)
    this.#bytes += request.bytes
    begin()
    // Most are answered by now, and need nothing that would end them.
    if (pending.get(number) !== entry) return
    if (remote.isDestroyed) return settle(destroyed)
    // Not within the assignment: what the handler works with may be set up by the lines below it.
    const stopWaiting = hasBegun ? null : onHandlerSet(remote, () => queueMicrotask(begin))
    const destroying = remote.destroying.once(() => settle(destroyed))
    const leftMs = request.deadlineMs - (clock.now() - arrivedMs)
    const cancelDeadline = clock.after(leftMs, () => {
      settle(
        hasBegun
          ? refusal('timeout', `no answer came within ${request.deadlineMs} ms.`)
          : refusal('noHandler', 'it has no handler on the server.'),
      )
    })
    stop = () => {
      stopWaiting?.()
      destroying.disconnect()
      cancelDeadline()
    }
  }

  /** The caller gave up: the handler's signal aborts and no outcome is told. Ignored for one that has ended. */
  cancel(number: number): void {
    this.#pending?.get(number)?.end()
  }

  /** Nobody waits for answers any more. */
  abandon(): void {
    if (this.#pending !== null) for (const entry of this.#pending.values()) entry.end()
  }
}

/** All that a client learns of a fault of its handler. */
export const handlerFailed = 'its handler failed.'

/** Makes a refusal. */
export function refusal(code: RefusalCode, message: string): Refusal {
  return { ok: false, code, message }
}

const destroyed = refusal('destroyed', 'it was destroyed.')

/** Makes its signal when a handler asks for it: few do, and it costs more than the rest of a request. */
class LazyContext implements RequestContext {
  readonly #make: () => AbortController
  #controller: AbortController | null = null
  #isAborted = false

  constructor(make: () => AbortController) {
    this.#make = make
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = this.#make()
      if (this.#isAborted) this.#controller.abort()
    }
    return this.#controller.signal
  }

  abort(): void {
    this.#isAborted = true
    this.#controller?.abort()
  }

  /** The same report, silent about what the signal brought about. */
  unlessTold(report: Report): Report {
    return this.#controller === null ? report : unlessTold(report, this.#controller.signal)
  }
}

interface Answering {
  readonly name: string
  readonly context: LazyContext
  readonly report: Report
  readonly settle: (outcome: Outcome) => void
}

function answer(run: () => unknown, { name, context, report, settle }: Answering): void {
  const fail = (error: unknown): void => {
    context.unlessTold(report)(error, `${name}.onServerInvoke`)
    settle(refusal('handlerError', handlerFailed))
  }
  try {
    const result = run()
    if (isThenable(result)) Promise.resolve(result).then((value) => settle({ ok: true, value }), fail)
    else settle({ ok: true, value: result })
  } catch (error) {
    fail(error)
  }
}
