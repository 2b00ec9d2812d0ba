import type { Server } from 'node:http'
import type { Clock } from '@banyan/datamodel'
import type { ServerTransport } from '@banyan/protocol'
import type { DynamicPlaces, Log, Places } from '@banyan/server'
import type { AllowedOrigins } from './origin-check.ts'

/** What a host is made of; only the places have no default. */
export interface HostOptions {
  /** By name, made at the first join; or a function of the name that a client asked for, which may return null. */
  readonly places: Places
  /** Of the host's own HTTP server; 0 takes a free one. `PORT` in the environment, or 3000, when left out. */
  readonly port?: number
  /** The interface to listen on, such as `127.0.0.1`. Every one when left out, so that a phone nearby can join. */
  readonly address?: string
  /**
   * An HTTP server to attach to instead: what `createServer(app)` or Express's `app.listen()` returned, Fastify's
   * `app.server`, a dev server's. Put its own request listeners there before: later ones would answer the host's
   * requests too. It stays its owner's to listen and to close, after the host, whose lines would keep it open.
   */
  readonly server?: Server
  /** A folder to serve; only with a server of the host's own. */
  readonly static?: string
  /** Other web origins whose pages may connect; none when left out. */
  readonly origins?: AllowedOrigins
  /** How many places strangers may bring about by name, where `places` is a function. */
  readonly dynamic?: Partial<DynamicPlaces>
  /** Whether SIGINT and SIGTERM close the host. True for a server of the host's own, when left out. */
  readonly stopOnSignals?: boolean
  /** Stands between the sockets and the places, such as the `wrap` of a network made by `createNetwork`. */
  readonly wrapTransport?: (transport: ServerTransport) => ServerTransport
  /** How often a silent line is asked whether it lives, and how long it may take to answer: 5 s and 5 s when left out. */
  readonly heartbeat?: { readonly intervalMs: number; readonly timeoutMs: number }
  readonly clock?: Clock
  readonly log?: Log
}
