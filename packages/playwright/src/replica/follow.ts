import { randomUUID } from 'node:crypto'
import { createSystemClock } from '@banyan/protocol'
import type { Look } from '../door/door.ts'
import type { PageDoor } from '../player/page-door.ts'

/** How a wait for a replica ended; `last` is what it had then, null where the page never answered. */
export interface Followed {
  readonly isAccepted: boolean
  readonly last: Look | null
}

/** Follows a path in a page's replica, change by change and across reloads, until a look is accepted or the time is up. */
export async function follow(
  door: PageDoor,
  path: readonly string[],
  { accept, limitMs }: { readonly accept: (look: Look) => boolean; readonly limitMs: number },
): Promise<Followed> {
  const id = randomUUID()
  let last: Look | null = null
  let isLate = false
  const late = Promise.withResolvers<null>()
  const cancel = createSystemClock().after(limitMs, () => {
    isLate = true
    late.resolve(null)
  })
  /** A page that is closed or has no door ends the wait with that error. */
  const ask = <Answer>(answer: Promise<Answer>): Promise<Answer | null> => {
    // Who is late has its answer; what the page still says is nobody's.
    answer.catch(() => {})
    return Promise.race([answer, late.promise])
  }

  try {
    while (!isLate) {
      await ask(door.call('watch', id, path))
      for (let version = -1; !isLate; ) {
        const look: Look | null = await ask(door.call('next', id, version))
        // The watch went with its page.
        if (look === null) break
        last = look
        version = look.version
        if (accept(look)) return { isAccepted: true, last }
      }
    }
    return { isAccepted: false, last }
  } finally {
    cancel()
    door.call('unwatch', id).catch(() => {})
  }
}
