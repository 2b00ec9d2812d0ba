import { IntMap } from '../int-map/int-map.ts'
import type { AttributeValue } from '../naming/attribute.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { type Access, openAccess } from './access.ts'
import type { Instance } from './instance.ts'

/** Attributes by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>

/** What a record holds beside its id and its values. */
interface RecordFields {
  readonly schema: ClassSchema
  readonly name: string
  readonly parent: Instance | null
  readonly order: number
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

/** What is made of a record when it is read, and kept. */
interface Views {
  children?: readonly Instance[]
  properties?: Readonly<Record<string, unknown>>
}

/**
 * One version of an instance. While it is a draft its owner writes to it; a commit ends that for good, and from then
 * on `===` between two records means that nothing of the instance changed. References inside are handles.
 */
export class InstanceRecord<Properties = Readonly<Record<string, unknown>>> {
  readonly id: number
  readonly schema: ClassSchema
  readonly name: string
  readonly parent: Instance | null
  /** The key that orders it among its siblings. */
  readonly order: number
  /** What its properties hold, by their indexes in the class. */
  readonly values: readonly unknown[]
  readonly attributes: Attributes
  readonly tags: readonly string[]
  /** On a client always that of an instance without rules. */
  readonly access: Access
  /** Children by their order keys; `children` is the list of them. */
  readonly childrenByOrder: IntMap<Instance>
  #views: Views | null = null

  /** Takes the list of values over; of `fields`, which may be a record, only what lies beside them. */
  constructor(id: number, values: readonly unknown[], fields: RecordFields) {
    this.id = id
    this.schema = fields.schema
    this.name = fields.name
    this.parent = fields.parent
    this.order = fields.order
    this.values = values
    this.attributes = fields.attributes
    this.tags = fields.tags
    this.access = fields.access
    this.childrenByOrder = fields.childrenByOrder
  }

  get className(): string {
    return this.schema.name
  }

  /** Children in their stable order. */
  get children(): readonly Instance[] {
    return this.#views?.children ?? this.#keep('children', Object.freeze([...this.childrenByOrder.values()]))
  }

  /** What its properties hold, by their names. */
  get properties(): Properties {
    const known = this.#views?.properties ?? this.#keep('properties', namedValues(this.schema, this.values))
    return known as Properties
  }

  /** The same record, frozen: as anybody outside of this package gets it. Not for drafts. */
  frozen(): this {
    if (Object.isFrozen(this)) return this
    Object.freeze(this.values)
    return Object.freeze(this)
  }

  // A draft still changes.
  #keep<View extends keyof Views>(view: View, made: NonNullable<Views[View]>): NonNullable<Views[View]> {
    if (!Object.isFrozen(this)) return made
    this.#views ??= {}
    this.#views[view] = made
    return made
  }
}

function namedValues(
  { properties }: ClassSchema,
  values: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const named: Record<string, unknown> = {}
  for (const { name, index } of properties) named[name] = values[index]
  return Object.freeze(named)
}

/** A record that its instance still writes to. */
export type Draft = {
  -readonly [Field in 'id' | Exclude<keyof RecordFields, 'schema'>]: InstanceRecord[Field]
} & { readonly values: unknown[] } & Pick<InstanceRecord, 'schema' | 'className' | 'children' | 'properties'>

/** The draft of an instance that was just constructed. */
export function createDraft(schema: ClassSchema): Draft {
  return draftWith(0, schema.defaults, {
    schema,
    name: schema.name,
    parent: null,
    order: 0,
    attributes: noAttributes,
    tags: noTags,
    access: openAccess,
    childrenByOrder: IntMap.empty<Instance>(),
  })
}

/** A draft that begins as a copy; values are copied too, so that they may be written one by one. */
export function copyToDraft(from: InstanceRecord | Draft, id: number): Draft {
  return draftWith(id, from.values, from)
}

function draftWith(id: number, values: readonly unknown[], fields: RecordFields): Draft {
  return new InstanceRecord(id, values.slice(), fields) as InstanceRecord & Pick<Draft, 'values'>
}
