import type { InvokeHandler } from '@banyan/datamodel'
import { type Contract, parse, type Request, type ToClient, type ToServer } from '@banyan/protocol'
import { ServerError } from '../server-error.ts'
import type { RemoteDirectory } from './remote-directory.ts'
import type {
  PlayerSignal,
  RemoteHandle,
  RemoteLookup,
  RequestHandle,
  RequestHandler,
  ToClientHandle,
  ToServerHandle,
} from './remote-handle.ts'

/** The typed ends of contracts; the casts below hold because the inbox parses before it delivers. */
export function createRemoteLookup(directory: RemoteDirectory): RemoteLookup {
  function handleOf(contract: Contract): RemoteHandle<Contract> {
    switch (contract.direction) {
      case 'toServer':
        return toServerHandle(directory, contract)
      case 'toClient':
        return toClientHandle(directory, contract)
      case 'request':
        return requestHandle(directory, contract)
    }
  }
  return handleOf as RemoteLookup
}

function toServerHandle(directory: RemoteDirectory, contract: ToServer): ToServerHandle<ToServer> {
  const instance = directory.eventOf(contract)
  return { instance, onServerEvent: instance.onServerEvent as unknown as PlayerSignal<unknown> }
}

function toClientHandle(directory: RemoteDirectory, contract: ToClient): ToClientHandle<ToClient> {
  const instance = directory.eventOf(contract)
  return {
    instance,
    fireClient: (player, payload) => instance.fireClient(player, payload),
    fireClients: (players, payload) => instance.fireClients(players, payload),
    fireAllClients: (payload) => instance.fireAllClients(payload),
  }
}

function requestHandle(directory: RemoteDirectory, contract: Request): RequestHandle<Request> {
  const instance = directory.functionOf(contract)
  return {
    instance,
    set onServerInvoke(handler: RequestHandler<Request> | null) {
      instance.onServerInvoke = handler as InvokeHandler | null
    },
  }
}

/** What the server sends is checked where it is sent, and parsed where it arrives. Throws 'invalidPayload'. */
export function checkOutgoing(contract: ToClient, args: readonly unknown[]): void {
  const parsed = parse(contract.payload, args[0])
  if (parsed.ok) return
  throw new ServerError(
    'invalidPayload',
    `cannot fire "${contract.name}": ${parsed.issues.join('; ')}. Fire what its schema describes.`,
  )
}
