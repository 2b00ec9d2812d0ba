import type { Client } from 'banyan/client'

/** Lets browser tests look into the replica. In any other build this is an empty function, and the import is not there. */
export function openTestDoor(client: Client): void {
  if (import.meta.env.MODE !== 'test') return
  import('@banyan/playwright/page').then(
    ({ openDoor }) => openDoor(client),
    (error: unknown) => console.error('the door did not open', error),
  )
}
