import type { Hello } from '@banyan/protocol'
import { guestUserId } from '../players/guest-id.ts'
import { ServerError } from '../server-error.ts'

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

/** What a host's own code answered, checked: throws 'invalidIdentity', since it may be wrong for some clients only. */
export function expectIdentity(answer: unknown): Identity {
  if (typeof answer === 'object' && answer !== null && 'userId' in answer && 'name' in answer) {
    const { userId, name } = answer
    if (typeof userId === 'string' && userId !== '' && typeof name === 'string') return { userId, name }
  }
  throw new ServerError(
    'invalidIdentity',
    'cannot let "a client" in: authenticate did not answer an identity. Return { userId, name }, two texts, or throw.',
  )
}
