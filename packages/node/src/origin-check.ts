import type { IncomingMessage } from 'node:http'

/** Other web origins whose pages may connect, such as `https://example.org`; `any` switches the check off. */
export type AllowedOrigins = readonly string[] | 'any'

/**
 * Whether a page of the request's origin may open a connection. Browsers always name the origin, so a site that a
 * player visits cannot play in the player's name; programs that are no browsers name none and are let in.
 */
export function mayConnect(request: IncomingMessage, allowed: AllowedOrigins): boolean {
  const { origin, host } = request.headers
  if (allowed === 'any' || origin === undefined) return true
  if (allowed.some((other) => other.toLowerCase() === origin.toLowerCase())) return true
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}
