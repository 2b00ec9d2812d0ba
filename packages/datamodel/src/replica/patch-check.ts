import { DataModelError } from '../errors.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { stepCountOf } from '../properties/shifted-value.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import type { Create, Operation, Shift } from '../tree/operation.ts'
import type { Tree } from '../tree/tree.ts'
import { rootId } from '../tree/tree-snapshot.ts'

/** What operations may build on. */
export interface PatchBase {
  readonly tree: Tree
  /** The nodes that are there before the operations, by id. */
  readonly find: (id: number) => Node | undefined
}

const noCreates: ReadonlyMap<number, Create> = new Map()

/** Refuses operations that do not fit the tree, before anything has changed; each ancestor is looked at once. */
export function checkOperations(base: PatchBase, operations: readonly Operation[]): void {
  // Most patches neither make nor move anything, and get no map for it.
  let creates = noCreates
  for (const operation of operations) {
    if (operation.kind !== 'create') continue
    checkClass(base, operation)
    if (creates === noCreates) creates = new Map()
    ;(creates as Map<number, Create>).set(operation.id, operation)
  }
  let parents: Map<number, number> | null = null
  for (const operation of operations) {
    if (operation.kind === 'remove') continue
    const schema = schemaOf(base, operation.id, creates)
    if (operation.kind === 'create' || operation.kind === 'move') {
      parents ??= new Map()
      parents.set(operation.id, operation.parent)
    }
    if (operation.kind === 'edit') checkProperty(schema, operation.property)
    if (operation.kind === 'shift') checkShift(base, schema, operation)
    if (operation.kind !== 'set' && operation.kind !== 'create') continue
    for (const entry of operation.properties) checkProperty(schema, entry[0])
  }
  if (parents === null) return
  parents.delete(rootId)
  checkConnected(base, parents)
}

function checkClass({ tree, find }: PatchBase, { id, classNumber }: Create): void {
  const schema = tree.definition.classes[classNumber]?.schema
  const known = find(id)?.schema
  const fits = known === undefined ? schema?.isAbstract === false && !schema.isService : known === schema
  if (schema !== undefined && fits) return
  throw new DataModelError(
    'unknownClass',
    `cannot make instance ${id}: class number ${classNumber} is ${schema === undefined ? 'unknown' : `${schema.name}, which does not fit`}. Reload, so that both sides share one definition.`,
  )
}

function schemaOf({ tree, find }: PatchBase, id: number, creates: ReadonlyMap<number, Create>): ClassSchema {
  const create = creates.size === 0 ? undefined : creates.get(id)
  const schema = create === undefined ? find(id)?.schema : tree.definition.classes[create.classNumber]?.schema
  if (schema !== undefined) return schema
  throw new DataModelError(
    'notFound',
    `cannot apply a patch to instance ${id}: the replica does not have it. Ask for a fresh snapshot.`,
  )
}

function checkProperty(schema: ClassSchema, index: number): void {
  if (schema.properties[index]?.type.replicates === true) return
  throw new DataModelError(
    'notFound',
    `cannot apply a patch to property ${index} of ${schema.name}: the class has no such replicated property. Ask for a fresh snapshot.`,
  )
}

function checkShift({ tree }: PatchBase, schema: ClassSchema, { id, classNumber, properties }: Shift): void {
  const isOfClass = tree.definition.classes[classNumber]?.schema === schema
  for (const entry of properties) {
    const [index] = entry
    const type = schema.properties[index]?.type
    const count = entry.length - 1
    if (isOfClass && type?.replicates === true && count > 0 && stepCountOf(type) === count) continue
    throw new DataModelError(
      'notFound',
      `cannot shift property ${index} of instance ${id}: the replica has no such steps there. Ask for a fresh snapshot.`,
    )
  }
}

/** Every placed node must lead to the root through parents as they will be. */
function checkConnected({ find }: PatchBase, parents: ReadonlyMap<number, number>): void {
  const parentOf = (id: number): number | undefined => {
    const parent = find(id)?.now.parent
    return parents.get(id) ?? (parent === undefined || parent === null ? undefined : nodeOf(parent).id)
  }
  const connected = new Set([rootId])
  for (const id of parents.keys()) {
    const path = new Set<number>()
    for (let at: number | undefined = id; at === undefined || !connected.has(at); at = parentOf(at)) {
      if (at === undefined || path.has(at)) throw placeError(id, parents.get(id), at)
      path.add(at)
    }
    for (const at of path) connected.add(at)
  }
}

function placeError(id: number, parent: number | undefined, circle: number | undefined): DataModelError {
  return new DataModelError(
    circle === undefined ? 'notFound' : 'cycle',
    `cannot place instance ${id} in instance ${parent}: ${circle === undefined ? 'the replica does not have that, or what it lies in' : 'its ancestors go round in a circle'}. Ask for a fresh snapshot.`,
  )
}
