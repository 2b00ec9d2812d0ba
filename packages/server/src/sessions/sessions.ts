import {
  addPlayer,
  type Clock,
  type DataModel,
  type LeaveReason,
  Player,
  removePlayer,
} from '@banyan/datamodel'
import { type CloseCode, encodeClose } from '@banyan/protocol'
import type { CauseLog } from '../causes/cause-log.ts'
import type { Report } from '../isolation.ts'
import type { Identity } from '../join/identity.ts'
import { uniquePlayerName } from '../players/player-name.ts'
import { fillFromStarters } from '../players/starter-containers.ts'
import type { Resumption } from '../resumption.ts'
import type { Connection, Session } from './session.ts'

/** What a client is told when its connection is closed for good. */
export interface Farewell {
  readonly code: CloseCode
  readonly reason: string
}

/** All sessions of a place, by user: nobody is there twice. */
export interface Sessions {
  readonly size: number
  /** Whether anybody is connected. */
  readonly hasLive: boolean
  all(): Iterable<Session>
  find(userId: string): Session | null
  /** Null for a player who is leaving, has left, or is in another place. */
  ofPlayer(player: Player): Session | null
  /** Makes the Player, with its containers filled; `playerAdded` is queued. */
  open(identity: Identity): Session
  /** Gives the session a new connection; an older one is closed as taken over. */
  attach(session: Session, connection: Connection): void
  /** The channel closed: the grace period begins. Ignored for a connection that was replaced. */
  detach(session: Session, connection: Connection): void
  /** Closes the channel with a code, and the grace period begins. Runs no handlers, for a script's fire may cause it. */
  dismiss(session: Session, farewell: Farewell): void
  /** Ends the session now; the Player leaves once the handlers of `playerRemoving` have run. */
  end(session: Session, reason: LeaveReason, farewell: Farewell): void
}

export interface SessionsOptions {
  readonly game: DataModel
  readonly clock: Clock
  readonly causes: CauseLog
  readonly graceMs: number
  readonly resumption: Resumption
  readonly report: Report
  /** Makes what a session holds beside its Player. */
  readonly create: (player: Player) => Session
}

/** For all connections of a user but the newest. */
export const takenOver: Farewell = { code: 'takenOver', reason: 'You joined from somewhere else.' }

const removed: Farewell = { code: 'kicked', reason: 'You were removed from this place.' }

export function createSessions(options: SessionsOptions): Sessions {
  const { game, clock, causes, graceMs, resumption, report, create } = options
  const byUser = new Map<string, Session>()
  const byPlayer = new Map<Player, Session>()

  function goAway(session: Session): void {
    const cancelGrace = clock.after(graceMs, () => {
      end(session, 'timedOut', { code: 'sessionExpired', reason: 'The connection was lost for too long.' })
    })
    session.state = { kind: 'away', cancelGrace }
    const { player } = session
    causes.run({ kind: 'disconnect', player: player.name }, () => {
      player.connected = false
    })
  }

  function end(session: Session, reason: LeaveReason, farewell: Farewell): void {
    const { state, player } = session
    if (state.kind === 'ended') return
    session.state = { kind: 'ended' }
    if (state.kind === 'live') closeChannel(state.connection, farewell)
    if (state.kind === 'away') state.cancelGrace()
    session.stream.requests.abandon()
    byUser.delete(session.userId)
    byPlayer.delete(player)
    // Handlers that are running now, perhaps the one that kicks, must have ended before the Player goes.
    const leave = { kind: 'leave', player: player.name, reason, ...causes.here } as const
    resumption.afterHandlers('playerRemoving', () =>
      causes.run(leave, () => removePlayer(game, player, reason)),
    )
    resumption.run()
  }

  const players = game.getService('Players')
  // Destroyed or taken out of the tree by a script: the stay cannot go on without its Player. One listener for all
  // players, and one more for each that a script moves to another parent.
  players.childRemoved.connect((child) => {
    const session = child.isA(Player) ? byPlayer.get(child) : undefined
    if (session === undefined) return
    if (child.dataModel === null) return end(session, 'kicked', removed)
    const following = child.ancestryChanged.connect(() => {
      if (child.parent === players) following.disconnect()
      if (child.dataModel === null) end(session, 'kicked', removed)
    })
  })

  return {
    get size() {
      return byUser.size
    },
    get hasLive() {
      for (const { state } of byUser.values()) if (state.kind === 'live') return true
      return false
    },
    all: () => byUser.values(),
    find: (userId) => byUser.get(userId) ?? null,
    ofPlayer: (player) => byPlayer.get(player) ?? null,
    open({ userId, name }) {
      const taken = players.getPlayers()
      const free = uniquePlayerName(
        name,
        taken.map((other) => other.name),
      )
      const player = causes.run({ kind: 'join', player: free }, () => {
        const added = addPlayer(game, { userId, name: free })
        fillFromStarters(game, added, report)
        return added
      })
      const session = create(player)
      byUser.set(userId, session)
      byPlayer.set(player, session)
      return session
    },
    attach(session, connection) {
      const { state } = session
      if (state.kind === 'ended')
        return closeChannel(connection, { code: 'sessionExpired', reason: 'The session has ended.' })
      if (state.kind === 'away') state.cancelGrace()
      if (state.kind === 'live') {
        closeChannel(state.connection, takenOver)
      }
      session.state = { kind: 'live', connection }
      const { player } = session
      if (player.connected) return
      causes.run({ kind: 'reconnect', player: player.name }, () => {
        player.connected = true
      })
    },
    detach(session, connection) {
      if (session.state.kind !== 'live' || session.state.connection !== connection) return
      goAway(session)
      resumption.run()
    },
    dismiss(session, farewell) {
      if (session.state.kind !== 'live') return
      closeChannel(session.state.connection, farewell)
      goAway(session)
    },
    end,
  }
}

function closeChannel({ channel }: Connection, farewell: Farewell): void {
  channel.send(encodeClose(farewell))
  channel.close()
}
