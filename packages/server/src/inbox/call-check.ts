import type { Instance } from '@banyan/datamodel'
import { type Contract, decodeArguments, type EncodedArguments, parse } from '@banyan/protocol'

/** What became of a client's arguments: trusted values, a reason to refuse the call, or one to close the session. */
export type CheckedCall =
  | { readonly ok: true; readonly args: readonly unknown[] }
  | { readonly ok: false; readonly fault: 'invalid' | 'malformed'; readonly problem: string }

export interface CallCheckOptions {
  /** Null for a remote that was made at run time, whose handlers check for themselves. */
  readonly contract: Contract | null
  /** The instance of an id that the client named, as far as that client may see it. */
  readonly find: (id: number) => Instance | null
}

/** Decodes and parses what a client wrote; nothing of it is to be trusted before. */
export function checkCall(encoded: EncodedArguments, { contract, find }: CallCheckOptions): CheckedCall {
  const { maxBytes, allowNonFinite } = contract?.options ?? {}
  if (maxBytes !== undefined && encoded.bytes.length > maxBytes)
    return invalid(`it is larger than ${maxBytes} bytes`)
  const instances = encoded.instances.length === 0 ? none : encoded.instances.map(find)
  const decoded = decodeArguments(encoded.bytes, instances, { allowNonFinite: allowNonFinite === 'allow' })
  if (!decoded.ok) return { ok: false, fault: decoded.reason, problem: decoded.problem }
  if (contract === null) return { ok: true, args: decoded.value }
  if (decoded.value.length !== 1) return invalid('it has not exactly one payload')
  const parsed = parse(contract.payload, decoded.value[0])
  return parsed.ok ? { ok: true, args: [parsed.value] } : invalid(parsed.issues.join('; '))
}

const none: readonly null[] = Object.freeze([])

function invalid(problem: string): CheckedCall {
  return { ok: false, fault: 'invalid', problem }
}
