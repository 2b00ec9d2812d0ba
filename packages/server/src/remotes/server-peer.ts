import {
  isUnreliableRemote,
  isVisibleNow,
  type Peer,
  type Player,
  requireOwnInstances,
} from '@banyan/datamodel'
import { encodeArguments } from '@banyan/protocol'
import type { Outbox } from '../outbox/outbox.ts'
import { OutgoingEvent, sizeOfOutgoing } from '../outbox/queued-delivery.ts'
import { ServerError } from '../server-error.ts'
import type { Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { RemoteDirectory } from './remote-directory.ts'
import { checkOutgoing } from './remote-lookup.ts'

/** What a peer works with. */
export interface PeerParts {
  readonly directory: RemoteDirectory
  readonly outbox: Outbox
  readonly sessions: Sessions
  /** What one delivery may take at most. */
  readonly deliveryBytes: number
}

/**
 * What the tree's remotes call on the server. Arguments are encoded once, whatever the number of players. The parts are
 * asked for at each call, because they need the tree, and the tree needs its peer.
 */
export function createServerPeer(parts: () => PeerParts): Peer {
  function receivers(players: readonly Player[] | 'all', sessions: Sessions): readonly Session[] {
    if (players === 'all') return [...sessions.all()]
    // Whoever is leaving hears nothing more.
    return players.flatMap((player) => sessions.ofPlayer(player) ?? [])
  }

  return {
    fireServer: (remote) => {
      throw clientOnly('fireServer', remote.name)
    },
    invokeServer: (remote) => Promise.reject(clientOnly('invokeServer', remote.name)),
    fireClients(remote, players, args) {
      const { directory, outbox, sessions, deliveryBytes } = parts()
      const contract = directory.contractOf(remote)
      if (contract !== null) {
        if (contract.direction !== 'toClient') throw wrongDirection(remote.name)
        checkOutgoing(contract, args)
      }
      const encoded = encodeArguments(args)
      requireOwnInstances(remote, { action: 'fire', name: remote.name }, encoded.instances)
      const able = receivers(players, sessions).filter(({ player }) => isVisibleNow(remote, player.id))
      if (isUnreliableRemote(remote)) return outbox.fireUnreliable({ remote, args: encoded }, able)
      const outgoing = new OutgoingEvent(remote, encoded)
      const bytes = sizeOfOutgoing(outgoing)
      if (bytes > deliveryBytes) throw tooLarge(remote.name, bytes, deliveryBytes)
      for (const session of able) outbox.deliver(session, outgoing)
    },
    kick(player, reason) {
      const { sessions } = parts()
      const session = sessions.ofPlayer(player)
      if (session !== null) sessions.end(session, 'kicked', { code: 'kicked', reason })
    },
  }
}

function wrongDirection(name: string): ServerError {
  return new ServerError(
    'wrongDirection',
    `cannot fire "${name}" to clients: its contract goes to the server. Define one with toClient.`,
  )
}

function tooLarge(name: string, bytes: number, limit: number): ServerError {
  return new ServerError(
    'invalidPayload',
    `cannot fire "${name}": its arguments take ${bytes} bytes, and no more than ${limit} may wait for a client. Put them into the tree, or fire them in parts over several ticks.`,
  )
}

function clientOnly(action: string, name: string): ServerError {
  return new ServerError(
    'wrongDirection',
    `cannot ${action} "${name}" on the server: only clients do. Fire a BindableEvent instead.`,
  )
}
