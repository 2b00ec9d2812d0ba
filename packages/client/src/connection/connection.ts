import type { Clock, Random } from '@banyan/datamodel'
import type { Channel, ClientTransport, CloseCode, DatagramLane } from '@banyan/protocol'
import type { PageLife } from '../page/page-life.ts'
import type { Identity } from '../storage/identity.ts'
import { backoffMs, refused } from './backoff.ts'
import {
  type ConnectionState,
  isFinal,
  isOutdated,
  type JoinStatus,
  type OutdatedCode,
} from './connection-state.ts'
import { createPulse } from './pulse.ts'

/** The way to the server: attempts, retries and silence. Knows nothing of what the frames say. */
export interface ClientConnection {
  readonly state: ConnectionState
  /** Begins attempts; does nothing while they are under way. */
  readonly connect: () => void
  /** Ends attempts for good; `last` is sent first when a channel is open. */
  close(last: Uint8Array): void
  /** False when there is no channel to send on. */
  send(frame: Uint8Array): boolean
  /** The way of datagrams: the channel's lane for them, or the channel itself. Null when there is none. */
  readonly datagrams: DatagramLane | null
  /** The server took the hello. */
  joined(status: JoinStatus, playerId: number): void
  /** The server said why it closes. */
  refused(code: CloseCode, reason: string): void
  /** Drops the channel and comes back on another. */
  restart(cause: string): void
}

/** What the connection works with, and whom it tells. */
export interface ConnectionOptions {
  readonly transport: ClientTransport
  readonly clock: Clock
  readonly random: Random
  readonly page: PageLife
  /** Who of the browser's clients is the newest. */
  readonly turns: Pick<Identity, 'takeTurn' | 'isOvertaken'>
  /** The first frame of each channel. */
  hello(): Uint8Array
  ping(): Uint8Array
  onFrame(frame: Uint8Array): void
  onState(state: ConnectionState): void
}

const attemptMs = 10_000
/** A join that lasted this long shows that the way is good: the next loss is retried quickly again. */
const stableMs = 1000

/** Idle until `connect`; listens to the page only while it tries or is connected. */
export function createConnection(options: ConnectionOptions): ClientConnection {
  const { clock, page, turns } = options
  const pulse = createPulse({
    clock,
    ping: () => send(options.ping()),
    onSilence: () => lose('the server is silent'),
  })
  let state: ConnectionState = Object.freeze({ kind: 'idle' })
  let channel: Channel | null = null
  /** Counts channels, so that what an abandoned one still says is ignored. */
  let generation = 0
  let attempt = 0
  let hasJoined = false
  /** The person went elsewhere with this page, and nobody else can bring it back. */
  let isLeft = false
  let cancelTimer = (): void => {}
  let stopPage = (): void => {}

  function setState(next: ConnectionState): void {
    state = Object.freeze(next)
    options.onState(state)
  }

  function send(frame: Uint8Array): boolean {
    channel?.send(frame)
    return channel !== null
  }

  function dropChannel(): void {
    generation += 1
    cancelTimer()
    pulse.stop()
    channel?.close()
    channel = null
  }

  function awaitAnswer(): void {
    cancelTimer()
    cancelTimer = clock.after(attemptMs, () => lose('the server did not answer'))
  }

  /** Without anybody's wish: the session stays with a newer client, whether it is connected or not. */
  function retry(): void {
    if (turns.isOvertaken()) end('takenOver', 'You joined from somewhere else.')
    else attemptNow()
  }

  function attemptNow(): void {
    cancelTimer()
    turns.takeTurn()
    attempt += 1
    generation += 1
    const own = generation
    // Whether this attempt fits is not known yet: it may be the same server.
    if (!hasJoined && state.kind !== 'outdated') setState({ kind: 'connecting', attempt })
    if (own !== generation) return
    awaitAnswer()
    channel = options.transport.connect({
      onOpen: () => {
        if (own === generation) send(options.hello())
      },
      onFrame: (frame) => {
        if (own !== generation) return
        pulse.heard()
        // A large snapshot may take its time over a slow line.
        if (state.kind !== 'joined') awaitAnswer()
        options.onFrame(frame)
      },
      onClose: (cause) => {
        if (own === generation) lose(cause)
      },
    })
  }

  function lose(cause: string): void {
    if (state.kind === 'outdated') return outdate(state.code, state.reason)
    dropChannel()
    const waitMs = backoffMs(Math.max(1, attempt), options.random)
    cancelTimer = clock.after(waitMs, retry)
    setState({ kind: 'reconnecting', attempt: attempt + 1, retryAtMs: clock.now() + waitMs, cause })
  }

  function outdate(code: OutdatedCode, reason: string): void {
    dropChannel()
    const waitMs = backoffMs(Math.max(1, attempt), options.random, refused)
    cancelTimer = clock.after(waitMs, retry)
    setState({ kind: 'outdated', code, reason, retryAtMs: clock.now() + waitMs })
  }

  function end(code: CloseCode, reason: string): void {
    dropChannel()
    stopPage()
    setState({ kind: 'closed', code, reason })
  }

  function wake(): void {
    const isWish = isLeft
    isLeft = false
    if (state.kind === 'joined') return pulse.start()
    if (channel !== null) return
    // Whoever goes back to a page wants to be there.
    if (isWish) attemptNow()
    else retry()
  }

  function leavePage(): void {
    lose('the page was left')
    // Its timers may run on for a moment; only a page that comes back may try again.
    cancelTimer()
    isLeft = true
  }

  return {
    get state() {
      return state
    },
    connect() {
      if (state.kind === 'outdated' && channel === null) return attemptNow()
      if (state.kind !== 'idle' && state.kind !== 'closed') return
      attempt = 0
      hasJoined = false
      isLeft = false
      const stops = [page.onWake(wake), page.onLeave(leavePage)]
      stopPage = () => {
        for (const stop of stops) stop()
      }
      attemptNow()
    },
    close(last) {
      if (state.kind === 'closed') return
      send(last)
      end('left', 'this client left')
    },
    send,
    get datagrams() {
      return channel?.datagrams ?? channel
    },
    joined(status, playerId) {
      hasJoined = true
      cancelTimer()
      cancelTimer = clock.after(stableMs, () => {
        attempt = 0
      })
      pulse.start()
      setState({ kind: 'joined', status, playerId })
    },
    refused(code, reason) {
      if (isOutdated(code)) outdate(code, reason)
      else if (isFinal(code)) end(code, reason)
      else lose(reason)
    },
    restart: lose,
  }
}
