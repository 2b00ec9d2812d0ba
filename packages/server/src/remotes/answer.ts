import { type RemoteFunction, requireOwnInstances } from '@banyan/datamodel'
import { type Contract, encodeArguments, parse } from '@banyan/protocol'
import type { Report } from '../isolation.ts'
import { type Outgoing, sizeOfOutgoing } from '../outbox/queued-delivery.ts'
import { handlerFailed, type OpenRequest, type Outcome, refusal } from './pending-requests.ts'

export interface AnswerOptions {
  readonly contract: Contract | null
  /** What an answer may take at most. */
  readonly deliveryBytes: number
  readonly report: Report
}

/** The delivery that tells a request's outcome. An answer that its schema refuses, or that cannot travel, is the handler's failure. */
export function answerTo(request: OpenRequest, outcome: Outcome, options: AnswerOptions): Outgoing {
  const { remote, number } = request
  if (!outcome.ok) return { kind: 'answer', request: number, ...outcome }
  try {
    const args = encodeAnswer(remote, outcome.value, options.contract)
    const answer = { kind: 'answer', request: number, ok: true, args } as const
    const bytes = sizeOfOutgoing(answer)
    if (bytes <= options.deliveryBytes) return answer
    throw new TypeError(
      `cannot answer "${remote.name}": it takes ${bytes} bytes, and no more than ${options.deliveryBytes} may wait for a client. Put it into the tree, or answer in parts.`,
    )
  } catch (error) {
    options.report(error, `${remote.name}.onServerInvoke`)
    return {
      kind: 'answer',
      request: number,
      ...refusal('handlerError', handlerFailed),
    }
  }
}

function encodeAnswer(remote: RemoteFunction, value: unknown, contract: Contract | null) {
  if (contract?.direction === 'request') {
    const parsed = parse(contract.answer, value)
    if (!parsed.ok) {
      throw new TypeError(
        `cannot answer "${remote.name}": ${parsed.issues.join('; ')}. Return what its schema describes.`,
      )
    }
  }
  const encoded = encodeArguments([value])
  requireOwnInstances(remote, { action: 'answer', name: remote.name }, encoded.instances)
  return encoded
}
