import type { Server } from 'node:http'

/** A client that says what it must and then nothing: what it costs itself is nobody's question here. */
export interface Visitor {
  /** Goes for good, as a page does that is closed. */
  leave(): void
}

/** The adapter of one system: a server without a world, and how to come to it. */
export interface MemorySystem {
  readonly serve: (setting: {
    /** The system attaches itself; it may also open it, on any port of loopback. */
    readonly http: Server
    readonly visitors: number
  }) => Promise<{ close(): Promise<void> }>
  /** Resolves once the server has let it in. */
  readonly visit: (port: number) => Promise<Visitor>
}
