// The Node host: socket.io, HTTP, static files, signals of the process.
export {
  type AllowedOrigins,
  createHost,
  createSocketTransport,
  type Host,
  type HostMetrics,
  type HostOptions,
  NodeError,
  type NodeErrorCode,
  type SocketTransport,
  type SocketTransportOptions,
} from '@banyan/node'
