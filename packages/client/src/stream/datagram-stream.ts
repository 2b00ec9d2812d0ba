import type { Instance } from '@banyan/datamodel'
import { type Datagram, type EncodedArguments, unreliableExcess, unreliableRoomBytes } from '@banyan/protocol'
import type { ClientLog } from '../log.ts'
import { encodeOwnArguments, type Target } from './outgoing.ts'

/** What one task may fire; servers close sessions that send hundreds of frames at once. */
const taskCap = 64

/** The way up of unreliable fires. Keeps nothing beyond the task, and nothing at all without a channel. */
export interface DatagramStream {
  /** Sends when this task ends, or drops. Throws for arguments that cannot travel, whether they would be sent or not. */
  fire(target: Target, args: readonly unknown[]): void
  /** There is a channel to a session; fires are numbered from 1 on it. */
  open(): void
  /** The channel is gone, and with it what was to be sent. */
  close(): void
}

export interface DatagramStreamOptions {
  readonly log: ClientLog
  readonly isDevelopment: boolean
  /** Of the tree that arguments may refer to. */
  readonly home: Instance
  /** Runs a function when the current task has ended. */
  schedule(run: () => void): void
  /** Sent on the channel and not gone yet. */
  bufferedBytes(): number
  send(datagram: Datagram): void
}

/** Closed until `open`. */
export function createDatagramStream(options: DatagramStreamOptions): DatagramStream {
  const warned = new Set<string>()
  let waiting: { readonly target: Target; readonly args: EncodedArguments }[] = []
  let seq = 0
  let isOpen = false
  let isScheduled = false

  function warnOnce(name: string, line: string): void {
    if (!options.isDevelopment || warned.has(name)) return
    warned.add(name)
    options.log.warn(line)
  }

  function flush(): void {
    isScheduled = false
    const sending = waiting
    waiting = []
    for (const { target, args } of sending) {
      const remote = target.id()
      if (remote === 0) continue
      seq += 1
      options.send({ seq, remote, args })
    }
  }

  return {
    fire(target, args) {
      const encoded = encodeOwnArguments(target.name, args, options.home)
      const excess = unreliableExcess(target.name, encoded)
      if (excess !== null) return warnOnce(target.name, excess)
      // Asked now: when the task ends, its own calls are in the way.
      if (!isOpen || options.bufferedBytes() > unreliableRoomBytes) return
      if (waiting.length === taskCap) waiting.shift()
      waiting.push({ target, args: encoded })
      if (isScheduled) return
      isScheduled = true
      options.schedule(flush)
    },
    open() {
      isOpen = true
      seq = 0
      waiting = []
    },
    close() {
      isOpen = false
      waiting = []
    },
  }
}
