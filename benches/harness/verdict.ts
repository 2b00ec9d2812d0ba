import { median } from './statistics.ts'

/** A median of one run: a quantity of a system in a case. */
export interface Figure {
  readonly case: string
  readonly system: string
  readonly quantity: string
}

/** What Banyan promises: one figure as a multiple of another, or by itself where `to` is null. */
export interface Target {
  readonly says: string
  readonly of: Figure
  readonly to: Figure | null
  readonly bound: { readonly most: number } | { readonly least: number }
}

export type Verdict =
  | { readonly kind: 'met' | 'missed'; readonly value: number }
  /** A system did not run, or its figure needs what it has not got. */
  | { readonly kind: 'unmeasured' }

/** The figures of all rounds by case, system and quantity; empty for what was not measured. */
export type ValuesOf = (figure: Figure) => readonly number[]

export function judge({ of, to, bound }: Target, valuesOf: ValuesOf): Verdict {
  const value = middle(valuesOf(of)) / (to === null ? 1 : middle(valuesOf(to)))
  if (!Number.isFinite(value)) return { kind: 'unmeasured' }
  const isMet = 'most' in bound ? value <= bound.most : value >= bound.least
  return { kind: isMet ? 'met' : 'missed', value }
}

/** NaN of nothing. */
export function middle(values: readonly number[]): number {
  return median(values.filter(Number.isFinite))
}
