import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Player } from '../classes/player.ts'
import { addPlayer, removePlayer } from '../classes/players.ts'
import { Folder } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import { bool } from '../properties/boolean.ts'
import { nested } from '../properties/nested.ts'
import { float, int } from '../properties/numbers.ts'
import { reference } from '../properties/reference.ts'
import { defineClass } from '../schema/define-class.ts'
import { defineTree } from '../schema/tree-definition.ts'
import { DataModel } from '../tree/data-model.ts'
import { domainsOf } from '../tree/domain.ts'
import type { Patch } from '../tree/operation.ts'
import { view } from '../tree/view.ts'
import { applyPatch } from './apply-patch.ts'
import { applySnapshot } from './apply-snapshot.ts'
import { replicaView } from './replica-view.ts'

const Thing = defineClass('Thing', {
  properties: {
    count: int(0),
    size: float(0, { precision: 0.25 }),
    secret: bool(false, { replicates: false }),
    friend: reference<Instance>(),
    bag: nested<Record<string, number>>({}),
  },
})
const definition = defineTree({ classes: [Thing] })
const clock = { now: () => 0, after: () => () => {}, every: () => () => {} }

function createTree(side: 'server' | 'client'): DataModel {
  return new DataModel({
    definition,
    side,
    clock,
    report: (error) => {
      throw error
    },
    editNested: (state, recipe) => {
      const draft = structuredClone(state)
      recipe(draft)
      const edits = Object.entries(draft.bag as Record<string, number>).map(([key, value]) => ({
        op: 'set' as const,
        path: ['bag', key],
        value,
      }))
      return { state: draft, edits }
    },
  })
}

type Step = { readonly kind: string; readonly a: number; readonly b: number }

const kinds = (
  'make make move move move destroy detach count size rename refer refer ' +
  'attribute unattribute tag untag bag edit commit commit join leave resync secret'
).split(' ')
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  a: fc.nat(1000),
  b: fc.nat(1000),
})

/** A server, and one replica per player plus a stranger's, which live on the patches that their domains get. */
class World {
  readonly server = createTree('server')
  readonly replicas = new Map<Player | null, DataModel>([[null, createTree('client')]])
  readonly detached: Instance[] = []

  run(steps: readonly Step[]): void {
    for (const { kind, a, b } of steps) this.#step(kind, a, b)
    this.#commit()
    this.expectConverged()
  }

  expectConverged(): void {
    for (const [player, replica] of this.replicas) {
      expect(replicaView(replica)).toEqual(view(this.server.snapshot, player?.id ?? null))
    }
  }

  #step(kind: string, a: number, b: number): void {
    const things = this.server.getDescendants().filter((found) => found.isA(Thing) || found.isA(Folder))
    const thing = things[a % Math.max(things.length, 1)]
    const place = this.#places()[b % this.#places().length]
    if (kind === 'commit') return this.#commit()
    if (kind === 'join') return this.#join()
    if (kind === 'leave') return this.#leave(a)
    if (kind === 'resync') return this.#resync(a)
    if (kind === 'make') {
      const Class = b % 4 === 0 ? Folder : Thing
      const made = new Class({ name: `t${a % 5}`, parent: place ?? null })
      if (made.isA(Thing)) made.count = b % 3
      return
    }
    if (thing === undefined || place === undefined) return
    if (kind === 'move') {
      const mover = this.detached.length > 0 && b % 5 === 0 ? (this.detached.pop() ?? thing) : thing
      if (mover !== place && !mover.isAncestorOf(place)) mover.parent = place
    }
    if (kind === 'destroy') thing.destroy()
    if (kind === 'detach') {
      thing.parent = null
      this.detached.push(thing)
    }
    if (kind === 'rename') thing.name = `n${b % 4}`
    if (kind === 'attribute') thing.setAttribute(`a${b % 3}`, b)
    if (kind === 'unattribute') thing.setAttribute(`a${b % 3}`, null)
    if (kind === 'tag') thing.addTag('x')
    if (kind === 'untag') thing.removeTag('x')
    if (thing.isA(Thing)) this.#write(thing, kind, b)
  }

  #write(thing: InstanceType<typeof Thing>, kind: string, b: number): void {
    if (kind === 'count') thing.count = b % 4
    if (kind === 'size') thing.size = b / 7
    if (kind === 'secret') thing.secret = !thing.secret
    if (kind === 'bag') thing.bag = { [`k${b % 3}`]: b }
    if (kind === 'edit') edit(thing, b)
    if (kind === 'refer') {
      const targets = [null, ...this.server.getDescendants(), ...this.detached]
      thing.friend = targets[b % targets.length] ?? null
    }
  }

  #places(): Instance[] {
    const own = this.#players().flatMap((player) => [player, player.backpack, player.playerGui])
    const services = (['Workspace', 'ReplicatedStorage', 'ServerStorage'] as const).map((name) =>
      this.server.getService(name),
    )
    const things = this.server.getDescendants().filter((found) => found.isA(Thing) || found.isA(Folder))
    return [...services, ...own, ...things].filter((place) => place !== null)
  }

  #players(): Player[] {
    return this.server.getService('Players').getPlayers()
  }

  #join(): void {
    if (this.#players().length >= 3) return
    const player = addPlayer(this.server, { userId: `u${this.server.snapshot.seq}`, name: 'p' })
    this.#commit()
    const replica = createTree('client')
    const { snapshot } = this.server
    applySnapshot(replica, { ...snapshot, creates: view(snapshot, player.id), tree: 'same' })
    this.replicas.set(player, replica)
  }

  #leave(a: number): void {
    const player = this.#players()[a % 3]
    if (player === undefined) return
    this.replicas.delete(player)
    removePlayer(this.server, player, 'left')
  }

  /** As a client that comes back: a snapshot over what it has; what is equal keeps its record. */
  #resync(a: number): void {
    this.#commit()
    const [player, replica] = [...this.replicas][a % this.replicas.size] ?? []
    if (player === undefined || replica === undefined) return
    const before = replica.getService('Workspace').record
    const { snapshot } = this.server
    applySnapshot(replica, { ...snapshot, creates: view(snapshot, player?.id ?? null), tree: 'same' })
    expect(replica.getService('Workspace').record).toBe(before)
  }

  #commit(): void {
    this.server.drain()
    const patch = this.server.commit({ tick: 1 })
    for (const [player, replica] of this.replicas) applyPatch(replica, patchFor(patch, player))
    this.expectConverged()
  }
}

function edit(thing: InstanceType<typeof Thing>, b: number): void {
  thing.update((draft) => {
    draft.bag[`k${b % 3}`] = b
  })
}

/** The segments of a player's domains, in an order that must not matter. */
function patchFor(patch: Patch, player: Player | null) {
  const domains = [...domainsOf(player?.id ?? null)].reverse()
  return { ...patch, operations: domains.flatMap((domain) => [...(patch.segments.get(domain) ?? [])]) }
}

// Many runs: on a busy machine they take longer than a test is given.
const timeoutMs = 60_000

test('VW1 AP1 whatever the server does, every replica equals its view', { timeout: timeoutMs }, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) =>
      new World().run(steps),
    ),
    { numRuns: 300 },
  )
})
