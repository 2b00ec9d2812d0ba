import type { Server } from 'node:http'

/** What a system's server is given. */
export interface RemotesServerSetting {
  /** The system attaches itself; it may also open it, on any port of loopback. */
  readonly http: Server
  readonly clients: number
  /** To be called for each message of a flood, once it has been checked. */
  onFlood(value: number): void
}

export interface RemotesServer {
  /** To everyone, as soon as the system sends such things. */
  broadcast(text: string): void
  close(): Promise<void>
}

export interface RemotesClientSetting {
  readonly port: number
  onBroadcast(text: string): void
}

export interface RemotesClient {
  /** Resolves with the answer. */
  echo(value: number): Promise<number>
  flood(value: number): void
  close(): void
}

/** The adapter of one system. */
export interface RemotesSystem {
  readonly serve: (setting: RemotesServerSetting) => Promise<RemotesServer>
  readonly join: (setting: RemotesClientSetting) => Promise<RemotesClient>
}
