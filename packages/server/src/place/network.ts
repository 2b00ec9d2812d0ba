import { type Player, Signal } from '@banyan/datamodel'
import type { Channel, ChannelHandlers, Hello } from '@banyan/protocol'
import { base64url } from '../base64url.ts'
import { createDispatch } from '../inbox/dispatch.ts'
import { createInbox, type Inbox } from '../inbox/inbox.ts'
import { isolate } from '../isolation.ts'
import { createEntrance } from '../join/entrance.ts'
import { join } from '../join/join.ts'
import { CallLimits } from '../limits/call-limits.ts'
import { DropCounter } from '../limits/drop-counts.ts'
import { createLineLimit } from '../log/line-limit.ts'
import { DeliveryLog } from '../outbox/delivery-log.ts'
import { createOutbox, type Outbox } from '../outbox/outbox.ts'
import { answerTo } from '../remotes/answer.ts'
import { PendingRequests, type PendingRequestsOptions } from '../remotes/pending-requests.ts'
import { reportLine } from '../sentinel/desync-report.ts'
import { createSentinel } from '../sentinel/sentinel.ts'
import { Arrears } from '../sessions/arrears.ts'
import type { Session, Stream } from '../sessions/session.ts'
import { SessionTokens } from '../sessions/session-tokens.ts'
import { createSessions, type Sessions } from '../sessions/sessions.ts'
import type { PlaceSettings } from './place-options.ts'
import type { World } from './world.ts'

/** What connects a world to its clients. */
export interface Network {
  readonly inbox: Inbox
  readonly outbox: Outbox
  readonly sessions: Sessions
  readonly onThrottled: Signal<[player: Player, remoteName: string]>
  /** The drops of all sessions, ended ones included. */
  readonly drops: DropCounter
  readonly accept: (channel: Channel, hello: Hello) => ChannelHandlers
  /** Ends every session and lets nobody in any more. */
  close(reason: string): void
}

export function createNetwork(settings: PlaceSettings, world: World, tick: () => number): Network {
  const { clock, random, limits, log, name, definition } = settings
  const { game, causes, directory, report, resumption } = world
  const drops = new DropCounter()
  const onThrottled = new Signal<[player: Player, remoteName: string]>({
    name: 'onThrottled',
    queue: game.queue,
  })
  const lines = createLineLimit({
    clock,
    log: { ...log, warn: (line) => log.warn(`place "${name}": ${line}`) },
  })

  const told = new WeakMap<Session, { readonly frame: number; readonly names: Set<string> }>()

  /** Once for each remote and frame: a frame may hold thousands of calls over the rate. */
  function tellThrottled(session: Session, remoteName: string): void {
    const { frames: frame } = inbox.received
    const last = told.get(session)
    const names = last?.frame === frame ? last.names : new Set<string>()
    if (names.has(remoteName)) return
    names.add(remoteName)
    told.set(session, { frame, names })
    const { player } = session
    causes.run({ kind: 'remote', remote: remoteName, player: player.name }, () =>
      onThrottled.fire(player, remoteName),
    )
  }

  const requestOptions: PendingRequestsOptions = {
    clock,
    report,
    settled(player, request, outcome) {
      const session = sessions.ofPlayer(player)
      if (session === null) return
      outbox.deliver(
        session,
        answerTo(request, outcome, {
          contract: directory.contractOf(request.remote),
          deliveryBytes: limits.deliveries.bytes,
          report,
        }),
      )
      outbox.flushSoon(session)
    },
  }

  function createStream(player: Player): Stream {
    const requests = new PendingRequests(player, requestOptions)
    return { callSeq: 0, deliveries: new DeliveryLog(limits.deliveries), requests }
  }

  function createSession(player: Player): Session {
    return {
      player,
      userId: player.userId,
      tokens: new SessionTokens(random),
      limits: new CallLimits(limits, clock.now()),
      drops: new DropCounter(),
      beforeSeq: game.snapshot.seq,
      arrears: new Arrears(),
      state: { kind: 'away', cancelGrace: () => {} },
      newest: null,
      stream: createStream(player),
    }
  }

  const sessions = createSessions({
    game,
    clock,
    causes,
    graceMs: settings.graceMs,
    resumption,
    report,
    create: createSession,
  })
  const warned = new Set<string>()
  const sentinel =
    settings.sentinel === false
      ? null
      : createSentinel({
          game,
          everyPatches: settings.sentinel.everyPatches,
          patchesAfter: (seq, playerId) => outbox.patchesAfter(seq, playerId),
          desynced(found) {
            lines.warn(reportLine(found))
            isolate('onDesync', report, () => settings.onDesync(found))
          },
        })
  const outbox: Outbox = createOutbox({
    game,
    sessions,
    clock,
    limits,
    report,
    resumption,
    tick,
    sentinel,
    committed: (patch) => isolate('onCommit', report, () => settings.onCommit(patch)),
    hidden(instance, player) {
      const key = instance.getFullName()
      if (!settings.isDevelopment || warned.has(key)) return
      warned.add(key)
      log.warn(
        `place "${name}": "${key}" was sent to ${player.name}, who may not see it and gets null. Move it, or send plain data.`,
      )
    },
    oversize(remote, line) {
      const key = `size of ${remote.getFullName()}`
      if (!settings.isDevelopment || warned.has(key)) return
      warned.add(key)
      log.warn(`place "${name}": ${line}`)
    },
  })
  const dispatch = createDispatch({
    game,
    clock,
    causes,
    limits,
    directory,
    outbox,
    report,
    dropped(session, remoteName, { code, problem }) {
      session.drops.add(remoteName, code)
      drops.add(remoteName, code)
      if (code === 'throttled') tellThrottled(session, remoteName)
      // That a line reorders is nobody's mistake.
      else if (settings.isDevelopment && code !== 'late')
        lines.warn(`dropped a call of "${remoteName}" by "${session.player.name}": ${problem}`)
    },
  })
  const inbox = createInbox({ clock, dispatch, limits, lines, outbox, resumption, sentinel, sessions })
  const epoch = base64url(random.bytes(9))
  const entrance = createEntrance({
    clock,
    definitionHash: definition.hash,
    inbox,
    lines,
    sessions,
    authenticate: settings.authenticate,
    report,
    join: (arrival) =>
      join({ game, clock, epoch, limits, outbox, sessions, tickHz: settings.tickHz, createStream }, arrival),
  })

  return {
    inbox,
    outbox,
    sessions,
    onThrottled,
    drops,
    accept: entrance.enter,
    close(reason) {
      const farewell = { code: 'serverClosing', reason } as const
      entrance.close(farewell)
      for (const session of sessions.all()) sessions.end(session, 'placeClosed', farewell)
      outbox.close()
    },
  }
}
