import {
  bool,
  cframe,
  color3,
  defineClass,
  float,
  float32,
  type Instance,
  int,
  nested,
  oneOf,
  reference,
  string,
  type TreeDefinition,
  vector2,
  vector3,
} from '@banyan/datamodel'

/** A class with every kind of property, with and without a precision. */
export const Sampler = defineClass('Sampler', {
  properties: {
    isOn: bool(false),
    count: int(0),
    ratio: float(0),
    coarseRatio: float(0, { precision: 0.01 }),
    x: float32(0),
    coarseX: float32(0, { precision: 0.01 }),
    label: string(''),
    phase: oneOf('lobby', 'racing', 'over'),
    flat: vector2(),
    coarseFlat: vector2(undefined, { precision: 0.5 }),
    point: vector3(),
    coarsePoint: vector3(undefined, { precision: 0.1 }),
    frame: cframe(),
    color: color3(),
    target: reference<Instance>(),
    bag: nested<unknown>({}),
  },
})

/** A class without properties. */
const Marker = defineClass('Marker')

/** The entity of the fan-out target: three coordinates, exact. */
export const Mover = defineClass('Mover', {
  properties: { x: float32(0), y: float32(0), z: float32(0), rotation: float32(0), hp: int(100) },
})

/** The same to a centimeter. */
export const CoarseMover = defineClass('CoarseMover', {
  properties: {
    x: float32(0, { precision: 0.01 }),
    y: float32(0, { precision: 0.01 }),
    z: float32(0, { precision: 0.01 }),
    rotation: float32(0),
    hp: int(100),
  },
})

const classes = [Sampler, Mover, CoarseMover, Marker]

/**
 * The definition that the tests of codec and messages share. Without the built-in classes, so that a new one of those
 * does not change the bytes of the samples.
 */
export const definition: TreeDefinition = {
  classes,
  fingerprint: '',
  classByName: new Map(classes.map((made) => [made.schema.name, made])),
  classNumberOf: (schema) => classes.findIndex((made) => made.schema === schema),
}

/** The numbers of its classes. */
export const classNumbers = Object.freeze({ sampler: 0, mover: 1, coarseMover: 2, marker: 3 })
