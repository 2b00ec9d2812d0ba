import { ProtocolError } from '../errors.ts'
import type { Contract, Request, ToClient, ToServer, Unnamed } from './contract.ts'

/** The contracts of a game by name; the name is also that of the instance under ReplicatedStorage.Remotes. */
export type RemoteContracts = Readonly<Record<string, Contract>>

type Named<Of> =
  Of extends Unnamed<ToServer<infer Payload>>
    ? ToServer<Payload>
    : Of extends Unnamed<ToClient<infer Payload>>
      ? ToClient<Payload>
      : Of extends Unnamed<Request<infer Payload, infer Answer>>
        ? Request<Payload, Answer>
        : never

/** The named forms of a record of contracts. */
export type NamedContracts<Contracts> = { readonly [Name in keyof Contracts]: Named<Contracts[Name]> }

const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,99}$/

/**
 * Gives each contract its name; the result is what handlers and hooks take their types from. Throws `invalidContract`
 * for a name that is not a letter followed by letters, digits or underscores.
 */
export function defineRemotes<const Contracts extends Readonly<Record<string, Unnamed<Contract>>>>(
  contracts: Contracts,
): NamedContracts<Contracts> {
  const named = Object.entries(contracts).map(([name, contract]) => {
    if (!namePattern.test(name) || name in Object.prototype) {
      throw new ProtocolError(
        'invalidContract',
        `cannot define remote "${name}": a remote's name is a letter followed by up to 99 letters, digits or underscores, and no word of Object.prototype. Rename it.`,
      )
    }
    return [name, Object.freeze({ ...contract, name })]
  })
  return Object.freeze(Object.fromEntries(named))
}
