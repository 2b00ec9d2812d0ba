import { UnreliableRemoteEvent } from '@banyan/datamodel'
import { script } from '@banyan/server'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { remotes } from '../../fixtures/definition.ts'
import { modes } from '../../fixtures/modes.ts'
import { mount } from '../../fixtures/mount.tsx'
import { openPlace } from '../../fixtures/place.ts'
import { useRemoteEvent } from './use-remote-event.ts'

describe.each(modes)('unreliable remotes in $name', (mode) => {
  test('HK39: useRemoteEvent of an unreliable contract is the same hook, and drops what is not joined', async () => {
    const heard: unknown[] = []
    const pointing = script(({ remote }) => {
      remote(remotes.pointed).onServerEvent.connect((_player, { x }) => heard.push(x))
    })
    await using place = await openPlace(pointing)
    const functions = new Set<unknown>()
    function Pointer({ x }: { readonly x: number }) {
      const point = useRemoteEvent(remotes.pointed)
      expectTypeOf(point).parameter(0).toEqualTypeOf<{ x: number }>()
      useRemoteEvent(remotes.moved, ({ x }) => heard.push(`moved ${x}`))
      functions.add(point)
      return (
        <button type="button" onClick={() => point({ x })}>
          point
        </button>
      )
    }
    const view = await mount(place, <Pointer x={1} />, mode)
    functions.clear()
    await view.click()
    await place.advance(100)
    await view.show(<Pointer x={2} />)
    await view.click()
    await place.advance(100)
    place.remote(remotes.moved).fireAllClients({ x: 3 })
    await place.tick()
    expect(functions.size).toBe(1)
    await view.show(null)
    place.remote(remotes.moved).fireAllClients({ x: 4 })
    await place.tick()
    await view.show(<Pointer x={5} />)
    await place.advance(100)
    expect(heard).toEqual([2, 'moved 3'])
  })

  test('HK39: one made at run time works both ways by its path', async () => {
    await using place = await openPlace()
    const heard: unknown[] = []
    function Cursor() {
      const point = useRemoteEvent('ReplicatedStorage.Cursor', (...args) => heard.push(args))
      return (
        <button type="button" onClick={() => point(1, 2)}>
          point
        </button>
      )
    }
    const view = await mount(place, <Cursor />, mode)
    await place.advance(100)
    expect(view.text()).toBe('loading')
    const cursor = new UnreliableRemoteEvent({
      name: 'Cursor',
      parent: place.game.getService('ReplicatedStorage'),
    })
    cursor.onServerEvent.connect((_player, ...args) => heard.push(args))
    await place.tick()
    await view.click()
    await place.advance(100)
    cursor.fireAllClients('here', { x: 3 })
    await place.tick()
    expect(heard).toEqual([
      [1, 2],
      ['here', { x: 3 }],
    ])
  })
})
