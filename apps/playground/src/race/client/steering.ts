/** What a driver can hold down, on keys or on the pads. */
export type Grip = 'left' | 'right' | 'brake'

/** The payload of the `steer` remote. */
export interface SteeringInput {
  readonly turn: number
  readonly isBraking: boolean
}

const gripOfCode: Readonly<Record<string, Grip>> = {
  ArrowLeft: 'left',
  KeyA: 'left',
  ArrowRight: 'right',
  KeyD: 'right',
  ArrowDown: 'brake',
  KeyS: 'brake',
}

/** The grip of a key by its place on the keyboard, so that WASD works on every layout. */
export function gripOf(code: string): Grip | null {
  return Object.hasOwn(gripOfCode, code) ? (gripOfCode[code] ?? null) : null
}

/** Left and right together cancel out; the throttle needs no key. */
export function steeringOf(held: ReadonlySet<Grip>): SteeringInput {
  return { turn: Number(held.has('right')) - Number(held.has('left')), isBraking: held.has('brake') }
}
