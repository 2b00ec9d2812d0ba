import { type Instance, requireOwnInstances } from '@banyan/datamodel'
import { type Call, type EncodedArguments, encodeArguments, upFrameByteCap } from '@banyan/protocol'
import { RemoteError } from '../remote-error.ts'

/** A remote as a call names it: looked up when its frame is made, since it may not have replicated before. */
export interface Target {
  /** For errors. */
  readonly name: string
  /** 0 while there is no such remote, or no longer. */
  id(): number
  isDestroyed(): boolean
}

/** One call on its way up, arguments encoded already: later changes of what was passed do not matter. */
export type Outgoing =
  | { readonly kind: 'event'; readonly target: Target; readonly args: EncodedArguments }
  | {
      readonly kind: 'request'
      readonly target: Target
      readonly args: EncodedArguments
      readonly request: number
      readonly deadlineMs: number
    }
  | { readonly kind: 'cancel'; readonly request: number }

/** Servers close sessions that send larger frames; the rest is for the frame's own fields. */
export const callBytesCap = upFrameByteCap - 64

/**
 * Throws `invalidArgument` for what cannot travel, `otherDataModel` for instances of another client's tree than home's,
 * and 'invalid' for what fits in no frame.
 */
export function encodeCall(name: string, args: readonly unknown[], home: Instance): EncodedArguments {
  const encoded = encodeOwnArguments(name, args, home)
  const size = sizeOf(encoded)
  if (size > callBytesCap) {
    throw new RemoteError(
      'invalid',
      `cannot call "${name}": its arguments take ${size} bytes, and a frame holds ${callBytesCap}. Send less, or in parts.`,
    )
  }
  return encoded
}

/** As `encodeCall`, of any size. */
export function encodeOwnArguments(name: string, args: readonly unknown[], home: Instance): EncodedArguments {
  const { bytes, instances } = encodeArguments(args)
  requireOwnInstances(home, { action: 'call', name }, instances)
  return { bytes, instances: instances.length === 0 ? none : instances.map(({ id }) => Math.max(0, id)) }
}

const none: readonly number[] = Object.freeze([])

/** At most this many bytes of a frame; exact sizes are not worth encoding twice. */
export function sizeOfCall(call: Outgoing): number {
  return call.kind === 'cancel' ? 16 : sizeOf(call.args)
}

/** The form that travels; null when its remote is not there. */
export function toCall(outgoing: Outgoing): Call | null {
  if (outgoing.kind === 'cancel') return outgoing
  const remote = outgoing.target.id()
  if (remote === 0) return null
  const { args } = outgoing
  if (outgoing.kind === 'event') return { kind: 'event', remote, args }
  const { request, deadlineMs } = outgoing
  return { kind: 'request', request, remote, deadlineMs, args }
}

function sizeOf({ bytes, instances }: EncodedArguments): number {
  return bytes.length + instances.length * 5 + 24
}
