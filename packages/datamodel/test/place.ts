import { expect } from 'vitest'
import type { Player } from '../src/classes/player.ts'
import { addPlayer, setLocalPlayer } from '../src/classes/players.ts'
import { Model } from '../src/classes/world.ts'
import type { Instance } from '../src/instance/instance.ts'
import { nested } from '../src/properties/nested.ts'
import { float, int } from '../src/properties/numbers.ts'
import { reference } from '../src/properties/reference.ts'
import { oneOf, string } from '../src/properties/strings.ts'
import { applyPatch } from '../src/replica/apply-patch.ts'
import { applySnapshot } from '../src/replica/apply-snapshot.ts'
import { replicaView } from '../src/replica/replica-view.ts'
import { defineClass } from '../src/schema/define-class.ts'
import { defineTree } from '../src/schema/tree-definition.ts'
import { DataModel } from '../src/tree/data-model.ts'
import { domainsOf } from '../src/tree/domain.ts'
import type { Operation, Patch } from '../src/tree/operation.ts'
import type { DataModelOptions, Side } from '../src/tree/tree.ts'
import { view } from '../src/tree/view.ts'
import { editNested } from './immer-editor.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

interface Bag {
  items: string[]
  coins: { gold: number; silver: number }
}

/** A class with the properties that tests write to. */
export const Racer = defineClass('Racer', {
  extends: Model,
  properties: {
    lap: int(0),
    progress: float(0, { precision: 0.25 }),
    phase: oneOf('lobby', 'racing', 'over'),
    plan: string('', { replicates: false }),
    rival: reference<Instance>(),
    bag: nested<Bag>({ items: [], coins: { gold: 0, silver: 0 } }),
  },
})
export type Racer = InstanceType<typeof Racer>

export const definition = defineTree({ classes: [Racer] })

/** The place of a property in its class, as operations name it. */
export function indexOf(name: string): number {
  return Racer.schema.propertyByName.get(name)?.index ?? -1
}

/** A tree and what it said. */
export interface TestTree {
  readonly game: DataModel
  readonly clock: ManualClock
  readonly workspace: Instance
  readonly reports: { readonly error: unknown; readonly source: string }[]
  readonly warnings: string[]
}

/** One side alone. */
export function createTree(side: Side = 'server', options: Partial<DataModelOptions> = {}): TestTree {
  const clock = createManualClock()
  const reports: { error: unknown; source: string }[] = []
  const warnings: string[] = []
  const game = new DataModel({
    definition,
    side,
    clock,
    report: (error, source) => reports.push({ error, source }),
    warn: (message) => warnings.push(message),
    ...(side === 'server' ? { editNested } : {}),
    ...options,
  })
  return { game, clock, workspace: game.getService('Workspace'), reports, warnings }
}

/** Instances in a form that is easy to read. */
export function namesOf(instances: readonly Instance[]): readonly string[] {
  return instances.map(({ name }) => name)
}

/** A server and the replicas of some players, joined by nothing but operations. */
export interface TestPlace {
  readonly server: TestTree
  readonly game: DataModel
  readonly workspace: Instance
  readonly replicas: ReadonlyMap<Player, TestTree>
  /** Adds a player and gives them a replica by snapshot. */
  readonly join: (name: string, options?: Partial<DataModelOptions>) => { player: Player; replica: TestTree }
  /** Commits, brings the patch to every replica, and holds each against its view. */
  readonly commit: () => Patch
  /** Brings a player's whole view. */
  readonly resync: (player: Player) => void
}

export function createTestPlace(): TestPlace {
  const server = createTree('server')
  const { game, workspace } = server
  const replicas = new Map<Player, TestTree>()

  function commit(): Patch {
    const patch = game.commit({ tick: game.snapshot.tick + 1 })
    for (const [player, replica] of replicas) {
      const operations = operationsFor(patch, player.id)
      if (patch.segments.size > 0) applyPatch(replica.game, { ...patch, operations })
      expect(replicaView(replica.game)).toEqual(view(game.snapshot, player.id))
    }
    return patch
  }

  function resync(player: Player): void {
    const replica = replicas.get(player)
    if (replica === undefined) throw new TypeError('the player has no replica')
    const creates = view(game.snapshot, player.id)
    applySnapshot(replica.game, { ...game.snapshot, creates, tree: 'same' })
  }

  function join(name: string, options?: Partial<DataModelOptions>): { player: Player; replica: TestTree } {
    const player = addPlayer(game, { userId: `user-${name}`, name })
    commit()
    const replica = createTree('client', options)
    setLocalPlayer(replica.game, player.id)
    replicas.set(player, replica)
    resync(player)
    return { player, replica }
  }

  return { server, game, workspace, replicas, join, commit, resync }
}

/** What a player's connection would carry of a patch. */
export function operationsFor(patch: Patch, playerId: number | null): readonly Operation[] {
  return domainsOf(playerId).flatMap((domain) => [...(patch.segments.get(domain) ?? [])])
}
