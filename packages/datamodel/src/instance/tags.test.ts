import { expect, it } from 'vitest'
import { createTree } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'

it('DM14 a tag is added once, and removed without complaint when it is not there', () => {
  const { game, workspace } = createTree()
  const folder = new Folder({ parent: workspace })
  const heard: string[] = []
  folder.changed.connect((property) => heard.push(property))
  folder.addTag('fast')
  game.drain()
  folder.addTag('fast')
  folder.removeTag('slow')
  game.drain()
  expect(folder.getTags()).toEqual(['fast'])
  expect([folder.hasTag('fast'), folder.hasTag('slow')]).toEqual([true, false])
  expect(heard).toEqual(['tags'])
  folder.addTag('red')
  folder.removeTag('fast')
  expect(folder.getTags()).toEqual(['red'])
})

it('DM14 a list of tags is frozen, and later changes leave it alone', () => {
  const folder = new Folder()
  folder.addTag('a')
  const before = folder.getTags()
  folder.addTag('b')
  expect(before).toEqual(['a'])
  expect(Object.isFrozen(before)).toBe(true)
})

it('DM14 half a surrogate pair is found again', () => {
  const folder = new Folder()
  folder.addTag('a\ud83c')
  folder.addTag('a\ud83c')
  expect(folder.getTags()).toEqual(['a\ufffd'])
  expect(folder.hasTag('a\ud83c')).toBe(true)
  folder.removeTag('a\ud83c')
  expect(folder.getTags()).toEqual([])
})

it.each(['', 'x'.repeat(101), 7])('DM14 "%s" is no tag', (tag) => {
  const folder = new Folder({ name: 'box' })
  expect(() => folder.addTag(tag as string)).toThrow(
    expect.objectContaining({
      code: 'invalidTag',
      message: expect.stringContaining('cannot tag "box" with'),
    }),
  )
  expect(folder.getTags()).toEqual([])
})
