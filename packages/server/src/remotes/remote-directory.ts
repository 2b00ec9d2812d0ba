import { type DataModel, Folder, type Instance, RemoteEvent, RemoteFunction } from '@banyan/datamodel'
import type { Contract, RemoteContracts } from '@banyan/protocol'
import { ServerError } from '../server-error.ts'

/** A place's contracts as instances under ReplicatedStorage.Remotes, in both directions of lookup. */
export interface RemoteDirectory {
  /** Null for a remote that was made at run time. */
  contractOf(instance: Instance): Contract | null
  /** Throws 'unknownContract'. */
  eventOf(contract: Contract): RemoteEvent
  /** Throws 'unknownContract'. */
  functionOf(contract: Contract): RemoteFunction
}

/** Makes the instances; the folder exists even without contracts, so that clients can rely on it. */
export function createRemoteDirectory(game: DataModel, remotes: RemoteContracts): RemoteDirectory {
  const folder = new Folder({ name: 'Remotes', parent: game.getService('ReplicatedStorage') })
  const contracts = new Map<Instance, Contract>()
  const instances = new Map<Contract, RemoteEvent | RemoteFunction>()
  for (const contract of Object.values(remotes)) {
    const options = { name: contract.name, parent: folder }
    const instance = contract.direction === 'request' ? new RemoteFunction(options) : new RemoteEvent(options)
    contracts.set(instance, contract)
    instances.set(contract, instance)
  }

  function find(contract: Contract): RemoteEvent | RemoteFunction {
    const instance = instances.get(contract)
    if (instance !== undefined) return instance
    throw new ServerError(
      'unknownContract',
      `cannot use remote "${contract.name}": it is not in this place's definition. Pass it to defineGame({ remotes }).`,
    )
  }

  return {
    contractOf: (instance) => contracts.get(instance) ?? null,
    eventOf(contract) {
      const instance = find(contract)
      if (instance instanceof RemoteEvent) return instance
      throw new TypeError('a contract with a direction is an event')
    },
    functionOf(contract) {
      const instance = find(contract)
      if (instance instanceof RemoteFunction) return instance
      throw new TypeError('a request contract is a function')
    },
  }
}
