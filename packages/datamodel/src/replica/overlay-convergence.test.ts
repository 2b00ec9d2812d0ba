import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createChecksumWatch } from '../../fixtures/checksum-watch.ts'
import { createTestPlace, createTree, operationsFor, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import { view } from '../tree/view.ts'
import { isValueType } from '../values/value-type.ts'
import { applyPatch } from './apply-patch.ts'
import { applySnapshot } from './apply-snapshot.ts'
import { replicaView } from './replica-view.ts'

/** As a decoder would make it: plain data that shares nothing with the server. */
function travel<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || isValueType(value)) return value
  if (Array.isArray(value)) return value.map(travel) as Value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, travel(item)])) as Value
}

const kinds = (
  'make make move destroy lap name attribute tag rival bag edit hide commit commit commit ' +
  'own own ownMove ownEnd over over over over clone resync restart'
).split(' ')
const step = fc.record({ kind: fc.constantFrom(...kinds), a: fc.nat(999), b: fc.nat(999) })
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** One server and one replica whose client writes over everything that it may write. */
class World {
  readonly place = createTestPlace()
  readonly replica = createTree('client')
  readonly own: Instance[] = []
  readonly sums = createChecksumWatch()
  /** What signals alone tell to be there. */
  readonly heard: Instance[] = []

  constructor() {
    const { game } = this.replica
    this.heard.push(...game.getDescendants())
    game.descendantAdded.connect((added) => this.heard.push(added))
    game.descendantRemoving.connect((gone) => {
      expect(this.heard).toContain(gone)
      this.heard.splice(this.heard.indexOf(gone), 1)
    })
    this.#snapshot('same')
  }

  run(steps: readonly Step[]): void {
    for (const next of steps) {
      this.#serverStep(next)
      this.#clientStep(next)
    }
    this.#commit()
    this.sums.expectAsFromScratch(this.replica.game, null)
    expect([...this.place.server.reports, ...this.replica.reports]).toEqual([])
  }

  #serverStep({ kind, a, b }: Step): void {
    const { game, workspace } = this.place
    const racers = game.getDescendants().filter((found) => found.isA(Racer))
    const places = [workspace, game.getService('ServerStorage'), ...racers]
    const [racer, place] = [racers[a % Math.max(racers.length, 1)], places[b % places.length]]
    if (kind === 'commit') return this.#commit()
    if (kind === 'make') new Racer({ name: `r${a % 9}`, parent: place ?? null, lap: b % 3 })
    if (racer === undefined || place === undefined) return
    if (kind === 'move' && racer !== place && !racer.isAncestorOf(place)) racer.parent = place
    if (kind === 'hide') racer.parent = game.getService('ServerStorage')
    if (kind === 'destroy') racer.destroy()
    this.#write(racer, { kind, a, b })
    if (kind === 'rival') racer.rival = b % 4 === 0 ? null : place
    if (kind !== 'edit') return
    racer.update((draft) => {
      draft.bag.coins.gold = b
      draft.bag.items.push(`i${b % 5}`)
    })
  }

  #clientStep({ kind, a, b }: Step): void {
    const { game, workspace } = this.replica
    if (kind === 'resync') return this.#snapshot('same')
    if (kind === 'restart') return this.#snapshot('other')
    const all = game.getDescendants().filter((found) => found.isA(Racer) || found.isA(Folder))
    const target = all[a % Math.max(all.length, 1)] ?? workspace
    const own = this.own[b % Math.max(this.own.length, 1)]
    if (kind === 'own') this.own.push(new Folder({ name: 'own', parent: target }))
    if (kind === 'clone' && target.isA(Racer)) {
      const copy = target.clone()
      copy.parent = workspace
      this.own.push(copy)
    }
    if (kind === 'ownMove' && own?.isDestroyed === false && own !== target && !own.isAncestorOf(target)) {
      own.parent = target
    }
    if (kind === 'ownEnd') own?.destroy()
    const over = ['lap', 'name', 'attribute', 'tag', 'bag'][b % 5] ?? 'lap'
    if (kind === 'over' && target.isA(Racer)) this.#write(target, { kind: over, a: a + 1, b: b + 1 })
  }

  #write(racer: Racer, { kind, a, b }: Step): void {
    if (kind === 'lap') racer.lap = b % 4
    if (kind === 'name') racer.name = `n${b % 5}`
    if (kind === 'attribute') racer.setAttribute(`a${a % 3}`, b % 3 === 0 ? null : b)
    if (kind === 'tag' && b % 2 === 0) racer.addTag(`t${a % 3}`)
    if (kind === 'tag' && b % 2 === 1) racer.removeTag(`t${a % 3}`)
    if (kind === 'bag') racer.bag = { items: [`w${b}`], coins: { gold: a, silver: b } }
  }

  #commit(): void {
    this.place.server.game.drain()
    const patch = this.place.game.commit({ tick: 1 })
    applyPatch(this.replica.game, { ...patch, operations: travel(operationsFor(patch, null)) })
    this.#expectConverged()
  }

  #snapshot(tree: 'same' | 'other'): void {
    const patch = this.place.game.commit({ tick: 1 })
    const { snapshot } = this.place.game
    const creates = travel(view(snapshot, null))
    applySnapshot(this.replica.game, { ...patch, operations: creates, tree })
    this.#expectConverged()
    const { records } = this.replica.game.snapshot
    applySnapshot(this.replica.game, { ...patch, operations: travel(creates), tree: 'same' })
    expect(this.replica.game.snapshot.records).toBe(records)
  }

  #expectConverged(): void {
    const { game } = this.replica
    game.settle()
    expect(travel(replicaView(game))).toEqual(travel(view(this.place.game.snapshot, null)))
    this.sums.expectSame(this.place.game, game, null)
    for (const instance of game.getDescendants()) {
      expect(instance.record?.children).toEqual(instance.getChildren())
      expect(instance.parent?.getChildren()).toContain(instance)
      expect(instance.isDestroyed).toBe(false)
    }
    expect(new Set(this.heard)).toEqual(new Set(game.getDescendants()))
    expect(this.heard).toHaveLength(game.getDescendants().length)
    for (const own of this.own) expect(own.isDestroyed).toBe(own.dataModel === null)
  }
}

const timeoutMs = 60_000

test('AP9 AP12 AP14 AP18 HS3 whatever a client writes and makes, the base below equals the view', {
  timeout: timeoutMs,
}, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), (steps) =>
      new World().run(steps),
    ),
    { numRuns: 100 },
  )
})
