export { createManualClock, type ManualClock } from './clocks/manual-clock.ts'
export { createSystemClock } from './clocks/system-clock.ts'
export type { Decoded } from './codec/bytes/decoded.ts'
export { withHead } from './codec/bytes/frame-writer.ts'
export type { ClassNumberOf } from './codec/operations/run.ts'
export { decodeSegment } from './codec/operations/segment-reader.ts'
export { encodeCommitted, encodeSegment } from './codec/operations/segment-writer.ts'
export {
  type DecodeArgumentsOptions,
  type DecodedArguments,
  decodeArguments,
  type EncodedArguments,
  encodeArguments,
  type SharedArguments,
} from './codec/values/arguments-codec.ts'
export { ProtocolError, type ProtocolErrorCode } from './errors.ts'
export { defineGame, type GameDefinition, type GameParts } from './game-definition.ts'
export { type Datagram, encodeDatagramDown, encodeDatagramUp } from './messages/datagram.ts'
export { DatagramOrder } from './messages/datagram-order.ts'
export { type Close, type CloseCode, encodeClose } from './messages/down/close.ts'
export type { Delivery } from './messages/down/delivery.ts'
export { type DownMessage, type DownRuns, decodeDown, decodeDownRuns } from './messages/down/down-message.ts'
export {
  appendSession,
  type EncodedPatch,
  encodePatches,
  type Patches,
  type PatchRuns,
  type PatchStamp,
  type ReceivedPatch,
  type SessionPart,
} from './messages/down/patches.ts'
export { encodePong, type Pong } from './messages/down/pong.ts'
export { addNews, decodeNews, type EncodedNews, type SentinelNews } from './messages/down/sentinel-news.ts'
export { encodeSnapshotPart, type SnapshotPart, type SnapshotRuns } from './messages/down/snapshot.ts'
export {
  encodeWelcome,
  type Welcome,
  type WelcomeHeader,
  type WelcomeStatus,
} from './messages/down/welcome.ts'
export type { RemoteErrorCode } from './messages/remote-error-code.ts'
export { isUnreliableFrame } from './messages/unreliable-frame.ts'
export { type Ack, encodeAck } from './messages/up/ack.ts'
export { type Call, type Calls, encodeCalls } from './messages/up/calls.ts'
export { encodeHello, type Hello, type Resume } from './messages/up/hello.ts'
export { encodeLeave } from './messages/up/leave.ts'
export { encodePing, type Ping } from './messages/up/ping.ts'
export {
  encodeSentinelCall,
  type FoundDifference,
  foundDifferencesCap,
  type SentinelCall,
} from './messages/up/sentinel-call.ts'
export { type DecodedUp, decodeUp, type UpMessage, upFrameByteCap } from './messages/up/up-message.ts'
export type { Flap, LineConditions, NetworkConditions, SettledConditions } from './network/conditions.ts'
export { createNetwork } from './network/create-network.ts'
export type { Network, NetworkOptions } from './network/network.ts'
export type { Direction, Fate, FrameEvent, NetworkEvent } from './network/network-event.ts'
export { deriveSeed } from './random/derived-seed.ts'
export { createSeededRandom } from './random/seeded-random.ts'
export { createSystemRandom } from './random/system-random.ts'
export {
  type AnswerInput,
  type AnswerOutput,
  type Contract,
  type ContractInput,
  type ContractOptions,
  type ContractOutput,
  type EventOptions,
  isUnreliable,
  type RateLimit,
  type Request,
  type RequestOptions,
  request,
  type ToClient,
  type ToServer,
  toClient,
  toServer,
  type Unnamed,
} from './remotes/contract.ts'
export { defineRemotes, type NamedContracts, type RemoteContracts } from './remotes/define-remotes.ts'
export { type Parsed, parse } from './remotes/schema.ts'
export { unreliableExcess, unreliableRoomBytes } from './remotes/unreliable-payload.ts'
export {
  createMemoryTransport,
  type MemoryTransport,
  type MemoryTransportOptions,
} from './transports/memory-transport.ts'
export type {
  Channel,
  ChannelHandlers,
  ClientTransport,
  ConnectHandlers,
  DatagramLane,
  ServerTransport,
} from './transports/transport.ts'
export { protocolVersion } from './version.ts'
