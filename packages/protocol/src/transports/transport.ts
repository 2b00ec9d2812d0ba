/**
 * A way beside a channel's own for frames that may be lost, late or overtaken, such as the datagrams of WebTransport or an
 * unordered data channel of WebRTC. It takes frames of up to 1,200 bytes; the other end hears them in `onFrame`.
 */
export interface DatagramLane {
  /** Sends the frame now or drops it, and resends nothing. Ignored once the channel is closed. */
  send(frame: Uint8Array): void
  /** Bytes that have not left this end; above 16 KiB nobody sends more. */
  readonly bufferedBytes: number
}

/** One end of an open line that carries frames in order and loses none while it is open. */
export interface Channel {
  /** The frame belongs to the transport from now on: the caller must not write to it again. Ignored once closed. */
  send(frame: Uint8Array): void
  /** Frames sent before still arrive; nothing is received after it. Both ends hear `onClose` once. */
  close(): void
  /** Bytes sent that have not left this end; what a slow reader is told by. */
  readonly bufferedBytes: number
  /** Where a transport has such a way. Where not, datagrams go with the other frames, and are dropped rather than queued behind them. */
  readonly datagrams?: DatagramLane
}

/** What an end wants to hear. None of these runs inside a call of `send`, `close`, `listen` or `connect`. */
export interface ChannelHandlers {
  /** The frame belongs to the handler, which may keep views into it. */
  onFrame(frame: Uint8Array): void
  /** Called once, last, with a word for logs. */
  onClose(cause: string): void
}

/** The handlers of the connecting end. */
export interface ConnectHandlers extends ChannelHandlers {
  /** Frames may be sent from now on. The other end may yet refuse the channel, which `onClose` tells, as of an attempt that came to nothing. */
  onOpen(): void
}

/** Where channels come in. */
export interface ServerTransport {
  /** Calls for each new channel, which is open already; the returned function refuses further ones. */
  listen(onChannel: (channel: Channel) => ChannelHandlers): () => void
}

/** Where channels are asked for. */
export interface ClientTransport {
  /** Makes one attempt; trying again is the caller's business. */
  connect(handlers: ConnectHandlers): Channel
}
