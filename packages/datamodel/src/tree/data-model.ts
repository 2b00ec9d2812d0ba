import { type ServiceMap, type ServiceName, serviceClasses } from '../classes/services.ts'
import type { Clock } from '../clock.ts'
import { DataModelError } from '../errors.ts'
import { Instance, placeMade } from '../instance/instance.ts'
import { enterTree } from '../instance/membership.ts'
import { nodeOf } from '../instance/node.ts'
import { relink } from '../instance/parenting.ts'
import { createClassSchema } from '../schema/class-schema.ts'
import type { TreeDefinition } from '../schema/tree-definition.ts'
import type { SignalQueue } from '../signals/signal-queue.ts'
import { everyone } from './domain.ts'
import type { CommitOptions, Patch } from './operation.ts'
import { commitLocally } from './sealing.ts'
import { type DataModelOptions, type Side, Tree } from './tree.ts'
import type { TreeSnapshot, TreeStamp } from './tree-snapshot.ts'

const dataModelSchema = createClassSchema('DataModel', Instance.schema, {
  properties: {},
  traits: { isService: true },
})

/** The root of one place's tree, `game` in the reference model: on the server the authority, on a client its replica. */
export class DataModel extends Instance {
  static override readonly schema = dataModelSchema
  readonly #tree: Tree
  readonly #services = new Map<string, Instance>()

  /** Makes the services too; their ids are the same on both sides. */
  constructor(options: DataModelOptions) {
    super({ ...placeMade, name: 'game' })
    this.#tree = new Tree(this, options)
    const root = nodeOf(this)
    root.id = this.#tree.takeWellKnownId()
    root.domain = everyone
    enterTree([root], this.#tree)
    for (const Service of Object.values(serviceClasses)) {
      const service: Instance = new Service(placeMade)
      const node = nodeOf(service)
      node.id = this.#tree.takeWellKnownId()
      relink(node, this, root.nextOrder++)
      enterTree([node], this.#tree)
      this.#services.set(service.className, service)
    }
    this.commit({ tick: 0 })
  }

  get side(): Side {
    return this.#tree.side
  }

  get clock(): Clock {
    return this.#tree.clock
  }

  get definition(): TreeDefinition {
    return this.#tree.definition
  }

  /** Deferred handlers; `drain` runs them. */
  get queue(): SignalQueue {
    return this.#tree.queue
  }

  /** The tree at its last commit. A replica makes it when it is asked for, which costs what is there. */
  get snapshot(): TreeSnapshot {
    return this.#tree.snapshot
  }

  /** Which state the last commit or patch led to; costs nothing. */
  get stamp(): TreeStamp {
    return this.#tree.stamp
  }

  /** Grows with each commit or patch that made, removed, moved or renamed something. */
  get structureVersion(): number {
    return this.#tree.structureVersion
  }

  /** A singleton of this DataModel, by its class's name, whatever it is called now. Throws `notFound` for any other name. */
  getService<Name extends ServiceName>(name: Name): ServiceMap[Name] {
    const found = this.findService(name)
    if (found !== null) return found as ServiceMap[Name]
    throw new DataModelError(
      'notFound',
      `cannot get service "${name}": there is none of that name. Use one of ${Object.keys(serviceClasses).join(', ')}.`,
    )
  }

  /** As `getService`, but null for a name that is no service. */
  findService(name: string): Instance | null {
    return this.#services.get(name) ?? null
  }

  /** The instance of that id in the tree, or null. */
  getInstanceById(id: number): Instance | null {
    return this.#tree.nodes.get(id)?.handle ?? null
  }

  /** A resumption point: runs all deferred handlers, and those that they cause. */
  drain(): void {
    this.#tree.queue.drain()
  }

  /**
   * Freezes what changed into new records and returns it as a patch; costs what changed, not what there is. On a server
   * it takes a number of its own where something changed, or where that is asked for.
   */
  commit(at: CommitOptions): Patch {
    const { authority } = this.#tree.options
    return authority === undefined ? commitLocally(this.#tree, at.tick) : authority.commit(this.#tree, at)
  }

  /** On a client: runs deferred handlers, then commits local writes. */
  settle(): void {
    this.drain()
    if (this.#tree.dirty.length > 0) this.commit({ tick: this.#tree.stamp.tick })
  }

  /** Called once after each commit or patch that made, removed, moved or renamed something. Not deferred. */
  observeStructure(listener: () => void): () => void {
    const entry = (): void => listener()
    this.#tree.structureObservers.add(entry)
    return () => {
      this.#tree.structureObservers.delete(entry)
    }
  }
}
