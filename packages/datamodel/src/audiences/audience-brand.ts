import type { AudienceId } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'
import type { Audience } from './audience.ts'

/** What stands behind an audience; only this package reads it. */
export interface AudienceState {
  readonly id: AudienceId
  readonly tree: Tree
  isDestroyed: boolean
}

/** Marks audiences for code that clients carry too, and that must not bring the class along. */
export const audienceKey = Symbol('banyan.audience')

/** Whether a value is an audience, of whatever kind. */
export function isAudience(value: unknown): value is Audience {
  return typeof value === 'object' && value !== null && audienceKey in value
}
