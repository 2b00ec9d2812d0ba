import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createThingTree, historySteps, playHistory, thingDefinition } from '../../fixtures/patch-history.ts'
import { Instance } from '../instance/instance.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { Patch } from '../tree/operation.ts'
import { createPatchShares } from '../tree/patch-shares.ts'
import type { ToldRun } from '../tree/told-run.ts'
import { view } from '../tree/view.ts'
import { applyRuns } from './apply-patch.ts'
import { applySnapshot } from './apply-snapshot.ts'

/** What a player gets of a patch, what was written in columns. */
function runsFor(patch: Patch, playerId: number): readonly ToldRun[] {
  const { segments, arrivals, departures } = createPatchShares(patch)(playerId)
  const told = segments.flatMap((domain) => patch.segments.get(domain) ?? [])
  const sets = told.flatMap(({ runs }) =>
    runs.map(
      ({ schema, ids, columns }): ToldRun => ({
        kind: 'sets',
        classNumber: thingDefinition.classNumberOf(schema) ?? -1,
        ids,
        columns: columns.map(({ index, values }) => ({ kind: 'values', index, values })),
      }),
    ),
  )
  const operations = [
    ...told.flatMap(({ rest }) => rest),
    ...arrivals.flatMap((domain) => patch.arrivals.get(domain) ?? []),
    ...departures.flatMap((domain) => patch.departures.get(domain) ?? []),
  ]
  return [...sets, { kind: 'operations', operations }]
}

/** What a record says, as data. */
function contentOf(record: InstanceRecord<object> | null | undefined): unknown {
  if (record === null || record === undefined) return null
  const { name, parent, order, values, attributes, tags, children } = record
  const idOf = (value: unknown): unknown => (value instanceof Instance ? `instance ${value.id}` : value)
  return {
    name,
    parent: parent?.id,
    order,
    values: values.map(idOf),
    attributes,
    tags,
    children: children.map(({ id }) => id),
  }
}

/** Everything there, in one order on all replicas. */
function allOf(game: DataModel): readonly Instance[] {
  return [...game.getDescendants()].sort((one, other) => one.id - other.id)
}

/** What somebody does between two patches: to which instance, and to which of its values. */
const looks = fc.array(
  fc.record({
    kind: fc.constantFrom('look', 'look', 'look', 'snapshot', 'observe', 'forget', 'write', 'settle'),
    at: fc.nat(40),
  }),
  { maxLength: 6 },
)

it('AP7 AP23 AP24 records and snapshots are those of a replica that makes them at each patch, whoever looks when', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(historySteps, fc.array(looks, { minLength: 1, maxLength: 20 }), (steps, visits) => {
      const { history, playerIds } = playHistory(steps)
      const [playerId = 0] = playerIds
      const [lazy, eager] = [createThingTree('client'), createThingTree('client')]
      const kept = new Map<InstanceRecord<object>, unknown>()
      const observed = new Map<Instance, { record: InstanceRecord<object> | null; stop: () => void }>()
      const heard = new Set<Instance>()
      const isWatched = new Set<Instance>()

      function look(instance: Instance): void {
        const { record } = instance
        const twin = eager.getInstanceById(instance.id)
        expect(contentOf(record)).toEqual(contentOf(twin?.record))
        expect(instance.record).toBe(record)
        if (record !== null && !kept.has(record)) kept.set(record, contentOf(record))
      }

      function visit(kind: string, at: number): void {
        const all = allOf(lazy)
        const instance = all[at % all.length]
        if (instance === undefined) return
        if (kind === 'look') look(instance)
        if (kind === 'snapshot') {
          for (const { id, record } of allOf(eager))
            expect(contentOf(lazy.snapshot.records.get(id))).toEqual(contentOf(record))
        }
        if (kind === 'observe' && !observed.has(instance)) {
          const stop = instance.observe(() => heard.add(instance))
          observed.set(instance, { record: instance.record, stop })
        }
        if (kind === 'forget') {
          observed.get(instance)?.stop()
          observed.delete(instance)
        }
        if (kind === 'write')
          for (const game of [lazy, eager]) game.getInstanceById(instance.id)?.setAttribute('mine', at)
        if (kind === 'settle') for (const game of [lazy, eager]) change(() => game.settle())
      }

      /** Who observes hears of each new record, and of nothing else. */
      function change(run: () => void): void {
        heard.clear()
        run()
        for (const [instance, one] of observed) {
          expect(heard.has(instance)).toBe(instance.record !== one.record)
          one.record = instance.record
        }
        for (const instance of allOf(eager)) {
          if (!isWatched.has(instance)) instance.observe(() => {})
          isWatched.add(instance)
        }
      }

      for (const [at, { patch, snapshot }] of history.entries()) {
        if (!snapshot.audiences.has(playerId)) continue
        for (const game of [lazy, eager]) {
          change(() => {
            if (at === 0)
              applySnapshot(game, { ...snapshot, operations: view(snapshot, playerId), tree: 'same' })
            else applyRuns(game, { ...patch, runs: runsFor(patch, playerId) })
          })
        }
        for (const { kind, at: where } of visits[at % visits.length] ?? []) visit(kind, where)
      }
      for (const instance of allOf(lazy)) look(instance)
      for (const [record, content] of kept) expect(contentOf(record)).toEqual(content)
    }),
  )
})
