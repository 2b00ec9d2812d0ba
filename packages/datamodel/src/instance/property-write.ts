import { DataModelError } from '../errors.ts'
import type { PropertySchema } from '../schema/class-schema.ts'
import { draftOf } from './draft.ts'
import type { Instance } from './instance.ts'
import { type Node, nodeOf } from './node.ts'
import { keepBase } from './overlay.ts'
import { moveReference } from './references.ts'
import { firePropertyChanged } from './signals.ts'

/** A write by user code: checks, copies, keeps the server's value below it on a client, and tells the listeners. */
export function writeProperty(node: Node, property: PropertySchema, value: unknown): void {
  const { name, type } = property
  const problem = type.problem(value)
  if (problem !== null) {
    throw new DataModelError(
      'invalidValue',
      `cannot set ${node.schema.name}.${name} of "${node.now.name}": ${problem}. Assign a value of type ${type.kind}.`,
    )
  }
  const shown = node.now.values[property.index]
  if (type.same(shown, value)) return
  if (type.kind === 'reference') checkTarget(node, name, value as Instance | null)
  if (type.replicates) keepBase(node, name, shown)
  storeProperty(node, property, type.own(value))
  if (type.kind === 'nested' && node.tree?.side === 'server') {
    node.edits ??= new Map()
    node.edits.set(property.index, 'whole')
  }
}

/** Puts an owned value in place and tells the listeners; the caller has checked it. */
export function storeProperty(node: Node, property: PropertySchema, value: unknown): void {
  const { values } = draftOf(node, property.name)
  if (property.type.kind === 'reference') moveReference(node, values[property.index], value)
  values[property.index] = value
  firePropertyChanged(node, property.name)
}

function checkTarget(node: Node, name: string, target: Instance | null): void {
  const [own, other] = [node.tree, target === null ? null : nodeOf(target).tree]
  if (own === null || other === null || own === other) return
  throw new DataModelError(
    'otherDataModel',
    `cannot set ${node.schema.name}.${name} of "${node.now.name}" to "${target?.name}": they belong to different DataModels. Refer to an instance of its own place.`,
  )
}
