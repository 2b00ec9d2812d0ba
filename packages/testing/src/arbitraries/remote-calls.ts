import type { Contract, ContractInput, GameDefinition } from '@banyan/protocol'
import fc, { type Arbitrary } from 'fast-check'
import type { RemoteCall } from '../calls/send-call.ts'
import { expectKnown } from '../known-options.ts'
import { TestingError } from '../testing-error.ts'
import { plainRecord } from './plain-values.ts'
import { type SchemaOptions, schemaOptionNames, schemaValues } from './schema-values.ts'

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

const payloadOptionNames = {
  ...schemaOptionNames,
  values: true,
} as const satisfies Record<keyof PayloadOptions, true>

const callOptionNames = {
  ...payloadOptionNames,
  directions: true,
  remotes: true,
} as const satisfies Record<keyof RemoteCallOptions, true>

const knownDirections = {
  toServer: true,
  toClient: true,
  request: true,
} as const satisfies Record<Contract['direction'], true>

/** What the sender of a contract may pass; throws 'undescribedSchema' naming the remote when its schema cannot tell. */
export function payload<Of extends Contract>(
  contract: Of,
  options: PayloadOptions = {},
): Arbitrary<ContractInput<Of>> {
  expectKnown(Object.keys(options), {
    cannot: `make payloads for "${contract.name}" with`,
    known: Object.keys(payloadOptionNames),
  })
  const { values, ...ofSchema } = options
  const given = values?.[contract.name]
  return (given ?? schemaValues(contract.payload, contract.name, ofSchema)) as Arbitrary<ContractInput<Of>>
}

/** Calls that a game's contracts allow; throws as `payload` does, for the first remote that needs help. */
export function remoteCall(
  definition: GameDefinition,
  options: RemoteCallOptions = {},
): Arbitrary<RemoteCall> {
  const { contracts, ofPayloads } = chosenCalls(definition, options)
  return fc.oneof(
    ...contracts.map((contract) =>
      plainRecord({ remote: fc.constant(contract.name), payload: payload(contract, ofPayloads) }),
    ),
  )
}

/** What the options choose. Throws 'invalidOption' for options, directions and remotes that there are not. */
export function chosenCalls(
  definition: GameDefinition,
  options: RemoteCallOptions,
): { readonly contracts: readonly Contract[]; readonly ofPayloads: PayloadOptions } {
  const cannot = 'make calls with'
  expectKnown(Object.keys(options), { cannot, known: Object.keys(callOptionNames) })
  const { directions = ['toServer', 'request'], remotes, ...ofPayloads } = options
  const all = Object.values(definition.remotes)
  const what = 'remote in the definition'
  const known = all.map(({ name }) => name)
  expectKnown(directions, { cannot, what: 'direction', known: Object.keys(knownDirections) })
  expectKnown(remotes ?? [], { cannot: 'make calls of', what, known })
  expectKnown(Object.keys(ofPayloads.values ?? {}), { cannot: 'make values for', what, known })
  const contracts = all.filter(
    ({ name, direction }) => directions.includes(direction) && remotes?.includes(name) !== false,
  )
  if (contracts.length > 0) return { contracts, ofPayloads }
  throw new TestingError(
    'invalidOption',
    `cannot make calls: the definition has no remote that goes ${directions.join(' or ')}. Give it one, or choose other directions.`,
  )
}
