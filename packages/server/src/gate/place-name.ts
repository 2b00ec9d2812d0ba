import { ServerError } from '../server-error.ts'

const pattern = /^[A-Za-z0-9_-]{1,64}$/

/** Place names go into URLs, logs and metrics, so they hold nothing that would need escaping there. */
export function isPlaceName(name: string): boolean {
  return pattern.test(name)
}

/** Throws 'invalidPlaceName' for names that the host's owner chose wrongly. */
export function expectPlaceName(name: string): string {
  if (isPlaceName(name)) return name
  throw new ServerError(
    'invalidPlaceName',
    `cannot name a place "${name}": a name has 1 to 64 of A-Z a-z 0-9 _ and -. Choose one that fits.`,
  )
}
