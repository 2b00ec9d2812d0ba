import { isDeepStrictEqual } from 'node:util'
import type { Create, TreeDefinition } from '@banyan/datamodel'
import { createPathNames } from './path-of.ts'
import { valueText } from './view-text.ts'

/** Where two views differ first, parents before children. */
export interface Difference {
  /** Such as `Workspace.Racers.ana.visible`, `… #tags`, `… @attribute`, or the path of an instance that one side lacks. */
  readonly path: string
  readonly expected: unknown
  readonly actual: unknown
}

/** A difference for people: the path, and both values below it. */
export function differenceText({ path, expected, actual }: Difference): string {
  return `  ${path}\n    should be ${valueText(expected)}\n    but is    ${valueText(actual)}`
}

/** What stands for an instance, or its value, where one side has none. */
export const absent = 'nothing'

/** Compares what a player should have with what they have, by value; null when the two are equal, values aside that may skip and lag. */
export function firstDifference(
  definition: TreeDefinition,
  expected: readonly Create[],
  actual: readonly Create[],
  { mayLag } = { mayLag: false },
): Difference | null {
  const actualById = new Map(actual.map((create) => [create.id, create]))
  const pathOf = createPathNames(expected)
  for (const should of expected) {
    const has = actualById.get(should.id)
    if (has === undefined)
      return { path: pathOf(should.id), expected: summaryOf(definition, should), actual: absent }
    const difference = differenceOf(definition, { should, has, mayLag })
    if (difference !== null) return { ...difference, path: pathOf(should.id) + difference.path }
  }
  const expectedIds = new Set(expected.map(({ id }) => id))
  const extra = actual.find(({ id }) => !expectedIds.has(id))
  if (extra !== undefined) {
    return { path: createPathNames(actual)(extra.id), expected: absent, actual: summaryOf(definition, extra) }
  }
  const at = expected.findIndex(({ id }, index) => actual[index]?.id !== id)
  const misplaced = expected[at]
  if (misplaced === undefined) return null
  const siblings = (creates: readonly Create[]) =>
    creates.filter(({ parent }) => parent === misplaced.parent).map(({ name }) => name)
  return {
    path: `${pathOf(misplaced.parent)} (order of its children)`,
    expected: siblings(expected),
    actual: siblings(actual),
  }
}

function differenceOf(
  definition: TreeDefinition,
  { should, has, mayLag }: { readonly should: Create; readonly has: Create; readonly mayLag: boolean },
): Difference | null {
  const plain = [
    [' (class)', classNameOf(definition, should), classNameOf(definition, has)],
    ['.name', should.name, has.name],
    [' (parent’s id)', should.parent, has.parent],
    [' (order key)', should.order, has.order],
  ] as const
  for (const [path, expected, actual] of plain) if (expected !== actual) return { path, expected, actual }
  const schema = definition.classes[should.classNumber]?.schema
  const [shouldProperties, hasProperties] = [new Map(should.properties), new Map(has.properties)]
  for (const { index, name, type } of schema?.properties ?? []) {
    if (mayLag && type.maySkip) continue
    const expected = shouldProperties.has(index) ? shouldProperties.get(index) : type.defaultValue
    const actual = hasProperties.has(index) ? hasProperties.get(index) : type.defaultValue
    if (!isDeepStrictEqual(expected, actual)) return { path: `.${name}`, expected, actual }
  }
  for (const name of new Set([...Object.keys(should.attributes), ...Object.keys(has.attributes)])) {
    const [expected, actual] = [should.attributes[name] ?? absent, has.attributes[name] ?? absent]
    if (!isDeepStrictEqual(expected, actual)) return { path: ` @${name}`, expected, actual }
  }
  if (isDeepStrictEqual(should.tags, has.tags)) return null
  return { path: ' #tags', expected: should.tags, actual: has.tags }
}

function classNameOf(definition: TreeDefinition, { classNumber }: Create): string {
  return definition.classes[classNumber]?.schema.name ?? `class ${classNumber}`
}

function summaryOf(definition: TreeDefinition, create: Create): string {
  return `${classNameOf(definition, create)} "${create.name}"`
}
