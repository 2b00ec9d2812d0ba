import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ProtocolError } from '../errors.ts'

/** How many messages a remote takes from one player: a steady rate, and how far above it for a moment. */
export interface RateLimit {
  readonly perSecond: number
  readonly burst: number
}

/** What a contract sets beside its schema; what is left out falls to the place's defaults. */
export interface ContractOptions {
  readonly rate?: RateLimit
  /** Of the encoded payload. */
  readonly maxBytes?: number
  /** Whether NaN and infinities from a client pass to the schema; `reject` when left out. */
  readonly allowNonFinite?: 'reject' | 'allow'
}

/** As ContractOptions, for events. */
export interface EventOptions extends ContractOptions {
  /**
   * Each fire travels by itself and at once, or not at all: it waits for nothing, is never repeated, and none is heard
   * after a newer one. Its arguments take at most 1,000 bytes. False when left out.
   */
  readonly unreliable?: boolean
}

/** As ContractOptions, for requests. */
export interface RequestOptions extends ContractOptions {
  /** How long the caller waits for the answer unless it says otherwise. */
  readonly deadlineMs?: number
}

/** An event that clients fire and the server hears. */
export interface ToServer<Payload extends StandardSchemaV1 = StandardSchemaV1> {
  readonly direction: 'toServer'
  readonly name: string
  readonly payload: Payload
  readonly options: EventOptions
}

/** An event that the server fires and clients hear. */
export interface ToClient<Payload extends StandardSchemaV1 = StandardSchemaV1> {
  readonly direction: 'toClient'
  readonly name: string
  readonly payload: Payload
  readonly options: EventOptions
}

/** A question that clients ask and the server answers. */
export interface Request<
  Payload extends StandardSchemaV1 = StandardSchemaV1,
  Answer extends StandardSchemaV1 = StandardSchemaV1,
> {
  readonly direction: 'request'
  readonly name: string
  readonly payload: Payload
  readonly answer: Answer
  readonly options: RequestOptions
}

/** What may pass between the sides under one name. Frozen, without state, shared by every place. */
export type Contract = ToServer | ToClient | Request

/** A contract before `defineRemotes` has named it. */
export type Unnamed<Of extends Contract> = Omit<Of, 'name'>

/** What the sender passes: the schema's input. */
export type ContractInput<Of extends Contract> = StandardSchemaV1.InferInput<Of['payload']>

/** What the handler gets: the schema's output. */
export type ContractOutput<Of extends Contract> = StandardSchemaV1.InferOutput<Of['payload']>

/** What a request's handler returns: the answer schema's input. */
export type AnswerInput<Of extends Request> = StandardSchemaV1.InferInput<Of['answer']>

/** What a request's caller gets: the answer schema's output. */
export type AnswerOutput<Of extends Request> = StandardSchemaV1.InferOutput<Of['answer']>

/** An event from clients to the server; takes any Standard Schema, which must be synchronous. */
export function toServer<Payload extends StandardSchemaV1>(
  payload: Payload,
  options: EventOptions = {},
): Unnamed<ToServer<Payload>> {
  return { direction: 'toServer', payload, options: checkOptions(options) }
}

/** An event from the server to clients; takes any Standard Schema, which must be synchronous. */
export function toClient<Payload extends StandardSchemaV1>(
  payload: Payload,
  options: EventOptions = {},
): Unnamed<ToClient<Payload>> {
  return { direction: 'toClient', payload, options: checkOptions(options) }
}

/** A question with an answer, each with a schema of its own. */
export function request<Payload extends StandardSchemaV1, Answer extends StandardSchemaV1>(
  payload: Payload,
  answer: Answer,
  options: RequestOptions = {},
): Unnamed<Request<Payload, Answer>> {
  return { direction: 'request', payload, answer, options: checkOptions(options) }
}

/** Whether a contract's fires may be lost. */
export function isUnreliable(contract: Contract): boolean {
  return contract.direction !== 'request' && contract.options.unreliable === true
}

function checkOptions<Options extends EventOptions & RequestOptions>(options: Options): Options {
  const numbers = {
    'rate.perSecond': options.rate?.perSecond,
    'rate.burst': options.rate?.burst,
    maxBytes: options.maxBytes,
    deadlineMs: options.deadlineMs,
  }
  for (const [name, value] of Object.entries(numbers)) {
    if (value === undefined || (Number.isFinite(value) && value > 0)) continue
    throw new ProtocolError(
      'invalidContract',
      `cannot make a contract with ${name} ${value}: a limit is a finite number above 0. Leave it out for the default.`,
    )
  }
  return Object.freeze({ ...options, ...(options.rate && { rate: Object.freeze({ ...options.rate }) }) })
}
