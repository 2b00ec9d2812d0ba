import type { Peer } from '../src/peer.ts'

/** A peer that writes down what it is given. */
export interface FakePeer extends Peer {
  readonly calls: unknown[][]
}

export function createFakePeer(): FakePeer {
  const calls: unknown[][] = []
  return {
    calls,
    fireServer: (remote, args) => void calls.push(['fireServer', remote.name, ...args]),
    fireClients: (remote, players, args) =>
      void calls.push([
        'fireClients',
        remote.name,
        players === 'all' ? 'all' : players.map(({ name }) => name),
        ...args,
      ]),
    invokeServer: async (remote, args, options) => {
      calls.push(['invokeServer', remote.name, options, ...args])
      return 'answer'
    },
    kick: (player, reason) => void calls.push(['kick', player.name, reason]),
  }
}
