import { describe, expect, it } from 'vitest'
import { Folder } from '../classes/world.ts'
import { cframe, vector3 } from '../properties/geometry.ts'
import { nested } from '../properties/nested.ts'
import { float, float32, int } from '../properties/numbers.ts'
import { oneOf } from '../properties/strings.ts'
import { CFrame } from '../values/cframe.ts'
import { Vector3 } from '../values/vector3.ts'
import type { PropertyTypes } from './class-schema.ts'
import { type AnyInstanceClass, defineClass } from './define-class.ts'
import { defineTree } from './tree-definition.ts'

describe('a definition', () => {
  it('CD7 numbers the built-in classes, then those that it is given, in their order', () => {
    const [A, B] = [defineClass('A'), defineClass('B')]
    const tree = defineTree({ classes: [A, B, A] })
    const count = defineTree().classes.length
    expect([tree.classNumberOf(A.schema), tree.classNumberOf(B.schema)]).toEqual([count, count + 1])
    expect(tree.classes.slice(count)).toEqual([A, B])
    expect(tree.classNumberOf(defineClass('C').schema)).toBeNull()
    expect(tree.classByName.get('Folder')).toBe(Folder)
    expect(Object.isFrozen(tree.classes)).toBe(true)
  })

  it('CD7 refuses two classes of one name', () => {
    const twice = expect.objectContaining({ code: 'invalidDefinition' })
    expect(() => defineTree({ classes: [defineClass('A'), defineClass('A')] })).toThrow(twice)
    expect(() => defineTree({ classes: [defineClass('Folder')] })).toThrow(
      'cannot define class "Folder": the definition has another class of that name. Rename one of them.',
    )
  })

  // Properties that are not known to the compiler fit no constructor's options.
  const print = (properties: PropertyTypes): string => {
    const Racer: unknown = defineClass('Racer', { properties })
    return defineTree({ classes: [Racer as AnyInstanceClass] }).fingerprint
  }

  it('CD8 has the same fingerprint whenever it says the same', () => {
    const properties = () => ({ lap: int(0), at: vector3(new Vector3(1, 2, 3)), bag: nested({ a: 1 }) })
    expect(print(properties())).toBe(print(properties()))
  })

  it.each<[string, PropertyTypes, PropertyTypes]>([
    ['name', { lap: int(0) }, { laps: int(0) }],
    ['kind', { lap: int(0) }, { lap: float(0) }],
    ['default', { lap: int(0) }, { lap: int(1) }],
    ['default vector', { at: vector3() }, { at: vector3(Vector3.one) }],
    ['order', { a: int(0), b: int(0) }, { b: int(0), a: int(0) }],
    ['precision', { x: float(0) }, { x: float(0, { precision: 0.5 }) }],
    ['precision of a frame', { at: cframe() }, { at: cframe(CFrame.identity, { precision: 0.5 }) }],
    ['choices', { x: oneOf('a', 'b') }, { x: oneOf('a', 'c') }],
    ['order of choices', { x: oneOf('a', 'b') }, { x: oneOf('b', 'a', { default: 'a' }) }],
    ['number of choices', { x: oneOf('a', 'b|c') }, { x: oneOf('a', 'b', 'c') }],
    ['number of choices', { x: oneOf('a', 'b,c') }, { x: oneOf('a', 'b', 'c') }],
    ['value that may skip', { lap: int(0) }, { lap: int(0, { maySkip: true }) }],
    ['replication', { lap: int(0) }, { lap: int(0, { visibleTo: 'server' }) }],
    ['kind that reads like a precision', { x: float(0, { precision: 32 }) }, { x: float32(0) }],
    ['audience', { lap: int(0) }, { lap: int(0, { visibleTo: 'owner' }) }],
    ['narrow audience', { lap: int(0, { visibleTo: 'owner' }) }, { lap: int(0, { visibleTo: 'server' }) }],
    ['default of nested data', { x: nested({ a: 1 }) }, { x: nested({ a: '1' }) }],
    ['default frame', { x: cframe() }, { x: cframe(CFrame.fromEuler(0, 1, 0)) }],
  ])('CD8 has another fingerprint for another %s', (_, before, after) => {
    expect(print(before)).not.toBe(print(after))
  })

  it('CD8 has another fingerprint for another order, base or audience of classes', () => {
    const [A, B] = [defineClass('A'), defineClass('B')]
    const fingerprints = [
      defineTree({ classes: [A, B] }),
      defineTree({ classes: [B, A] }),
      defineTree({ classes: [A, defineClass('B', { extends: A })] }),
      defineTree({ classes: [A, defineClass('B', { visibleTo: 'owner' })] }),
    ].map(({ fingerprint }) => fingerprint)
    expect(new Set(fingerprints).size).toBe(4)
  })
})
