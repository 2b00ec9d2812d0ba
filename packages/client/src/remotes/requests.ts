import type { Clock, Instance, InvokeOptions } from '@banyan/datamodel'
import type { RemoteErrorCode } from '@banyan/protocol'
import { RemoteError, sentence } from '../remote-error.ts'
import { encodeCall, type Outgoing, type Target } from '../stream/outgoing.ts'

/** Requests that wait for an answer. Each ends: answered, at its deadline, aborted, or with its session or remote. */
export interface Requests {
  /** Never throws at once: what is wrong with the call rejects the promise. */
  invoke(target: Target, args: readonly unknown[], options?: InvokeOptions): Promise<unknown>
  resolve(request: number, answer: unknown): void
  reject(request: number, code: RemoteErrorCode, reason: string): void
  /** Rejects those whose remote is destroyed. */
  check(): void
  /** Rejects all but the excepted, for the reason given. */
  rejectAll(
    code: RemoteErrorCode,
    reason: string,
    options?: { readonly except?: (request: number) => boolean },
  ): void
}

interface Pending {
  readonly target: Target
  resolve(answer: unknown): void
  reject(error: RemoteError): void
}

const defaultDeadlineMs = 10_000

const wayOut: Readonly<Record<RemoteErrorCode, string>> = {
  invalid: 'Send what its contract says.',
  throttled: 'Invoke it less often.',
  timeout: 'Allow a longer deadlineMs, or try again.',
  noHandler: 'Set onServerInvoke on the server.',
  handlerError: 'See the log of the server.',
  disconnected: 'Try again when the connection is back.',
  aborted: 'The caller did that.',
  unknownRemote: 'Check that the server made it, and that this player may see it.',
  destroyed: 'Look for another one.',
}

/** Numbers requests from 1 for as long as the client lives. */
export function createRequests(options: {
  readonly clock: Clock
  /** Of the tree that arguments may refer to. */
  readonly home: Instance
  readonly push: (call: Outgoing) => void
}): Requests {
  const pending = new Map<number, Pending>()
  let lastRequest = 0

  function reject(request: number, code: RemoteErrorCode, reason: string, cause?: unknown): void {
    const found = pending.get(request)
    if (found === undefined) return
    const message = `cannot invoke "${found.target.name}": ${sentence(reason)} ${wayOut[code]}`
    found.reject(new RemoteError(code, message, cause === undefined ? {} : { cause }))
  }

  /** The server need not go on; it may have answered already, which is no harm. */
  function cancel(request: number, code: RemoteErrorCode, reason: string, cause?: unknown): void {
    if (!pending.has(request)) return
    reject(request, code, reason, cause)
    options.push({ kind: 'cancel', request })
  }

  function start(
    request: number,
    call: Pending & { readonly args: readonly unknown[] },
    how: InvokeOptions,
  ): void {
    const { target } = call
    const { signal } = how
    const deadlineMs = expectDeadline(target.name, how.deadlineMs ?? defaultDeadlineMs)
    const onAbort = (): void => cancel(request, 'aborted', 'it was aborted', signal?.reason)
    const cancelTimer = options.clock.after(deadlineMs, () =>
      cancel(request, 'timeout', `no answer came within ${deadlineMs} ms`),
    )
    signal?.addEventListener('abort', onAbort)
    const end = (): void => {
      pending.delete(request)
      cancelTimer()
      signal?.removeEventListener('abort', onAbort)
    }
    pending.set(request, {
      target,
      resolve: (answer) => {
        end()
        call.resolve(answer)
      },
      reject: (error) => {
        end()
        call.reject(error)
      },
    })
    if (signal?.aborted === true) return reject(request, 'aborted', 'it was aborted', signal.reason)
    if (target.isDestroyed()) return reject(request, 'destroyed', 'it is destroyed')
    try {
      options.push({
        kind: 'request',
        target,
        args: encodeCall(target.name, call.args, options.home),
        request,
        deadlineMs,
      })
    } catch (error) {
      end()
      throw error
    }
  }

  return {
    invoke(target, args, how = {}) {
      lastRequest += 1
      const request = lastRequest
      return new Promise((resolve, rejectCall) => {
        start(request, { target, args, resolve, reject: rejectCall }, how)
      })
    },
    resolve(request, answer) {
      pending.get(request)?.resolve(answer)
    },
    reject,
    check() {
      for (const [request, { target }] of pending) {
        if (target.isDestroyed()) reject(request, 'destroyed', 'it was destroyed meanwhile')
      }
    },
    rejectAll(code, reason, { except = () => false } = {}) {
      for (const request of pending.keys()) if (!except(request)) reject(request, code, reason)
    },
  }
}

/** In the whole milliseconds that travel: anything else would be found when its frame is made, and lose the whole frame. */
function expectDeadline(name: string, ms: number): number {
  const deadlineMs = Math.ceil(ms)
  if (deadlineMs >= 0 && Number.isSafeInteger(deadlineMs)) return deadlineMs
  throw new RemoteError(
    'invalid',
    `cannot invoke "${name}": its deadline of ${ms} ms is no finite number of 0 or more. Pass milliseconds, of which the server allows 60,000.`,
  )
}
