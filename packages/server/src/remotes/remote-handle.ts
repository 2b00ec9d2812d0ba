import type { BaseRemoteEvent, Connection, Player, RemoteFunction } from '@banyan/datamodel'
import type {
  AnswerInput,
  Contract,
  ContractInput,
  ContractOutput,
  Request,
  ToClient,
  ToServer,
} from '@banyan/protocol'

/** A signal of what clients send, parsed by the contract's schema; the player is injected. */
export interface PlayerSignal<Payload> {
  connect(handler: (player: Player, payload: Payload) => unknown): Connection
  once(handler: (player: Player, payload: Payload) => unknown): Connection
  wait(options?: { readonly signal?: AbortSignal }): Promise<[player: Player, payload: Payload]>
}

/** What a request's handler gets beside its payload. */
export interface RequestContext {
  /** Aborts when the caller gives up, the deadline passes, or the player's session ends. */
  readonly signal: AbortSignal
}

/** Answers a request; may be asynchronous. */
export type RequestHandler<Of extends Request> = (
  player: Player,
  payload: ContractOutput<Of>,
  context: RequestContext,
) => AnswerInput<Of> | Promise<AnswerInput<Of>>

export interface ToServerHandle<Of extends ToServer> {
  readonly instance: BaseRemoteEvent
  readonly onServerEvent: PlayerSignal<ContractOutput<Of>>
}

/** Fires throw 'invalidPayload' for what the contract's schema refuses. */
export interface ToClientHandle<Of extends ToClient> {
  readonly instance: BaseRemoteEvent
  readonly fireClient: (player: Player, payload: ContractInput<Of>) => void
  readonly fireClients: (players: readonly Player[], payload: ContractInput<Of>) => void
  readonly fireAllClients: (payload: ContractInput<Of>) => void
}

export interface RequestHandle<Of extends Request> {
  readonly instance: RemoteFunction
  /** The one handler: the last assignment wins, null removes it. */
  set onServerInvoke(handler: RequestHandler<Of> | null)
}

/** The server's end of a contract. */
export type RemoteHandle<Of extends Contract> = Of extends ToServer
  ? ToServerHandle<Of>
  : Of extends ToClient
    ? ToClientHandle<Of>
    : Of extends Request
      ? RequestHandle<Of>
      : never

/** Finds the server's end of a contract; throws 'unknownContract' for one that is not in the place's definition. */
export type RemoteLookup = <Of extends Contract>(contract: Of) => RemoteHandle<Of>
