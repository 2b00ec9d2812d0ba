import type { Hello } from '@banyan/protocol'
import { guestUserId } from '../players/guest-id.ts'

/** Who someone is: an opaque id that is theirs alone, and the name that they wish for. */
export interface Identity {
  readonly userId: string
  readonly name: string
}

/** Decides who a client is from its hello, such as from `credentials`; a throw or rejection turns it away. */
export type Authenticate = (hello: Hello) => Identity | Promise<Identity>

/** Takes everyone in: the same browser and seat is the same guest. */
export function identifyGuest({ guestKey, name }: Hello): Identity {
  return { userId: guestUserId(guestKey), name }
}
