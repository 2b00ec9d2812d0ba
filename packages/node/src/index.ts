export { createHost } from './create-host.ts'
export type { Host, HostMetrics } from './host.ts'
export type { HostOptions } from './host-options.ts'
export { type AttachmentOptions, attachEngine } from './http-attachment.ts'
export { NodeError, type NodeErrorCode } from './node-error.ts'
export type { AllowedOrigins } from './origin-check.ts'
export {
  createSocketTransport,
  type SocketTransport,
  type SocketTransportOptions,
} from './socket-transport.ts'
