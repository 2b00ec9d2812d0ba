import { type Instance, type InstanceRecord, NumberValue, type RemoteEvent } from '@banyan/datamodel'
import { describe, expectTypeOf, test } from 'vitest'
import type { Racer as RacerHandle } from '../../fixtures/definition.ts'
import { Racer, remotes } from '../../fixtures/definition.ts'
import { useChildren } from './use-children.ts'
import { useInstance } from './use-instance.ts'
import { useProperty } from './use-property.ts'
import type { FireServer } from './use-remote-event.ts'
import { useRemoteEvent } from './use-remote-event.ts'
import { useRemoteFunction } from './use-remote-function.ts'
import { useService } from './use-service.ts'

/** Never called: hooks are here for their types. */
function useEverything(racer: RacerHandle, remote: RemoteEvent) {
  return {
    byClass: useInstance('ReplicatedStorage.Round', NumberValue),
    byPath: useInstance(['Workspace', 'v1.2']),
    byHandle: useInstance(racer),
    selected: useInstance('Workspace.Ana', Racer, ({ properties }) => properties.lap > 2),
    selectedByHandle: useInstance(racer, ({ properties, name }) => `${name} ${properties.color}`),
    property: useProperty(racer, 'color'),
    name: useProperty('Workspace.Ana', 'name', Racer),
    loose: useProperty('Workspace.Ana', 'lap'),
    racers: useChildren(useService('Workspace'), Racer),
    steer: useRemoteEvent(remotes.steer),
    heard: useRemoteEvent(remotes.announced, ({ text }) => text.length),
    fire: useRemoteEvent(remote),
    buy: useRemoteFunction(remotes.buy),
    // @ts-expect-error: a class has no other properties than its own
    wrongProperty: useProperty(racer, 'speed'),
    // @ts-expect-error: a contract to clients needs a handler
    silent: useRemoteEvent(remotes.announced),
    // @ts-expect-error: a request is no event
    request: useRemoteEvent(remotes.buy),
  }
}

type Everything = ReturnType<typeof useEverything>

describe('types of hooks', () => {
  test('HK38: records are typed by class, and nullable for handles alone', () => {
    expectTypeOf<Everything['byClass']['properties']['value']>().toEqualTypeOf<number>()
    expectTypeOf<Everything['byPath']['children']>().toEqualTypeOf<readonly Instance[]>()
    expectTypeOf<NonNullable<Everything['byHandle']>['properties']['lap']>().toEqualTypeOf<number>()
    expectTypeOf<null>().toExtend<Everything['byHandle']>()
    expectTypeOf<Everything['byClass']>().toExtend<InstanceRecord<{ value: number }>>()
  })

  test('HK38: selections, properties and children keep their types', () => {
    expectTypeOf<Everything['selected']>().toEqualTypeOf<boolean>()
    expectTypeOf<Everything['selectedByHandle']>().toEqualTypeOf<string | null>()
    expectTypeOf<Everything['property']>().toEqualTypeOf<string | null>()
    expectTypeOf<Everything['name']>().toEqualTypeOf<string>()
    expectTypeOf<Everything['loose']>().toBeUnknown()
    expectTypeOf<Everything['racers']>().toEqualTypeOf<readonly RacerHandle[]>()
  })

  test('HK38: remotes are typed by their contract', () => {
    expectTypeOf<Parameters<Everything['steer']>>().toEqualTypeOf<[payload: { angle: number }]>()
    expectTypeOf<Everything['heard']>().toEqualTypeOf<void>()
    expectTypeOf<Everything['fire']>().toEqualTypeOf<FireServer>()
    expectTypeOf<Awaited<ReturnType<Everything['buy'][0]>>>().toEqualTypeOf<{ coins: number }>()
    expectTypeOf<Everything['buy'][1]['data']>().toEqualTypeOf<{ coins: number } | null>()
  })
})
