import { defineClass, defineGame, float32, type Instance, int, Model } from 'banyan'
import type { Entity } from '../../world.ts'

/** An entity as an instance; its name is the instance's own. */
export const Mover = defineClass('Mover', {
  extends: Model,
  properties: { x: float32(0), y: float32(0), z: float32(0), rotation: float32(0), hp: int(0) },
})
export type Mover = InstanceType<typeof Mover>

export const definition = defineGame({ classes: [Mover] })

/** The movers below an instance, in their order. */
export function moversOf(parent: Instance): readonly Mover[] {
  return parent.getChildren().filter((child) => child.isA(Mover))
}

/** Both sides are read in the same way. */
export function entitiesOf(movers: readonly Mover[]): readonly Entity[] {
  return movers.map(({ name, x, y, z, rotation, hp }) => ({ name, x, y, z, rotation, hp }))
}
