import { describe, expect, it } from 'vitest'
import { createTree } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import type { AttributeValue } from '../naming/attribute.ts'
import { Vector3 } from '../values/vector3.ts'

describe('attributes', () => {
  it('DM11 hold a value until null deletes it; what is absent is null', () => {
    const folder = new Folder()
    folder.setAttribute('speed', 5)
    folder.setAttribute('at', new Vector3(1, 2, 3))
    expect([folder.getAttribute('speed'), folder.getAttribute('x')]).toEqual([5, null])
    expect(folder.getAttributes()).toEqual({ speed: 5, at: new Vector3(1, 2, 3) })
    folder.setAttribute('speed', null)
    folder.setAttribute('never', null)
    expect(folder.getAttribute('speed')).toBeNull()
    expect(folder.getAttributes()).toEqual({ at: new Vector3(1, 2, 3) })
  })

  it('DM11 are given as a frozen object, which later writes leave alone', () => {
    const folder = new Folder()
    folder.setAttribute('a', 1)
    const before = folder.getAttributes()
    folder.setAttribute('a', 2)
    expect(before).toEqual({ a: 1 })
    expect(Object.isFrozen(before)).toBe(true)
  })

  it.each<[string, unknown]>([
    ['', 1],
    ['a b', 1],
    ['RBXspeed', 1],
    ['__proto__', 1],
    ['a'.repeat(101), 1],
    ['a', Number.NaN],
    ['a', Number.POSITIVE_INFINITY],
    ['a', {}],
    ['a', [1]],
    ['a', undefined],
    ['a', () => 1],
    ['a', new Folder()],
  ])('DM12 refuse "%s" with %o, and keep what they have', (name, value) => {
    const folder = new Folder({ name: 'box' })
    folder.setAttribute('a', 7)
    expect(() => folder.setAttribute(name, value as AttributeValue)).toThrow(
      expect.objectContaining({
        code: 'invalidAttribute',
        message: expect.stringMatching(/^cannot set attribute ".*" of "box": expected .*\. Use another name/),
      }),
    )
    expect(folder.getAttributes()).toEqual({ a: 7 })
  })

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'DM13 may be called "%s" and have nothing of an object\'s own',
    (name) => {
      const { game, workspace } = createTree()
      const heard: string[] = []
      workspace.attributeChanged.connect((attribute) => heard.push(attribute))
      expect(workspace.getAttribute(name)).toBeNull()
      workspace.setAttribute(name, null)
      game.drain()
      expect(heard).toEqual([])
      workspace.setAttribute(name, 'x')
      expect(game.commit({ tick: 1 }).segments.get(0)?.rest).toEqual([
        { kind: 'attribute', id: workspace.id, name, value: 'x' },
      ])
      workspace.setAttribute(name, null)
      expect(workspace.getAttribute(name)).toBeNull()
      expect(workspace.getAttributes()).toEqual({})
    },
  )
})
