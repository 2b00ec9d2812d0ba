import type { Client } from '@banyan/client'
import { doorKey } from '../door/door.ts'
import { createDoor } from './create-door.ts'

/**
 * Opens a client's replica, remotes and connection to the test that drives this page; the returned function shuts the
 * door. For test builds only: whoever reaches the page's scripts could play in its player's name. Throws while another
 * client's door is open, since a test would not know which one it talks to.
 */
export function openDoor(client: Client): () => void {
  const known: unknown = Reflect.get(globalThis, doorKey)
  if (known !== undefined) {
    throw new Error(
      'cannot open a door: this page has one already. Shut it first with the function that opened it returned.',
    )
  }
  const door = createDoor(client)
  Reflect.set(globalThis, doorKey, door)
  return () => {
    if (Reflect.get(globalThis, doorKey) === door) Reflect.deleteProperty(globalThis, doorKey)
  }
}
