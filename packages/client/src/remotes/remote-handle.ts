import type { BaseRemoteEvent, InvokeOptions, RemoteFunction } from '@banyan/datamodel'
import type {
  AnswerOutput,
  Contract,
  ContractInput,
  ContractOutput,
  Request,
  ToClient,
  ToServer,
} from '@banyan/protocol'
import type { RemoteSignal } from './remote-signal.ts'

/** The end that fires. */
export interface ToServerHandle<Of extends ToServer> {
  /** Null until it has replicated. */
  readonly instance: BaseRemoteEvent | null
  /**
   * Before the join, or while the connection is lost, it waits; an unreliable one is dropped. Throws `invalidArgument`
   * for what cannot travel.
   */
  readonly fireServer: (payload: ContractInput<Of>) => void
}

/** The end that listens. */
export interface ToClientHandle<Of extends ToClient> {
  /** Null until it has replicated. */
  readonly instance: BaseRemoteEvent | null
  /** May be connected to before the join; what comes before the first listener is kept for it, unless unreliable. */
  readonly onClientEvent: RemoteSignal<ContractOutput<Of>>
}

/** The end that asks. */
export interface RequestHandle<Of extends Request> {
  /** Null until it has replicated. */
  readonly instance: RemoteFunction | null
  /** Rejects with a RemoteError; the deadline is the call's, else the contract's, else 10 s. */
  readonly invokeServer: (payload: ContractInput<Of>, options?: InvokeOptions) => Promise<AnswerOutput<Of>>
}

/** The client's end of a contract. */
export type RemoteHandle<Of extends Contract> = Of extends ToServer
  ? ToServerHandle<Of>
  : Of extends ToClient
    ? ToClientHandle<Of>
    : Of extends Request
      ? RequestHandle<Of>
      : never

/** Finds the client's end of a contract: the same object each time. Throws 'unknownRemote' for one that the definition lacks. */
export type RemoteLookup = <Of extends Contract>(contract: Of) => RemoteHandle<Of>
