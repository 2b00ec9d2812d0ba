import { type Create, Instance, type TreeDefinition, type TreeSnapshot, view } from '@banyan/datamodel'
import { expectKnown } from '../known-options.ts'
import { createPathNames } from './path-of.ts'

export interface ViewTextOptions {
  /** Leaves values out, so that a snapshot test fails only when somebody sees another instance or property. */
  readonly namesOnly?: boolean
}

/**
 * What a player may see, as text that is equal for equal views: one line per instance, indented by its depth, with
 * every property that replicates. Null is a stranger. Ids and order keys are left out, since they tell of a run.
 */
export function viewText(
  snapshot: TreeSnapshot,
  playerId: number | null,
  options: ViewTextOptions = {},
): string {
  return createsText(snapshot.definition, view(snapshot, playerId), options)
}

const optionNames = { namesOnly: true } as const satisfies Record<keyof ViewTextOptions, true>

/** The same text of what a view, or `replicaView`, has given. */
export function createsText(
  definition: TreeDefinition,
  creates: readonly Create[],
  options: ViewTextOptions = {},
): string {
  expectKnown(Object.keys(options), { cannot: 'print a view with', known: Object.keys(optionNames) })
  const { namesOnly = false } = options
  const depths = new Map<number, number>()
  const pathOf = createPathNames(creates)
  const lines = creates.map((create) => {
    const depth = (depths.get(create.parent) ?? -1) + 1
    depths.set(create.id, depth)
    return `${'  '.repeat(depth)}${lineOf(create)}`
  })
  return `${lines.join('\n')}\n`

  function lineOf(create: Create): string {
    const schema = definition.classes[create.classNumber]?.schema
    const values = new Map(create.properties)
    const properties = (schema?.properties ?? [])
      .filter(({ type }) => type.replicates)
      .map(({ name, index, type }) => {
        if (namesOnly) return name
        const value = values.has(index) ? values.get(index) : type.defaultValue
        return `${name}=${type.kind === 'reference' ? referenceText(value) : valueText(value)}`
      })
    const attributes = Object.entries(create.attributes)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => (namesOnly ? `@${name}` : `@${name}=${valueText(value)}`))
    const tags = create.tags.map((tag) => `#${tag}`)
    const className = schema?.name ?? `class ${create.classNumber}`
    const title = create.name === className ? className : `${create.name} (${className})`
    return [title, ...properties, ...attributes, ...tags].join(' ')
  }

  function referenceText(value: unknown): string {
    return typeof value === 'number' ? pathOf(value) : 'null'
  }
}

/** A value as one would write it. */
export function valueText(value: unknown): string {
  if (value instanceof Instance) return value.getFullName()
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (value === undefined) return 'undefined'
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))
}
