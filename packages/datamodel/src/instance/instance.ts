// The whole public face of an instance in one place: each member delegates to the module that knows how.

import type { Player } from '../classes/player.ts'
import { instanceBrand } from '../data/argument.ts'
import { DataModelError } from '../errors.ts'
import type { AttributeValue } from '../naming/attribute.ts'
import { type ClassSchema, createClassSchema, isClassOrExtends } from '../schema/class-schema.ts'
import type { AnyInstanceClass, PropertiesOf } from '../schema/define-class.ts'
import type { Signal } from '../signals/signal.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { VisibleTo } from './access.ts'
import { setOwner, setVisibleTo } from './access-write.ts'
import { writeAttribute } from './attributes.ts'
import { assignOptions } from './instance-options.ts'
import { recordOf } from './late-record.ts'
import { cloneInstance, destroyInstance } from './lifecycle.ts'
import { ancestorsOf, type ClassKey, childrenOf, descendantsOf, first, isExactly } from './lookup.ts'
import { writeName } from './name-write.ts'
import { applyRecipe, type NestedDraft } from './nested-update.ts'
import { Node, nodeKey } from './node.ts'
import { addObserver } from './observers.ts'
import { setParent } from './parenting.ts'
import type { Attributes, InstanceRecord } from './record.ts'
import { signalOf } from './signals.ts'
import { addTag, hasTag, removeTag } from './tags.ts'
import { type ClassAndOptions, type WaitForChildOptions, waitForChild } from './wait-for-child.ts'

/** What every constructor takes; the parent is set last, so that the instance replicates once, complete. */
export interface InstanceOptions {
  readonly name?: string
  readonly parent?: Instance | null
  /** Server only: who may see it, of those who may see its parent. */
  readonly visibleTo?: VisibleTo
  /** Server only: whose it is. */
  readonly owner?: Player | null
}

const madeByPlace = Symbol('banyan.madeByPlace')

/** Options that say that the place itself makes the instance. @internal */
export const placeMade = Object.freeze({ [madeByPlace]: true } as object) as InstanceOptions

/** A thing in the tree: name, parent, children, properties, attributes, tags and signals. Made detached, without an id. */
export class Instance {
  static readonly schema: ClassSchema = createClassSchema('Instance', null, {
    properties: {},
    traits: { isAbstract: true },
  })
  /** Carries a class's property values in its instance type; no such member exists at run time. */
  declare readonly '~properties'?: object
  /** @internal */
  readonly [nodeKey]: Node

  constructor(options: InstanceOptions = {}) {
    const { schema } = new.target
    this[nodeKey] = new Node(this, schema)
    if (schema.isAbstract || (schema.isPlaceMade && !(madeByPlace in options))) {
      throw new DataModelError(
        'abstractClass',
        schema.isAbstract
          ? `cannot make "${schema.name}": the class is abstract. Make an instance of a class that extends it.`
          : `cannot make "${schema.name}": only a place makes instances of this class. Find the one that it made.`,
      )
    }
    // The place writes what it makes by itself.
    if (options === placeMade) return
    const { parent = null, ...values } = options
    assignOptions(this, schema, values)
    this.parent = parent
  }

  /** Marks instances for code that must not import this class. */
  get [instanceBrand](): true {
    return true
  }

  /** The number that stands for it on the wire: 0 until it enters a DataModel, negative when a client made it. */
  get id(): number {
    return this[nodeKey].id
  }

  get className(): string {
    return this[nodeKey].schema.name
  }

  /** The DataModel that it is in, or null. */
  get dataModel(): DataModel | null {
    const { isInTree, tree } = this[nodeKey]
    return isInTree && tree !== null ? tree.game : null
  }

  /** The last committed version, or null when it was not in the tree then. */
  get record(): InstanceRecord<PropertiesOf<this>> | null {
    return (recordOf(this[nodeKey])?.frozen() ?? null) as InstanceRecord<PropertiesOf<this>> | null
  }

  get isDestroyed(): boolean {
    return this[nodeKey].isDestroyed
  }

  /** At most 100 characters, not unique among siblings. */
  get name(): string {
    return this[nodeKey].now.name
  }

  set name(name: string) {
    writeName(this[nodeKey], name)
  }

  /** Throws for a destroyed instance, a cycle, another DataModel's instance, and for what the server owns on a client. */
  get parent(): Instance | null {
    return this[nodeKey].now.parent
  }

  set parent(parent: Instance | null) {
    setParent(this[nodeKey], parent)
  }

