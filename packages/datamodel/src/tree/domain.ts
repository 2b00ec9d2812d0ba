import type { ClassSchema } from '../schema/class-schema.ts'

/**
 * The audience that a set of instances shares: `everyone`, `nobody` (the server alone), or the id of the one Player who
 * may see them.
 */
export type Domain = number

/** Visible to all players. */
export const everyone: Domain = 0

/** Visible to the server alone. */
export const nobody: Domain = -1

/** The domains that a player sees; a stranger (null) sees what everyone sees. */
export function domainsOf(playerId: number | null): readonly Domain[] {
  return playerId === null ? [everyone] : [everyone, playerId]
}

/** Whether those who see all of `domain` may see something of domain `target`. */
export function mayDomainSee(domain: Domain, target: Domain): boolean {
  return target !== nobody && (target === everyone || target === domain)
}

/** The domain of a child: rules only narrow. `ownerId` is the nearest Player at or above it, or null. */
export function narrowDomain(
  parent: Domain,
  audience: ClassSchema['audience'],
  ownerId: number | null,
): Domain {
  if (parent === nobody || audience === 'nobody') return nobody
  if (audience === 'inherit') return parent
  if (ownerId === null) return nobody
  return parent === everyone || parent === ownerId ? ownerId : nobody
}
