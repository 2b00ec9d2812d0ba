import type { Contract, ContractInput, GameDefinition } from '@banyan/protocol'
import fc, { type Arbitrary } from 'fast-check'
import type { RemoteCall } from '../calls/send-call.ts'
import { TestingError } from '../testing-error.ts'
import { plainRecord } from './plain-values.ts'
import { type SchemaOptions, schemaValues } from './schema-values.ts'

/** How to make payloads. */
export interface PayloadOptions extends SchemaOptions {
  /** Arbitraries of payloads by the remote's name, before everything else. */
  readonly values?: Readonly<Record<string, Arbitrary<unknown>>>
}

/** How to make calls. */
export interface RemoteCallOptions extends PayloadOptions {
  /** What clients call when left out: `toServer` and `request`. */
  readonly directions?: readonly Contract['direction'][]
  /** Which remotes, by name; all of the directions when left out. */
  readonly remotes?: readonly string[]
}

/** What the sender of a contract may pass; throws 'undescribedSchema' naming the remote when its schema cannot tell. */
export function payload<Of extends Contract>(
  contract: Of,
  options: PayloadOptions = {},
): Arbitrary<ContractInput<Of>> {
  const given = options.values?.[contract.name]
  return (given ?? schemaValues(contract.payload, contract.name, options)) as Arbitrary<ContractInput<Of>>
}

/** Calls that a game's contracts allow; throws as `payload` does, for the first remote that needs help. */
export function remoteCall(
  definition: GameDefinition,
  options: RemoteCallOptions = {},
): Arbitrary<RemoteCall> {
  return fc.oneof(
    ...contractsOf(definition, options).map((contract) =>
      plainRecord({ remote: fc.constant(contract.name), payload: payload(contract, options) }),
    ),
  )
}

/** The contracts that the options choose. */
export function contractsOf(definition: GameDefinition, options: RemoteCallOptions): readonly Contract[] {
  const { directions = ['toServer', 'request'], remotes } = options
  const known = Object.values(definition.remotes)
  const stray = remotes?.find((remote) => !known.some(({ name }) => name === remote))
  if (stray !== undefined) {
    throw new TestingError(
      'invalidOption',
      `cannot make calls of "${stray}": the definition has no remote of that name. Use one of ${known.map(({ name }) => name).join(', ') || 'none'}.`,
    )
  }
  const chosen = known.filter(
    ({ name, direction }) => directions.includes(direction) && remotes?.includes(name) !== false,
  )
  if (chosen.length > 0) return chosen
  throw new TestingError(
    'invalidOption',
    `cannot make calls: the definition has no remote that goes ${directions.join(' or ')}. Give it one, or choose other directions.`,
  )
}
