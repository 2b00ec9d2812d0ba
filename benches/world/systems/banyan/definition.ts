import { defineClass, defineGame, float, float32, type Instance, int, Model } from 'banyan'
import type { Entity } from '../../entity.ts'
import type { Precision } from '../../workload.ts'

/** An entity as a class, in the precision that its schema declares; the name is the instance's own. */
export function defineWorld(precision: Precision) {
  const coordinate = precision === 'single' ? float32(0) : float(0, { precision: 0.01 })
  const Mover = defineClass('Mover', {
    extends: Model,
    properties: { x: coordinate, y: coordinate, z: coordinate, rotation: float32(0), hp: int(0) },
  })
  return { Mover, definition: defineGame({ classes: [Mover] }) }
}

export type MoverClass = ReturnType<typeof defineWorld>['Mover']
export type Mover = InstanceType<MoverClass>

/** The movers below an instance, in their order. */
export function moversOf(Mover: MoverClass, parent: Instance): readonly Mover[] {
  return parent.getChildren().filter((child) => child.isA(Mover))
}

/** Both sides are read in the same way. */
export function entitiesOf(movers: readonly Mover[]): readonly Entity[] {
  return movers.map(({ name, x, y, z, rotation, hp }) => ({ name, x, y, z, rotation, hp }))
}