  /**
   * Who may see it and what is below it, of those who may see its parent; 'everyone' adds no rule. Known to the server
   * alone. Throws for a service, for what has left, and for what belongs to another DataModel.
   */
  get visibleTo(): VisibleTo {
    return this[nodeKey].now.access.visibleTo
  }

  set visibleTo(visibleTo: VisibleTo) {
    setVisibleTo(this[nodeKey], visibleTo)
  }

  /** Who sees its owner's properties, and those of what is below it; null leaves that to the nearest Player, or owner, above. Known to the server alone. */
  get owner(): Player | null {
    return this[nodeKey].now.access.owner
  }

  set owner(owner: Player | null) {
    setOwner(this[nodeKey], owner)
  }

  /** False leaves it out of clones. Not replicated. */
  get archivable(): boolean {
    return this[nodeKey].archivable
  }

  set archivable(archivable: boolean) {
    this[nodeKey].archivable = archivable
  }

  /** Whether its class is, or extends, this one; "Object" is above all. A class that only shares its name is another one. */
  isA<Found extends Instance>(key: AnyInstanceClass<Found>): this is Found
  isA(key: ClassKey): boolean
  isA(key: ClassKey): boolean {
    return isClassOrExtends(this[nodeKey].schema, typeof key === 'string' ? key : key.schema)
  }

  /** A detached deep copy; references into it point to the copies. Throws when it is not archivable itself. */
  clone(): this {
    return cloneInstance(this[nodeKey]) as this
  }

  /** Ends it and everything below for good: the parent is locked at null, connections are cut. Reads still work. */
  destroy(): void {
    destroyInstance(this[nodeKey])
  }

  /** Destroys each child. */
  clearAllChildren(): void {
    for (const child of this.getChildren()) child.destroy()
  }

  /** A fresh array in stable order. */
  getChildren(): Instance[] {
    return [...childrenOf(this)]
  }

  /** A fresh array, parents before children. */
  getDescendants(): Instance[] {
    return descendantsOf(this)
  }

  /** The first child of that name (and class), or null. */
  findFirstChild(name: string): Instance | null
  findFirstChild<Found extends Instance>(name: string, key: AnyInstanceClass<Found>): Found | null
  findFirstChild(name: string, key?: AnyInstanceClass): Instance | null {
    return first(childrenOf(this), (child) => child.name === name && (key === undefined || child.isA(key)))
  }

  /** The first child of exactly that class, or null. */
  findFirstChildOfClass<Found extends Instance>(key: AnyInstanceClass<Found>): Found | null
  findFirstChildOfClass(key: ClassKey): Instance | null
  findFirstChildOfClass(key: ClassKey): Instance | null {
    return first(childrenOf(this), (child) => isExactly(child, key))
  }

  /** The first child of that class or one that extends it, or null. */
  findFirstChildWhichIsA<Found extends Instance>(key: AnyInstanceClass<Found>): Found | null
  findFirstChildWhichIsA(key: ClassKey): Instance | null
  findFirstChildWhichIsA(key: ClassKey): Instance | null {
    return first(childrenOf(this), (child) => child.isA(key))
  }

  /** The first descendant of that name (and class), parents before children, or null. */
  findFirstDescendant(name: string): Instance | null
  findFirstDescendant<Found extends Instance>(name: string, key: AnyInstanceClass<Found>): Found | null
  findFirstDescendant(name: string, key?: AnyInstanceClass): Instance | null {
    return first(descendantsOf(this), (below) => below.name === name && (key === undefined || below.isA(key)))
  }

  /** The nearest ancestor of that name, or null. */
  findFirstAncestor(name: string): Instance | null {
    return first(ancestorsOf(this), (above) => above.name === name)
  }

  /** The nearest ancestor of exactly that class, or null. */
  findFirstAncestorOfClass<Found extends Instance>(key: AnyInstanceClass<Found>): Found | null
  findFirstAncestorOfClass(key: ClassKey): Instance | null
  findFirstAncestorOfClass(key: ClassKey): Instance | null {
    return first(ancestorsOf(this), (above) => isExactly(above, key))
  }

  /** The nearest ancestor of that class or one that extends it, or null. */
  findFirstAncestorWhichIsA<Found extends Instance>(key: AnyInstanceClass<Found>): Found | null
  findFirstAncestorWhichIsA(key: ClassKey): Instance | null
  findFirstAncestorWhichIsA(key: ClassKey): Instance | null {
    return first(ancestorsOf(this), (above) => above.isA(key))
  }

