import {
  type AnyInstanceClass,
  DataModel,
  type Instance,
  isUnreliableRemote,
  type Peer,
  type Player,
} from '@banyan/datamodel'
import { createSystemClock, createSystemRandom } from '@banyan/protocol'
import type { Client, ClientOptions } from './client.ts'
import { createServerClock } from './clock/server-clock.ts'
import { type ClientConnection, createConnection } from './connection/connection.ts'
import type { ConnectionState } from './connection/connection-state.ts'
import { createHolders } from './connection/holders.ts'
import { createReadiness } from './connection/readiness.ts'
import { createFrameSource } from './frames/frame-source.ts'
import { createListeners } from './listeners.ts'
import { createConsoleLog } from './log.ts'
import { createPageLife } from './page/page-life.ts'
import { createPageReload } from './page/page-reload.ts'
import { findByPath, type Path } from './presence/path.ts'
import { createPresence, type PresenceOptions } from './presence/presence.ts'
import { createRemotes, targetOf } from './remotes/remotes.ts'
import { createSession } from './session/session.ts'
import { createIdentity } from './storage/identity.ts'
import { createBrowserStorage } from './storage/storage.ts'
import { encodeCall } from './stream/outgoing.ts'
import { createSocketTransport } from './transport/socket-transport.ts'

/** Makes a client and an empty replica. Nothing is sent before `connect` or `retain`. */
export function createClient(options: ClientOptions): Client {
  const { definition, place = 'main', clock = createSystemClock(), random = createSystemRandom() } = options
  const {
    log = createConsoleLog(),
    storage = createBrowserStorage(),
    schedule = (run) => queueMicrotask(run),
  } = options
  const serverClock = createServerClock(clock)
  const stateListeners = createListeners('the connection', log)
  const readiness = createReadiness(place)
  let localPlayer: Player | null = null

  const peer: Peer = {
    fireServer(remote, args) {
      const target = targetOf(remote)
      if (isUnreliableRemote(remote)) session.fireUnreliable(target, args)
      else session.push({ kind: 'event', target, args: encodeCall(remote.name, args, remote) })
    },
    invokeServer: (remote, args, how) => session.requests.invoke(targetOf(remote), args, how),
    // The tree refuses it on a client before it comes here.
    fireClients: () => {},
    kick: () => close(),
  }
  const game = new DataModel({
    definition,
    clock,
    peer,
    report: (error, source) => log.error(`a handler of "${source}" failed`, error),
    warn: (message) => log.warn(message),
    // After a fault the tree may hold half a patch, which the next snapshot mends; nobody may see it before.
    schedule: (run) => schedule(() => session.replica.whenWhole(run)),
    isDevelopment: options.isDevelopment ?? false,
  })
  const { url = null, seat = null } = options
  const identity = createIdentity({ storage, random, clock, url, place, seat })
  const session = createSession({
    definition,
    game,
    clock,
    serverClock,
    log,
    isDevelopment: options.isDevelopment ?? false,
    place,
    schedule,
    createSentinel: options.sentinel ?? null,
    onDesync: (desync) => {
      try {
        options.onDesync?.(desync)
      } catch (error) {
        log.error('onDesync failed', error)
      }
    },
    name: options.name ?? '',
    credentials: options.credentials ?? null,
    identity,
    connection: () => connection,
  })
  // Credentials that cannot travel are a mistake of the caller, who is told now rather than at each attempt.
  session.hello()
  const presence = createPresence({ game, clock, log })
  const remotes = createRemotes({
    game,
    contracts: definition.remotes,
    requests: session.requests,
    push: session.push,
    fireUnreliable: session.fireUnreliable,
  })
  const connection: ClientConnection = createConnection({
    transport:
      options.transport ??
      createSocketTransport({
        ...(options.url === undefined ? {} : { url: options.url }),
        report: (error) => log.error('the connection failed', error),
      }),
    clock,
    random,
    page: options.page ?? createPageLife(),
    turns: identity,
    hello: session.hello,
    ping: session.ping,
    onFrame: session.onFrame,
    onState: follow,
  })
  const frames = options.frames ?? createFrameSource({ clock, log })

  game.observeStructure(() => {
    remotes.rebind()
    presence.check()
    // Who was hidden and is shown again has another handle.
    if (localPlayer !== null) localPlayer = game.getService('Players').localPlayer ?? localPlayer
  })

  const pageReload =
    options.reloadsWhenOutdated === true
      ? createPageReload({ item: `banyan.reloaded.${place}${seat === null ? '' : `.${seat}`}` })
      : null

  function follow(state: ConnectionState): void {
    if (state.kind === 'joined') localPlayer = game.getService('Players').localPlayer
    else session.pause()
    presence.setJoined(state.kind === 'joined')
    readiness.follow(state)
    if (state.kind === 'closed') {
      session.end(state.reason)
      remotes.close()
      presence.close(state.reason)
    }
    if (state.kind === 'joined') pageReload?.permit()
    stateListeners.call()
    if (state.kind === 'outdated') pageReload?.request()
  }

  const holders = createHolders({ clock, open: reopen, close })

  function close(): void {
    holders.cancel()
    connection.close(session.leave())
  }

  /** A view that mounts again must not undo what the server decided. */
  function reopen(): void {
    const { state } = connection
    if (state.kind === 'idle' || (state.kind === 'closed' && state.code === 'left')) connection.connect()
  }

  function find<Of extends Instance>(path: Path, made: AnyInstanceClass<Of> | null = null): Instance | null {
    return findByPath(game, path, made)
  }

  function whenPresent(path: Path, made: AnyInstanceClass | null = null, how: PresenceOptions = {}) {
    return presence.whenPresent(path, made, how)
  }

  return {
    game,
    frames,
    clock,
    get state() {
      return connection.state
    },
    get ready() {
      return readiness.promise
    },
    get localPlayer() {
      return localPlayer
    },
    get patchTimeMs() {
      return session.replica.timeMs
    },
    get roundTripMs() {
      return serverClock.roundTripMs
    },
    onState: stateListeners.add,
    remote: remotes.lookup,
    connect: connection.connect,
    close,
    retain: holders.retain,
    serverTime: serverClock.now,
    // Both look for the class that they return.
    find: find as Client['find'],
    whenPresent: whenPresent as Client['whenPresent'],
    suspend: presence.suspend,
  }
}
