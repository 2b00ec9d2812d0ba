import { expect, test } from 'vitest'
import { createNestedEditor } from './recipes.ts'

const edit = createNestedEditor()

test('PL9 deleting what every object inherits, and this one has not, is no edit', () => {
  for (const key of ['toString', 'constructor', '__proto__']) {
    const { edits } = edit({ tags: { a: 1 } }, (draft) => {
      Reflect.deleteProperty((draft as { tags: object }).tags, key)
    })
    expect(edits).toEqual([])
  }
})

test('PL9 deleting a key of such a name that is there is one', () => {
  const { edits, state } = edit({ bags: [{ toString: 1, a: 2 }] }, (draft) => {
    Reflect.deleteProperty((draft as { bags: object[] }).bags[0] ?? {}, 'toString')
  })
  expect(edits).toEqual([{ op: 'delete', path: ['bags', 0, 'toString'] }])
  expect(state).toEqual({ bags: [{ a: 2 }] })
})
