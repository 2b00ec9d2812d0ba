import { expect, it } from 'vitest'
import { createTestPlace, Racer } from '../../fixtures/place.ts'
import { CFrame } from '../values/cframe.ts'
import { Color3 } from '../values/color3.ts'
import { Vector3 } from '../values/vector3.ts'
import {
  BoolValue,
  CFrameValue,
  Color3Value,
  IntValue,
  NumberValue,
  ObjectValue,
  StringValue,
  Vector3Value,
} from './value-objects.ts'
import { Configuration, Folder, Model, Part, Team } from './world.ts'

it('PC2 a part has a position inside its frame; writing it keeps the rotation', () => {
  const turned = CFrame.fromEuler(0, Math.PI / 2, 0)
  const part = new Part({ cframe: turned })
  part.position = new Vector3(1, 2, 3)
  expect(part.position).toEqual(new Vector3(1, 2, 3))
  expect(part.cframe.rotation).toEqual(turned.rotation)
  expect(new Part({ cframe: CFrame.fromPosition(Vector3.one) }).position).toEqual(Vector3.one)
})

it('PC3 every built-in class and value object replicates', () => {
  const place = createTestPlace()
  const { replica } = place.join('Ana')
  const parent = place.workspace
  const part = new Part({ name: 'part', parent, transparency: 0.5, anchored: true, size: Vector3.one })
  new Model({ name: 'model', parent, primaryPart: part })
  new Folder({ name: 'folder', parent })
  new Configuration({ name: 'configuration', parent })
  new Team({ name: 'team', parent, teamColor: Color3.fromHex('#ff0000'), autoAssignable: false })
  new BoolValue({ name: 'bool', parent, value: true })
  new IntValue({ name: 'int', parent, value: -(2 ** 53) + 1 })
  new NumberValue({ name: 'number', parent, value: 0.1 })
  new StringValue({ name: 'string', parent, value: '🌳' })
  new ObjectValue({ name: 'object', parent, value: part })
  new Vector3Value({ name: 'vector3', parent, value: new Vector3(1, 2, 3) })
  new CFrameValue({ name: 'cframe', parent, value: CFrame.fromPosition(Vector3.one) })
  new Color3Value({ name: 'color3', parent, value: Color3.fromHex('#00ff00') })
  place.commit()
  const find = replica.workspace
  expect(find.findFirstChild('model', Model)?.primaryPart).toBe(find.findFirstChild('part'))
  expect(find.findFirstChild('object', ObjectValue)?.value).toBe(find.findFirstChild('part'))
  expect(find.findFirstChild('string', StringValue)?.value).toBe('🌳')
  expect(find.findFirstChild('cframe', CFrameValue)?.value.position).toEqual(Vector3.one)
  expect(find.findFirstChild('int', IntValue)?.value).toBe(-(2 ** 53) + 1)
  expect(find.getChildren()).toHaveLength(13)
})

it('PC3 value objects check their values', () => {
  const refuse = (write: () => unknown) =>
    expect(write).toThrow(expect.objectContaining({ code: 'invalidValue' }))
  refuse(() => new IntValue({ value: 2 ** 53 }))
  refuse(() => new NumberValue({ value: Number.NaN }))
  refuse(() => new StringValue({ value: 'x'.repeat(200_001) }))
  refuse(() => Reflect.set(new ObjectValue(), 'value', 5))
  refuse(() => Reflect.set(new BoolValue(), 'value', 1))
  expect(new ObjectValue({ value: new Racer() }).value?.isA(Racer)).toBe(true)
})
