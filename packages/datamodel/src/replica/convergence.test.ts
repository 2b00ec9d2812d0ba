import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createChecksumWatch } from '../../fixtures/checksum-watch.ts'
import type { NamedAudience } from '../audiences/audience.ts'
import { createAudiences } from '../audiences/audiences.ts'
import type { Player } from '../classes/player.ts'
import { addPlayer, removePlayer } from '../classes/players.ts'
import { Folder, Team } from '../classes/world.ts'
import type { VisibleTo } from '../instance/access.ts'
import type { Instance } from '../instance/instance.ts'
import { bool } from '../properties/boolean.ts'
import { nested } from '../properties/nested.ts'
import { float, int } from '../properties/numbers.ts'
import { reference } from '../properties/reference.ts'
import { defineClass } from '../schema/define-class.ts'
import { defineTree } from '../schema/tree-definition.ts'
import { serverAuthority } from '../tree/authority.ts'
import { DataModel } from '../tree/data-model.ts'
import type { Create, Operation, Patch } from '../tree/operation.ts'
import { operationsFor } from '../tree/patch-shares.ts'
import type { TreeSnapshot } from '../tree/tree-snapshot.ts'
import { view } from '../tree/view.ts'
import { applyPatch } from './apply-patch.ts'
import { applySnapshot } from './apply-snapshot.ts'
import { replicaView } from './replica-view.ts'

const Thing = defineClass('Thing', {
  properties: {
    count: int(0),
    size: float(0, { precision: 0.25 }),
    secret: bool(false, { visibleTo: 'server' }),
    friend: reference<Instance>(),
    bag: nested<Record<string, number>>({}),
    ammo: int(0, { visibleTo: 'owner' }),
    mark: reference<Instance>({ visibleTo: 'owner' }),
    plan: nested<Record<string, number>>({}, { visibleTo: 'owner' }),
    key: int(7, { visibleTo: 'server' }),
  },
})
const definition = defineTree({ classes: [Thing] })
const clock = { now: () => 0, after: () => () => {}, every: () => () => {} }

function createTree(side: 'server' | 'client'): DataModel {
  return new DataModel({
    definition,
    ...(side === 'server' ? { authority: serverAuthority } : {}),
    clock,
    report: (error) => {
      throw error
    },
    editNested: (state, recipe) => {
      const draft = structuredClone(state)
      recipe(draft)
      const edits = (['bag', 'plan'] as const).flatMap((name) =>
        Object.entries(draft[name] as Record<string, number>).map(([key, value]) => ({
          op: 'set' as const,
          path: [name, key],
          value,
        })),
      )
      return { state: draft, edits }
    },
  })
}

type Step = { readonly kind: string; readonly a: number; readonly b: number }

