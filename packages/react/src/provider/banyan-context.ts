import type { Client } from '@banyan/client'
import { createContext, use } from 'react'

/** What the provider hands to the hooks. */
export interface BanyanScope {
  readonly client: Client
  /** Rendering to HTML: nothing will ever arrive, so what waits shows its fallback. */
  readonly isServer: boolean
  readonly suspenseTimeoutMs: number
}

/** Null outside of a provider. */
export const BanyanContext = createContext<BanyanScope | null>(null)

/** The nearest provider's scope; throws outside of one. */
export function useScope(): BanyanScope {
  const scope = use(BanyanContext)
  if (scope === null) {
    throw new Error(
      'cannot use a Banyan hook: there is no provider above. Render it within <BanyanProvider client={…}>.',
    )
  }
  return scope
}

/** The client itself, for imperative code. */
export function useClient(): Client {
  return useScope().client
}
