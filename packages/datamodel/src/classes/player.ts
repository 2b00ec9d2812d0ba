import { DataModelError } from '../errors.ts'
import { nodeOf } from '../instance/node.ts'
import { bool } from '../properties/boolean.ts'
import { reference } from '../properties/reference.ts'
import { string } from '../properties/strings.ts'
import { defineClass } from '../schema/define-class.ts'
import { requirePeer } from './peer-access.ts'
import type { Team } from './world.ts'

/** One person in a place, for as long as the grace period lets them be away. Only a place makes players. */
export class Player extends defineClass('Player', {
  isPlaceMade: true,
  properties: {
    /** Opaque and stable for one person. */
    userId: string(''),
    /** False while the connection is lost and the grace period runs. */
    connected: bool(true),
    team: reference<Team>(),
  },
}) {
  /** What only this player sees of their interface. */
  get playerGui(): PlayerGui | null {
    return this.findFirstChildOfClass(PlayerGui)
  }

  /** What only this player sees of their inventory. */
  get backpack(): Backpack | null {
    return this.findFirstChildOfClass(Backpack)
  }

  /** Ends the session with a reason that the player is shown; on a client only the local player's. */
  kick(reason = 'You were removed from this place.'): void {
    const { side, peer } = requirePeer(this, 'kick')
    const localPlayerId = nodeOf(this).tree?.localPlayerId ?? null
    if (side === 'client' && localPlayerId !== this.id) {
      throw new DataModelError(
        'wrongSide',
        `cannot kick "${this.name}": a client may kick its own player only. Ask the server by a remote.`,
      )
    }
    peer.kick(this, reason)
  }
}

/** Its content reaches its player alone. */
export class PlayerGui extends defineClass('PlayerGui', { isPlaceMade: true, visibleTo: 'owner' }) {}

/** Its content reaches its player alone. */
export class Backpack extends defineClass('Backpack', { isPlaceMade: true, visibleTo: 'owner' }) {}
