import { ArraySchema, type SchemaType, schema, t } from '@colyseus/schema'
import type { Entity } from '../../entity.ts'

// Fixed-width types are its best case. Its quantized numbers have 8, 16 or 32 bits: 16 are too few for hundredths of
// this world, and 32 are no shorter than singles.

export const ColyseusEntity = schema(
  {
    name: t.string(),
    x: t.float32(),
    y: t.float32(),
    z: t.float32(),
    rotation: t.float32(),
    hp: t.uint8(),
  },
  'Entity',
)
export type ColyseusEntity = SchemaType<typeof ColyseusEntity>

export const ColyseusWorld = schema({ entities: t.array(ColyseusEntity) }, 'World')
export type ColyseusWorld = SchemaType<typeof ColyseusWorld>

/** The wire has singles, so the server keeps no more. */
export function createColyseusWorld(entities: readonly Entity[]): ColyseusWorld {
  const made = new ArraySchema<ColyseusEntity>()
  for (const { x, y, z, ...rest } of entities) {
    made.push(new ColyseusEntity({ ...rest, x: Math.fround(x), y: Math.fround(y), z: Math.fround(z) }))
  }
  return new ColyseusWorld({ entities: made })
}

/** Both sides are read in the same way. */
export function entitiesOf(world: ColyseusWorld): readonly Entity[] {
  return [...world.entities].map(({ name, x, y, z, rotation, hp }) => ({ name, x, y, z, rotation, hp }))
}
