import type { Clock } from '@banyan/datamodel'
import { type Channel, type ChannelHandlers, createSystemClock, type ServerTransport } from '@banyan/protocol'
import { Decoder, Encoder } from '@banyan/protocol/socket-parser'
import { Server as Engine, type Socket as EngineSocket } from 'engine.io'
import { Server as SocketServer } from 'socket.io'
import { createEarlyFrames } from './early-frames.ts'
import { createLineEnds } from './line-ends.ts'
import { type AllowedOrigins, mayConnect } from './origin-check.ts'
import { SocketChannel, type SocketChannelOptions } from './socket-channel.ts'
import { type StraightLine, straightLineOf } from './straight-line.ts'
import { createMessagePreparation } from './websocket-message.ts'

/** How long a line may say nothing before its greeting. */
const greetingMs = 10_000

/** socket.io as a transport; it serves nothing until its engine is attached to an HTTP server. */
export interface SocketTransport extends ServerTransport {
  readonly engine: Engine
  readonly connections: number
  /** Ends every connection; what was sent before still leaves, but no line has more than two seconds for it. */
  close(): Promise<void>
}

export interface SocketTransportOptions {
  /** A longer message ends its connection before it is read whole. */
  readonly maxMessageBytes: number
  readonly origins: AllowedOrigins
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number }
  readonly clock?: Clock
  /** Gets what a channel's handlers throw. */
  readonly report: (error: unknown) => void
  /** Hears why a line was cut that did not speak the protocol; what strangers can cause, so not to be logged without a limit. */
  readonly refused?: (problem: string) => void
  /** For tests: null leaves everything to the engine, as it is where the engine is not the one that we know. */
  readonly straightLineOf?: (connection: EngineSocket) => StraightLine | null
}

export function createSocketTransport(options: SocketTransportOptions): SocketTransport {
  const { origins, heartbeat, report, refused = () => {}, clock = createSystemClock() } = options
  const engine = new Engine({
    transports: ['websocket', 'polling'],
    pingInterval: heartbeat.intervalMs,
    pingTimeout: heartbeat.timeoutMs,
    maxHttpBufferSize: options.maxMessageBytes,
    // Deflate costs ten times the CPU and does not shrink binary patches.
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest: (request, answer) => answer(null, mayConnect(request, origins)),
    ...(origins.length === 0 ? {} : { cors: { origin: origins === 'any' ? '*' : [...origins] } }),
  })
  const io = new SocketServer({
    parser: { Encoder, Decoder: greetingDecoder(refused) },
    serveClient: false,
  })
  io.bind(engine)
  const lineEnds = createLineEnds<EngineSocket>(clock)
  const earlyFrames = createEarlyFrames()
  /** How to cancel the deadlines of those that have not greeted. */
  const silent = new Map<EngineSocket, () => void>()
  const heard = (connection: EngineSocket): void => {
    silent.get(connection)?.()
    silent.delete(connection)
  }
  engine.on('connection', (connection: EngineSocket) => {
    // A polling connection's lines are the HTTP server's.
    if (connection.transport.name === 'websocket') lineEnds.follow(connection, connection.request.socket)
    // Discarding, because one who never polls would never hear of a closing either.
    silent.set(
      connection,
      clock.after(greetingMs, () => connection.close(true)),
    )
    earlyFrames.hold(connection)
    // Not `once`, whose wrapper is larger than the listener.
    connection.on('close', () => {
      heard(connection)
      earlyFrames.take(connection)
      lineEnds.ended(connection)
    })
    // The first HTTP request of a connection would otherwise be kept as long as the connection.
    Reflect.set(connection, 'request', null)
  })

  const channelOptions: SocketChannelOptions = {
    prepare: createMessagePreparation(),
    straightLineOf: options.straightLineOf ?? straightLineOf,
    report,
    refused,
    ended: lineEnds.ended,
  }
  let accept: ((channel: Channel) => ChannelHandlers) | null = null
  io.on('connection', (socket) => {
    heard(socket.conn)
    const early = earlyFrames.take(socket.conn)
    const channel = new SocketChannel(socket, channelOptions)
    if (accept === null) return channel.close()
    try {
      channel.hear(accept(channel), early)
    } catch (error) {
      report(error)
      channel.close()
    }
  })

  return {
    engine,
    get connections() {
      return engine.clientsCount
    },
    listen(onChannel) {
      accept = onChannel
      return () => {
        if (accept === onChannel) accept = null
      }
    },
    async close() {
      accept = null
      io.disconnectSockets(true)
      // The engine drops what it has not passed on yet, so its lines end before it does.
      await lineEnds.endAll()
      await io.close()
    },
  }
}

/**
 * Frames go from the engine to their channel; socket.io sees one greeting and one goodbye. Anything else closes the
 * line: a second greeting would put a second channel on it, and events and namespaces would escape every limit.
 */
function greetingDecoder(refused: (problem: string) => void): typeof Decoder {
  return class extends Decoder {
    private hasGreeted = false

    override add(data: unknown): void {
      // An empty text message comes as undefined.
      if (typeof data === 'object') return
      if (typeof data !== 'string' || (this.hasGreeted ? data !== '1' : !/^0(?:\{|$)/.test(data))) {
        refused('a text message is neither greeting nor goodbye')
        throw new Error('not a greeting')
      }
      this.hasGreeted = true
      super.add(data)
    }
  }
}
