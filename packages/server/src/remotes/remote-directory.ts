import {
  BaseRemoteEvent,
  type DataModel,
  Folder,
  type Instance,
  type InstanceOptions,
  RemoteEvent,
  RemoteFunction,
  UnreliableRemoteEvent,
} from '@banyan/datamodel'
import { type Contract, isUnreliable, type RemoteContracts } from '@banyan/protocol'
import { ServerError } from '../server-error.ts'

/** A place's contracts as instances under ReplicatedStorage.Remotes, in both directions of lookup. */
export interface RemoteDirectory {
  /** Null for a remote that was made at run time. */
  contractOf(instance: Instance): Contract | null
  /** Throws 'unknownContract'. */
  eventOf(contract: Contract): BaseRemoteEvent
  /** Throws 'unknownContract'. */
  functionOf(contract: Contract): RemoteFunction
}

/** Makes the instances; the folder exists even without contracts, so that clients can rely on it. */
export function createRemoteDirectory(game: DataModel, remotes: RemoteContracts): RemoteDirectory {
  const folder = new Folder({ name: 'Remotes', parent: game.getService('ReplicatedStorage') })
  const contracts = new Map<Instance, Contract>()
  const instances = new Map<Contract, BaseRemoteEvent | RemoteFunction>()
  for (const contract of Object.values(remotes)) {
    const made = classOf(contract)
    const instance = new made({ name: contract.name, parent: folder })
    contracts.set(instance, contract)
    instances.set(contract, instance)
  }

  function find(contract: Contract): BaseRemoteEvent | RemoteFunction {
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
      if (instance instanceof BaseRemoteEvent) return instance
      throw new TypeError('a contract with a direction is an event')
    },
    functionOf(contract) {
      const instance = find(contract)
      if (instance instanceof RemoteFunction) return instance
      throw new TypeError('a request contract is a function')
    },
  }
}

function classOf(contract: Contract): new (options: InstanceOptions) => BaseRemoteEvent | RemoteFunction {
  if (contract.direction === 'request') return RemoteFunction
  return isUnreliable(contract) ? UnreliableRemoteEvent : RemoteEvent
}
