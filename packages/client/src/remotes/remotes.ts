import {
  type AnyInstanceClass,
  BaseRemoteEvent,
  type DataModel,
  type Instance,
  type InvokeOptions,
  RemoteFunction,
} from '@banyan/datamodel'
import {
  type Contract,
  isUnreliable,
  parse,
  type RemoteContracts,
  type Request,
  type ToClient,
  type ToServer,
} from '@banyan/protocol'
import { RemoteError } from '../remote-error.ts'
import type { DatagramStream } from '../stream/datagram-stream.ts'
import { encodeCall, type Outgoing, type Target } from '../stream/outgoing.ts'
import type {
  RemoteHandle,
  RemoteLookup,
  RequestHandle,
  ToClientHandle,
  ToServerHandle,
} from './remote-handle.ts'
import { createRemoteSignal, type OwnedRemoteSignal } from './remote-signal.ts'
import type { Requests } from './requests.ts'

/** The contracts' ends on this client. */
export interface Remotes {
  readonly lookup: RemoteLookup
  /** Follows the instances after the structure has changed. */
  rebind(): void
  /** Rejects those who wait for an event. */
  close(): void
}

/** The tree that holds the instances, and the ways up. */
export interface RemotesOptions {
  readonly game: DataModel
  readonly contracts: RemoteContracts
  readonly requests: Requests
  readonly push: (call: Outgoing) => void
  readonly fireUnreliable: DatagramStream['fire']
}

/** A Target for a remote that is there. */
export function targetOf(remote: Instance): Target {
  return {
    name: remote.name,
    id: () => (remote.isDestroyed ? 0 : remote.id),
    isDestroyed: () => remote.isDestroyed,
  }
}

/** Its owner calls `rebind` after each change of the structure. */
export function createRemotes(options: RemotesOptions): Remotes {
  const { game, contracts, requests, push, fireUnreliable } = options
  const handles = new Map<Contract, RemoteHandle<Contract>>()
  const signals: OwnedRemoteSignal<unknown>[] = []

  function finderOf<Of extends Instance>(name: string, made: AnyInstanceClass<Of>): () => Of | null {
    let known: Of | null = null
    return () => {
      if (known === null || known.isDestroyed) {
        const folder = game.getService('ReplicatedStorage').findFirstChild('Remotes')
        known = folder?.findFirstChild(name, made) ?? null
      }
      return known
    }
  }

  function toServerHandle(contract: ToServer): ToServerHandle<ToServer> {
    const { name } = contract
    const find = finderOf(name, BaseRemoteEvent)
    const target = lateTarget(name, find)
    return {
      get instance() {
        return find()
      },
      fireServer: isUnreliable(contract)
        ? (payload) => fireUnreliable(target, [payload])
        : (payload) => push({ kind: 'event', target, args: encodeCall(name, [payload], game) }),
    }
  }

  function toClientHandle({ name, payload }: ToClient): ToClientHandle<ToClient> {
    const find = finderOf(name, BaseRemoteEvent)
    const onClientEvent = createRemoteSignal({
      find,
      read: ([value]) => {
        const parsed = parse(payload, value)
        if (parsed.ok) return parsed.value
        throw new RemoteError(
          'invalid',
          `cannot receive "${name}": ${parsed.issues.join('; ')}. Fire what its schema describes.`,
        )
      },
    })
    signals.push(onClientEvent)
    return {
      get instance() {
        return find()
      },
      onClientEvent,
    }
  }

  function requestHandle({ name, answer, options: { deadlineMs } }: Request): RequestHandle<Request> {
    const find = finderOf(name, RemoteFunction)
    const target = lateTarget(name, find)
    const defaults: InvokeOptions = deadlineMs === undefined ? {} : { deadlineMs }
    return {
      get instance() {
        return find()
      },
      async invokeServer(payload, how) {
        const parsed = parse(answer, await requests.invoke(target, [payload], { ...defaults, ...how }))
        if (parsed.ok) return parsed.value
        throw new RemoteError(
          'invalid',
          `cannot invoke "${name}": its answer is wrong: ${parsed.issues.join('; ')}. Answer what its schema describes.`,
        )
      },
    }
  }

  function make(contract: Contract): RemoteHandle<Contract> {
    if (contracts[contract.name] !== contract) {
      throw new RemoteError(
        'unknownRemote',
        `cannot use remote "${contract.name}": it is not in this client's definition. Pass it to defineGame({ remotes }).`,
      )
    }
    switch (contract.direction) {
      case 'toServer':
        return toServerHandle(contract)
      case 'toClient':
        return toClientHandle(contract)
      case 'request':
        return requestHandle(contract)
    }
  }

  function lookup(contract: Contract): RemoteHandle<Contract> {
    const handle = handles.get(contract) ?? make(contract)
    handles.set(contract, handle)
    return handle
  }

  return {
    // The casts of a conditional type that TypeScript cannot follow; `make` decides by the same field.
    lookup: lookup as RemoteLookup,
    rebind() {
      for (const signal of signals) signal.rebind()
    },
    close() {
      for (const signal of signals) signal.close()
    },
  }
}

/** A contract's instance may come later, and another one after a new session; the contract itself does not go away. */
function lateTarget(name: string, find: () => Instance | null): Target {
  return { name, id: () => find()?.id ?? 0, isDestroyed: () => false }
}
