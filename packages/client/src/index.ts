export type { Client, ClientOptions } from './client.ts'
export type { ConnectionState, JoinStatus, OutdatedCode } from './connection/connection-state.ts'
export { createClient } from './create-client.ts'
export { createFrameSource, type FrameSource, type FrameSourceOptions } from './frames/frame-source.ts'
export {
  createInterpolator,
  type Interpolator,
  type InterpolatorOptions,
} from './interpolation/interpolator.ts'
export { type ClientLog, createConsoleLog } from './log.ts'
export { createPageLife, type PageLife } from './page/page-life.ts'
export type { Path } from './presence/path.ts'
export type { PresenceOptions } from './presence/presence.ts'
export { RemoteError } from './remote-error.ts'
export type {
  RemoteHandle,
  RemoteLookup,
  RequestHandle,
  ToClientHandle,
  ToServerHandle,
} from './remotes/remote-handle.ts'
export type { RemoteSignal } from './remotes/remote-signal.ts'
export type { Desync } from './sentinel/desync.ts'
export type { CreateSentinel } from './sentinel/late-sentinel.ts'
export {
  type ClientStorage,
  createBrowserStorage,
  createMemoryStorage,
  type KeyValueStore,
} from './storage/storage.ts'
export { createSocketTransport, type SocketTransportOptions } from './transport/socket-transport.ts'
