import type { Operation } from '@banyan/datamodel'

/** Ids and numbers of a tree that a client holds. */
export interface HeldTree {
  /** A service. */
  readonly service: number
  /** Two things in the service, and a thing in the first of them. */
  readonly parent: number
  readonly other: number
  readonly child: number
  /** An id that nothing has. */
  readonly absent: number
  /** The class of the three things, and another one. */
  readonly classNumber: number
  readonly otherClassNumber: number
  /** Of the three things: a nested property, and a reference. */
  readonly nested: number
  readonly reference: number
  /** The key of an array in the nested property. */
  readonly list: string
}

type Misfit = (tree: HeldTree) => readonly Operation[]

const create = (
  { classNumber }: HeldTree,
  { id, parent, order = 900 }: { readonly id: number; readonly parent: number; readonly order?: number },
): Operation => ({
  kind: 'create',
  id,
  classNumber,
  parent,
  order,
  name: 'made up',
  properties: [],
  attributes: {},
  tags: [],
})

/** Operations that are well encoded and do not fit the tree: a client changes nothing and asks for a snapshot. */
export const misfits: Readonly<Record<string, Misfit>> = {
  'a creation below nothing': (tree) => [create(tree, { id: tree.absent, parent: tree.absent + 1 })],
  'a creation below itself': (tree) => [create(tree, { id: tree.absent, parent: tree.absent })],
  'two creations below each other': (tree) => [
    create(tree, { id: tree.absent, parent: tree.absent + 1 }),
    create(tree, { id: tree.absent + 1, parent: tree.absent }),
  ],
  'a creation over a thing of another class': (tree) => [
    {
      ...create(tree, { id: tree.child, parent: tree.parent }),
      classNumber: tree.otherClassNumber,
    } as Operation,
  ],
  'a creation over a service': (tree) => [create(tree, { id: tree.service, parent: tree.service })],
  'a move below nothing': (tree) => [{ kind: 'move', id: tree.parent, parent: tree.absent, order: 1 }],
  'a move below itself': (tree) => [{ kind: 'move', id: tree.parent, parent: tree.parent, order: 1 }],
  'a move below its own child': (tree) => [{ kind: 'move', id: tree.parent, parent: tree.child, order: 1 }],
  'two moves below each other': (tree) => [
    { kind: 'move', id: tree.parent, parent: tree.other, order: 1 },
    { kind: 'move', id: tree.other, parent: tree.parent, order: 1 },
  ],
  'a move of nothing': (tree) => [{ kind: 'move', id: tree.absent, parent: tree.service, order: 1 }],
  'a name for nothing': (tree) => [{ kind: 'rename', id: tree.absent, name: 'x' }],
  'tags for nothing': (tree) => [{ kind: 'tags', id: tree.absent, tags: ['x'] }],
  'an attribute for nothing': (tree) => [{ kind: 'attribute', id: tree.absent, name: 'a', value: 1 }],
  'an edit of nothing': (tree) => [
    { kind: 'edit', id: tree.absent, property: tree.nested, edits: [{ op: 'set', path: [], value: 1 }] },
  ],
  'an edit of a property that is not nested': (tree) => [
    { kind: 'edit', id: tree.child, property: tree.reference, edits: [{ op: 'set', path: ['a'], value: 1 }] },
  ],
  'an edit of an unknown property': (tree) => [
    { kind: 'edit', id: tree.child, property: 10_000, edits: [{ op: 'set', path: [], value: 1 }] },
  ],
  ...Object.fromEntries(
    ['__proto__', 'constructor', 'prototype'].flatMap((key): [string, Misfit][] => [
      [`an edit at ${key}`, (tree) => edit(tree, [key])],
      [`an edit through ${key}`, (tree) => edit(tree, [key, 'polluted'])],
    ]),
  ),
  'an edit through what objects inherit': (tree) => edit(tree, ['toString', 'polluted']),
  'an edit of a length beyond the array': (tree) => edit(tree, [tree.list, 'length'], 2 ** 32 - 1),
  'an edit at an index of 2^53': (tree) => edit(tree, [tree.list, Number.MAX_SAFE_INTEGER]),
  'an insertion into an object': (tree) => [
    { kind: 'edit', id: tree.child, property: tree.nested, edits: [{ op: 'insert', path: ['a'], value: 1 }] },
  ],
}

function edit(
  { child, nested }: HeldTree,
  path: readonly (string | number)[],
  value: unknown = true,
): readonly Operation[] {
  return [{ kind: 'edit', id: child, property: nested, edits: [{ op: 'set', path, value }] }]
}
