import type { Client, Path } from '@banyan/client'
import { BaseRemoteEvent } from '@banyan/datamodel'
import type { Contract, ContractInput, ContractOutput, ToClient, ToServer } from '@banyan/protocol'
import { useMemo } from 'react'
import { useClient } from '../provider/banyan-context.ts'
import { useHandle } from './use-record.ts'
import { type Connectable, useSignal } from './use-signal.ts'

/** Fires a remote event that was made at run time; throws `invalidArgument` for what cannot travel. */
export type FireServer = (...args: readonly unknown[]) => void

interface EventSource {
  readonly fire: FireServer
  readonly heard: Connectable<unknown[]> | null
}

/** The function that sends an event to the server. The same at each render; may be called before the join. */
export function useRemoteEvent<Of extends ToServer>(contract: Of): (payload: ContractInput<Of>) => void
/** Calls the handler for each event of the server while mounted; those that came before the first listener are kept for it. */
export function useRemoteEvent<Of extends ToClient>(
  contract: Of,
  handler: (payload: ContractOutput<Of>) => unknown,
): void
/** Both directions of a remote event made at run time; a path suspends while there is none. */
export function useRemoteEvent(
  target: Path | BaseRemoteEvent,
  handler?: (...args: unknown[]) => unknown,
): FireServer
export function useRemoteEvent(
  target: ToServer | ToClient | Path | BaseRemoteEvent,
  handler?: (...args: never[]) => unknown,
): unknown {
  const client = useClient()
  const contract = isContract(target) ? target : null
  const instance = useHandle(isContract(target) ? null : target, BaseRemoteEvent)
  const { fire, heard } = useMemo(() => {
    if (contract !== null) return sourceOfContract(client, contract)
    return sourceOfInstance(instance)
  }, [client, contract, instance])
  useSignal(handler === undefined ? null : heard, (...args) => handler?.(...(args as never[])))
  return fire
}

/** Whether something is a contract rather than an instance or a path to one. */
export function isContract<Of extends Contract>(target: Of | Path | object): target is Of {
  return typeof target === 'object' && 'direction' in target
}

function sourceOfContract(client: Client, contract: ToServer | ToClient): EventSource {
  if (contract.direction === 'toClient') {
    return { fire: () => {}, heard: client.remote(contract).onClientEvent }
  }
  const remote = client.remote(contract)
  return { fire: (payload) => remote.fireServer(payload), heard: null }
}

function sourceOfInstance(remote: BaseRemoteEvent | null): EventSource {
  return { fire: (...args) => remote?.fireServer(...args), heard: remote?.onClientEvent ?? null }
}
