import type { Create, NestedEdit, Operation, PropertySchema, TreeDefinition } from '@banyan/datamodel'
import { operationKeys, propertyKey } from '../commit-causes.ts'
import { valueWords } from './value-words.ts'

/** One change in words, and the key by which its cause is known. */
export interface OperationLine {
  readonly words: string
  readonly key: string
  readonly id: number
}

/** What a replica knows, and numbers stand for. */
export interface OperationNames {
  readonly definition: TreeDefinition
  readonly pathOf: (id: number) => string
  /** The path before the change. */
  readonly oldPathOf: (id: number) => string
  /** Null for an instance that is not there. */
  readonly classNumberOf: (id: number) => number | null
  /** What a property is after the change; undefined where that is not there. */
  readonly shownOf: (id: number, property: string) => unknown
}

/** An operation in words; a `set` makes a line for each property, and so does what is told of one in steps. */
export function operationLines(operation: Operation, names: OperationNames): readonly OperationLine[] {
  const { id } = operation
  if (operation.kind === 'set') {
    return operation.properties.map(([index, value]) => {
      const property = propertyOf(names, names.classNumberOf(id), index)
      const words = `set ${names.pathOf(id)}.${property.name} = ${propertyWords(property, value, names)}`
      return { words, key: propertyKey(id, index), id }
    })
  }
  if (operation.kind === 'shift') {
    return operation.properties.map(([index, ...steps]) => {
      const { name } = propertyOf(names, operation.classNumber, index)
      const value = names.shownOf(id, name)
      const words = `set ${names.pathOf(id)}.${name} = ${value === undefined ? `? + ${steps.join(', ')} steps` : valueWords(value)}`
      return { words, key: propertyKey(id, index), id }
    })
  }
  const [key = ''] = operationKeys(operation)
  return [{ words: singleWords(operation, names), key, id }]
}

function singleWords(
  operation: Exclude<Operation, { kind: 'set' | 'shift' }>,
  names: OperationNames,
): string {
  const path = names.pathOf(operation.id)
  switch (operation.kind) {
    case 'create':
      return createWords(operation, names)
    case 'remove':
      return `remove ${names.oldPathOf(operation.id)}`
    case 'move':
      return `move ${names.oldPathOf(operation.id)} to ${names.pathOf(operation.parent)}`
    case 'rename':
      return `rename ${names.oldPathOf(operation.id)} to ${JSON.stringify(operation.name)}`
    case 'edit': {
      const property = propertyOf(names, names.classNumberOf(operation.id), operation.property)
      return `edit ${path}.${property.name}: ${operation.edits.map(editWords).join(', ')}`
    }
    case 'attribute':
      if (operation.value === null) return `delete attribute ${path} @${operation.name}`
      return `set attribute ${path} @${operation.name} = ${valueWords(operation.value)}`
    case 'tags':
      return `tag ${path} with [${operation.tags.join(', ')}]`
  }
}

function createWords(create: Create, names: OperationNames): string {
  const { classNumber, id, properties, attributes, tags } = create
  const className = names.definition.classes[classNumber]?.schema.name ?? `class ${classNumber}`
  const values = properties.map(([index, value]) => {
    const property = propertyOf(names, classNumber, index)
    return `${property.name} = ${propertyWords(property, value, names)}`
  })
  for (const [name, value] of Object.entries(attributes)) values.push(`@${name} = ${valueWords(value)}`)
  if (tags.length > 0) values.push(`tags [${tags.join(', ')}]`)
  return `create ${className} ${names.pathOf(id)}${values.length === 0 ? '' : `: ${values.join(', ')}`}`
}

function editWords(edit: NestedEdit): string {
  const path = edit.path.length === 0 ? 'all' : edit.path.join('.')
  return edit.op === 'delete' ? `delete ${path}` : `${edit.op} ${path} = ${valueWords(edit.value)}`
}

type NamedProperty = Pick<PropertySchema, 'name'> & { readonly isReference: boolean }

function propertyOf(
  { definition }: OperationNames,
  classNumber: number | null,
  index: number,
): NamedProperty {
  const property = classNumber === null ? null : definition.classes[classNumber]?.schema.properties[index]
  if (!property) return { name: `property ${index}`, isReference: false }
  return { name: property.name, isReference: property.type.kind === 'reference' }
}

function propertyWords({ isReference }: NamedProperty, value: unknown, { pathOf }: OperationNames): string {
  return isReference && typeof value === 'number' ? pathOf(value) : valueWords(value)
}