const kinds = (
  'make make move move move destroy detach count size rename refer refer ' +
  'attribute unattribute tag untag bag edit commit commit join leave resync secret ' +
  'show show show own enter enter exit exit end team team ammo mark plan key'
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
  readonly sums = createChecksumWatch()
  readonly audiences = createAudiences(this.server)
  readonly teams = ['red', 'blue'].map((name) => new Team({ name, parent: this.server.getService('Teams') }))

  readonly even = this.audiences.when('even', {
    dependsOn: [this.server.getService('ReplicatedStorage')],
    test: ({ id }) => (id + this.server.getService('ReplicatedStorage').getChildren().length) % 2 === 0,
  })

  run(steps: readonly Step[]): void {
    for (const { kind, a, b } of steps) this.#step(kind, a, b)
    this.#commit()
    this.expectConverged()
    for (const [player, replica] of this.replicas) {
      this.sums.expectAsFromScratch(this.server, player?.id ?? null)
      this.sums.expectAsFromScratch(replica, null)
    }
  }

  expectConverged(): void {
    for (const [player, replica] of this.replicas) {
      expect(replicaView(replica)).toEqual(view(this.server.snapshot, player?.id ?? null))
      this.sums.expectSame(this.server, replica, player?.id ?? null)
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
    if (['enter', 'exit', 'end', 'team'].includes(kind)) return this.#regroup(kind, a, b)
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
    if (kind === 'show') thing.visibleTo = this.#rules()[b % this.#rules().length] ?? 'everyone'
    if (kind === 'own') thing.owner = this.#players()[b % 4] ?? null
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
    if (kind === 'ammo') thing.ammo = b % 3
    if (kind === 'key') thing.key = b % 3
    if (kind === 'plan') thing.plan = { [`k${b % 3}`]: b }
    if (kind === 'mark') {
      const targets = [null, ...this.server.getDescendants(), ...this.detached]
      thing.mark = targets[b % targets.length] ?? null
    }
    if (kind === 'refer') {
      const targets = [null, ...this.server.getDescendants(), ...this.detached]
      thing.friend = targets[b % targets.length] ?? null
    }
  }

  #regroup(kind: string, a: number, b: number): void {
    const player = this.#players()[a % 3]
    const audience = this.#named(b)
    if (kind === 'end' && b % 4 === 0) audience.destroy()
    if (kind === 'end' && b % 4 === 1) this.teams[a % 2]?.destroy()
    if (player === undefined) return
    if (kind === 'enter' && !audience.isDestroyed) audience.add(player)
    if (kind === 'exit') audience.remove(player)
    if (kind === 'team') player.team = [null, ...this.teams][b % 3] ?? null
  }

  #named(b: number): NamedAudience {
    const name = `audience ${b % 3}`
    return this.audiences.find(name) ?? this.audiences.create(name)
  }

  #rules(): VisibleTo[] {
    const teams = this.teams.filter(({ isDestroyed }) => !isDestroyed)
    const named = [0, 1, 2].map((index) => this.#named(index))
    return ['everyone', 'nobody', ...this.#players(), ...teams, ...named, this.even]
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
    applySnapshot(replica, { ...snapshot, operations: view(snapshot, player.id), tree: 'same' })
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
    applySnapshot(replica, { ...snapshot, operations: view(snapshot, player?.id ?? null), tree: 'same' })
    expect(replica.getService('Workspace').record).toBe(before)
  }

  /** A player is told of the end of what they saw, and of the state of what they see; ids included. */
  #expectNothingHidden(
    operations: readonly Operation[],
    { before, playerId }: { readonly before: TreeSnapshot; readonly playerId: number | null },
  ): void {
    const seen = idsIn(view(before, playerId))
    const creates = view(this.server.snapshot, playerId)
    const sees = idsIn(creates)
    for (const operation of operations) {
      if (operation.kind === 'remove') {
        expect(seen).toContain(operation.id)
        continue
      }
      expect(sees).toContain(operation.id)
      if (operation.kind !== 'create' && operation.kind !== 'set') continue
      const told = new Map(creates.find(({ id }) => id === operation.id)?.properties)
      for (const [index, value] of operation.properties) {
        if (told.has(index)) expect(value).toEqual(told.get(index))
        else
          expect([null, 0, false]).toContainEqual(typeof value === 'object' && value !== null ? null : value)
      }
    }
  }

  #commit(): void {
    this.server.drain()
    const before = this.server.snapshot
    const patch = this.server.commit({ tick: 1 })
    for (const [player, replica] of this.replicas) {
      const mine = patchFor(patch, player)
      this.#expectNothingHidden(mine.operations, { before, playerId: player?.id ?? null })
      applyPatch(replica, mine)
    }
    this.expectConverged()
  }
}

function idsIn(creates: readonly Create[]): ReadonlySet<number> {
  return new Set(creates.map(({ id }) => id))
}

function edit(thing: InstanceType<typeof Thing>, b: number): void {
  thing.update((draft) => {
    draft.bag[`k${b % 3}`] = b
  })
}

/** What a player gets, in an order that must not matter. */
function patchFor(patch: Patch, player: Player | null) {
  return { ...patch, operations: [...operationsFor(patch, player?.id ?? null)].reverse() }
}

// Many runs: on a busy machine they take longer than a test is given.
const timeoutMs = 60_000

test('VW1 AP1 HS1 HS2 whatever the server does, every replica equals its view, and so do their checksums', {
  timeout: timeoutMs,
}, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) =>
      new World().run(steps),
    ),
    { numRuns: 300 },
  )
})
