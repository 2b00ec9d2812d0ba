import { IntMap } from '../int-map/int-map.ts'
import type { AttributeValue } from '../naming/attribute.ts'
import { type Access, openAccess } from './access.ts'
import type { Instance } from './instance.ts'

/** Attributes by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>

/** The fields of a record; a record is these, frozen at a commit. */
interface RecordFields {
  readonly id: number
  readonly className: string
  readonly name: string
  readonly parent: Instance | null
  readonly order: number
  readonly properties: Readonly<Record<string, unknown>>
  readonly attributes: Attributes
  readonly tags: readonly string[]
  readonly access: Access
  readonly childrenByOrder: IntMap<Instance>
}

const noAttributes: Attributes = Object.freeze({})
const noTags: readonly string[] = Object.freeze([])

/** A frozen copy. */
export function attributesFrom(attributes: Attributes): Attributes {
  for (const _ in attributes) return Object.freeze({ ...attributes })
  return noAttributes
}

/** A frozen copy. */
export function tagsFrom(tags: readonly string[]): readonly string[] {
  return tags.length === 0 ? noTags : Object.freeze([...tags])
}

/**
 * One version of an instance. While it is a draft its owner writes to it; `freeze` ends that for good, and from then
 * on `===` between two records means that nothing of the instance changed. References inside are handles.
 */
export class InstanceRecord<Properties = Readonly<Record<string, unknown>>> {
  readonly id: number
  readonly className: string
  readonly name: string
  readonly parent: Instance | null
  /** The key that orders it among its siblings. */
  readonly order: number
  readonly properties: Properties
  readonly attributes: Attributes
  readonly tags: readonly string[]
  /** On a client always that of an instance without rules. */
  readonly access: Access
  /** Children by their order keys; `children` is the list of them. */
  readonly childrenByOrder: IntMap<Instance>
  #children: readonly Instance[] | null = null

  constructor(fields: Omit<RecordFields, 'properties'> & { readonly properties: Properties }) {
    this.id = fields.id
    this.className = fields.className
    this.name = fields.name
    this.parent = fields.parent
    this.order = fields.order
    this.properties = fields.properties
    this.attributes = fields.attributes
    this.tags = fields.tags
    this.access = fields.access
    this.childrenByOrder = fields.childrenByOrder
  }

  /** Children in their stable order; made at the first read of a frozen record and kept. */
  get children(): readonly Instance[] {
    if (this.#children !== null) return this.#children
    const children = Object.freeze([...this.childrenByOrder.values()])
    if (Object.isFrozen(this)) this.#children = children
    return children
  }
}

/** A record that its instance still writes to. */
export type Draft = {
  -readonly [Field in Exclude<keyof RecordFields, 'properties'>]: RecordFields[Field]
} & { properties: Record<string, unknown> } & Pick<InstanceRecord, 'children'>

/** The draft of an instance that was just constructed. */
export function createDraft(fields: {
  readonly className: string
  readonly properties: Record<string, unknown>
}): Draft {
  return new InstanceRecord({
    id: 0,
    className: fields.className,
    name: fields.className,
    parent: null,
    order: 0,
    properties: fields.properties,
    attributes: noAttributes,
    tags: noTags,
    access: openAccess,
    childrenByOrder: IntMap.empty<Instance>(),
  })
}

/** A draft that begins as a copy; properties are copied too, so that they may be written one by one. */
export function copyToDraft(from: InstanceRecord | Draft, id: number): Draft {
  return new InstanceRecord({
    id,
    className: from.className,
    name: from.name,
    parent: from.parent,
    order: from.order,
    properties: { ...from.properties },
    attributes: from.attributes,
    tags: from.tags,
    access: from.access,
    childrenByOrder: from.childrenByOrder,
  })
}
