import type { Path } from '@banyan/client'
import type { InvokeOptions } from '@banyan/datamodel'
import { RemoteFunction } from '@banyan/datamodel'
import type { AnswerOutput, ContractInput, Request } from '@banyan/protocol'
import { useCallback, useRef, useState } from 'react'
import { useClient } from '../provider/banyan-context.ts'
import { useHandle } from './use-record.ts'
import { isContract } from './use-remote-event.ts'

/** How the latest call stands; an older call's answer never overwrites it. */
export interface CallState<Answer> {
  readonly pending: boolean
  /** What it was rejected with, a RemoteError unless the arguments could not travel; null while pending and after an answer. */
  readonly error: Error | null
  /** The latest answer, kept while another call is pending; null before the first. */
  readonly data: Answer | null
}

/** Calls the server; what its promise rejects with is also in the state, so the promise may be left alone. */
export type Invoke<Payload, Answer> = (payload: Payload, options?: InvokeOptions) => Promise<Answer>

const resting: CallState<never> = Object.freeze({ pending: false, error: null, data: null })

/** A request and the state of its latest call. The function is the same at each render. */
export function useRemoteFunction<Of extends Request>(
  contract: Of,
): readonly [invoke: Invoke<ContractInput<Of>, AnswerOutput<Of>>, state: CallState<AnswerOutput<Of>>]
/** The same for a RemoteFunction made at run time; a path suspends while there is none. */
export function useRemoteFunction(
  path: Path,
): readonly [invoke: (...args: readonly unknown[]) => Promise<unknown>, state: CallState<unknown>]
export function useRemoteFunction(target: Request | Path): unknown {
  const client = useClient()
  const [state, setState] = useState<CallState<unknown>>(resting)
  const latestCall = useRef(0)
  const instance = useHandle(isContract(target) ? null : target, RemoteFunction)
  const known = isContract(target) ? target : instance

  const invoke = useCallback(
    (...args: readonly [payload?: unknown, options?: InvokeOptions]) => {
      latestCall.current += 1
      const call = latestCall.current
      setState(({ data }) => ({ pending: true, error: null, data }))
      const answer = start(args)
      answer.then(
        (data) => {
          if (call === latestCall.current) setState({ pending: false, error: null, data })
        },
        (error: unknown) => {
          if (call === latestCall.current)
            setState(({ data }) => ({ pending: false, error: expectError(error), data }))
        },
      )
      return answer

      // Asynchronous, so that what throws at the call is in the state as well.
      async function start([payload, options]: typeof args): Promise<unknown> {
        if (known === null) throw new TypeError('an absent remote suspends')
        return isContract(known)
          ? client.remote(known).invokeServer(payload, options)
          : known.invokeServer(...args)
      }
    },
    [client, known],
  )
  return [invoke, state]
}

/** All that rejects is an Error, which the type of a rejection cannot say. */
function expectError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error })
}