  /** The child of that name (and class), now or as soon as there is one; rejects on timeout, abort and destruction. */
  waitForChild(name: string, options?: WaitForChildOptions): Promise<Instance>
  waitForChild<Found extends Instance>(
    name: string,
    key: AnyInstanceClass<Found>,
    options?: WaitForChildOptions,
  ): Promise<Found>
  waitForChild(name: string, ...how: ClassAndOptions): Promise<Instance> {
    return waitForChild(this, name, how)
  }

  /** Strictly above. */
  isAncestorOf(other: Instance): boolean {
    return first(ancestorsOf(other), (above) => above === this) !== null
  }

  /** Strictly below. */
  isDescendantOf(other: Instance): boolean {
    return other.isAncestorOf(this)
  }

  /** Names from below the DataModel, joined by dots; for people to read, not to parse. */
  getFullName(): string {
    const names = [this.name]
    for (const above of ancestorsOf(this)) {
      if (above.parent !== null || above.className !== 'DataModel') names.unshift(above.name)
    }
    return names.join('.')
  }

  /** Null deletes. Throws for a bad name or a value that attributes do not hold. */
  setAttribute(name: string, value: AttributeValue | null): void {
    writeAttribute(this[nodeKey], name, value)
  }

  getAttribute(name: string): AttributeValue | null {
    const { attributes } = this[nodeKey].now
    return Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null
  }

  /** Frozen; a later write makes another object. */
  getAttributes(): Attributes {
    return this[nodeKey].now.attributes
  }

  addTag(tag: string): void {
    addTag(this[nodeKey], tag)
  }

  removeTag(tag: string): void {
    removeTag(this[nodeKey], tag)
  }

  hasTag(tag: string): boolean {
    return hasTag(this[nodeKey], tag)
  }

  /** Frozen; a later change makes another array. */
  getTags(): readonly string[] {
    return this[nodeKey].now.tags
  }

  /** Edits nested properties by a recipe that mutates a draft; only the touched paths replicate. Server only. */
  update(recipe: (draft: NestedDraft<this>) => void): void {
    applyRecipe(this[nodeKey], recipe as (draft: Record<string, unknown>) => void)
  }

  /** Fires with the name of what changed: a property, `name`, `parent`, `attributes` or `tags`. */
  get changed(): Signal<[property: string]> {
    return signalOf(this[nodeKey], 'changed')
  }

  /** The same signal at each call. Throws `notFound` for a property that the class does not have. */
  getPropertyChangedSignal(property: (keyof PropertiesOf<this> & string) | 'name' | 'parent'): Signal<[]> {
    const { schema } = this[nodeKey]
    if (!schema.propertyByName.has(property) && property !== 'name' && property !== 'parent') {
      throw new DataModelError(
        'notFound',
        `cannot listen to ${schema.name}.${String(property)}: the class has no such property. Check the name.`,
      )
    }
    return signalOf(this[nodeKey], `property:${property}`)
  }

  get childAdded(): Signal<[child: Instance]> {
    return signalOf(this[nodeKey], 'childAdded')
  }

  get childRemoved(): Signal<[child: Instance]> {
    return signalOf(this[nodeKey], 'childRemoved')
  }

  get descendantAdded(): Signal<[descendant: Instance]> {
    return signalOf(this[nodeKey], 'descendantAdded')
  }

  /** Its handlers run after the move, with the old parent of the moved root. */
  get descendantRemoving(): Signal<[descendant: Instance, oldParent: Instance]> {
    return signalOf(this[nodeKey], 'descendantRemoving')
  }

  /** Fires for a move of it or of an ancestor: what moved, and its new parent. */
  get ancestryChanged(): Signal<[moved: Instance, parent: Instance | null]> {
    return signalOf(this[nodeKey], 'ancestryChanged')
  }

  get attributeChanged(): Signal<[attribute: string]> {
    return signalOf(this[nodeKey], 'attributeChanged')
  }

  /** The same signal at each call. */
  getAttributeChangedSignal(attribute: string): Signal<[]> {
    return signalOf(this[nodeKey], `attribute:${attribute}`)
  }

  /** Its handlers run when it is gone already: signals are deferred. */
  get destroying(): Signal<[]> {
    return signalOf(this[nodeKey], 'destroying')
  }

  /** For stores: called once after each commit or patch in which its record changed or went away. Not deferred. */
  observe(listener: () => void): () => void {
    return addObserver(this[nodeKey], listener)
  }
}
