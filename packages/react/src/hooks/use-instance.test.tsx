import { Folder, NumberValue } from '@banyan/datamodel'
import { startTransition, useState } from 'react'
import { describe, expect, test } from 'vitest'
import {
  addValue,
  createRenderCount,
  createTestWorld,
  modes,
  mount,
  plain,
  Racer,
  strict,
} from '../../fixtures/test-world.tsx'
import { useChildren } from './use-children.ts'
import { useInstance } from './use-instance.ts'

describe.each(modes)('useInstance in $name', (mode) => {
  test('HK1: a path suspends until its instance is there, then renders once per patch that changes it', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    function Round() {
      renders.mark('Round')
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    const view = await mount(world.client, <Round />, mode)
    expect(view.text()).toBe('loading')
    await world.advance(100)
    expect(view.text()).toBe('loading')
    let round: NumberValue | null = null
    await world.tick(() => {
      round = addValue(world.place, 'Round', 1)
    })
    expect(view.text()).toBe('1')
    renders.take('Round')
    await world.tick(() => {
      if (round !== null) round.value = 2
    })
    expect([view.text(), renders.take('Round')]).toEqual(['2', 1])
  })

  test('HK1: a service, which is there from the start, waits for the join, so that it never looks empty', async () => {
    const world = createTestWorld()
    addValue(world.place, 'Round', 1)
    const shown: string[] = []
    function Storage() {
      const names = useInstance('ReplicatedStorage').children.map(({ name }) => name)
      const count = useChildren(['ReplicatedStorage'], NumberValue).length
      shown.push(`${names.join()} ${count}`)
      return count
    }
    const view = await mount(world.client, <Storage />, mode)
    expect(view.text()).toBe('loading')
    await world.advance(100)
    expect(view.text()).toBe('1')
    expect(new Set(shown)).toEqual(new Set(['Remotes,Round 1']))
  })

  test('HK2: what does not change its record renders nothing', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    addValue(world.place, 'Round', 1)
    const other = addValue(world.place, 'Other')
    function Round() {
      renders.mark('Round')
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    await mount(world.client, <Round />, mode)
    await world.advance(100)
    renders.take('Round')
    for (let value = 1; value <= 10; value += 1) await world.tick(() => (other.value = value))
    await world.tick(() => new Folder({ name: 'New', parent: other.parent }))
    expect(renders.take('Round')).toBe(0)
  })

  test('HK3: a selector renders for its selection alone, by the given equality', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    const racer = new Racer({ name: 'Ana', parent: world.place.game.getService('Workspace') })
    function Lap() {
      renders.mark('Lap')
      return useInstance('Workspace.Ana', Racer, ({ properties }) => properties.lap)
    }
    function Style() {
      renders.mark('Style')
      const { color } = useInstance(
        'Workspace.Ana',
        Racer,
        ({ properties }) => ({ color: properties.color }),
        (left, right) => left.color === right.color,
      )
      return color
    }
    const view = await mount(world.client, [<Lap key="lap" />, <Style key="style" />], mode)
    await world.advance(100)
    renders.take('Lap')
    renders.take('Style')
    await world.tick(() => (racer.color = 'blue'))
    expect([renders.take('Lap'), renders.take('Style')]).toEqual([0, 1])
    await world.tick(() => (racer.lap = 2))
    expect([renders.take('Lap'), renders.take('Style')]).toEqual([1, 0])
    expect(view.text()).toBe('2blue')
  })

  test('HK4: a path whose instance goes away suspends again, and follows its successor', async () => {
    const world = createTestWorld()
    const first = addValue(world.place, 'Round', 1)
    function Round() {
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    const view = await mount(world.client, <Round />, mode)
    await world.advance(100)
    expect(view.text()).toBe('1')
    await world.tick(() => first.destroy())
    expect(view.container.innerHTML).toContain('loading')
    await world.tick(() => addValue(world.place, 'Round', 2))
    expect(view.text()).toBe('2')
    await world.tick(() => {
      world.place.game.getService('ReplicatedStorage').findFirstChild('Round')?.destroy()
      addValue(world.place, 'Round', 3)
    })
    expect(view.text()).toBe('3')
  })

  test('HK4: a rename or a move on the way resolves the path again', async () => {
    const world = createTestWorld()
    const storage = world.place.game.getService('ReplicatedStorage')
    const folder = new Folder({ name: 'Rounds', parent: storage })
    const one = new NumberValue({ name: 'Now', value: 1, parent: folder })
    const spare = new Folder({ name: 'Spare', parent: storage })
    new NumberValue({ name: 'Now', value: 2, parent: spare })
    function Round() {
      return useInstance(['ReplicatedStorage', 'Rounds', 'Now'], NumberValue).properties.value
    }
    const view = await mount(world.client, <Round />, mode)
    await world.advance(100)
    await world.tick(() => {
      folder.name = 'Old'
      spare.name = 'Rounds'
    })
    expect(view.text()).toBe('2')
    await world.tick(() => {
      spare.clearAllChildren()
      one.parent = spare
    })
    expect(view.text()).toBe('1')
  })

  test('HK5: a handle reads its record, and null once it is gone', async () => {
    const world = createTestWorld()
    const round = addValue(world.place, 'Round', 1)
    function Round({ handle }: { readonly handle: NumberValue | null }) {
      return String(useInstance(handle)?.properties.value ?? null)
    }
    const view = await mount(world.client, null, mode)
    await world.advance(100)
    await view.show(<Round handle={world.onClient(round)} />)
    expect(view.text()).toBe('1')
    await world.tick(() => (round.value = 2))
    expect(view.text()).toBe('2')
    await world.tick(() => round.destroy())
    expect(view.text()).toBe('null')
    await view.show(<Round handle={null} />)
    expect(view.text()).toBe('null')
  })

  test('HK6: after the timeout, joined, the error boundary hears what is missing; resetting it tries again', async () => {
    const world = createTestWorld()
    function Never() {
      return useInstance('ReplicatedStorage.HUD.Clock', NumberValue).properties.value
    }
    const view = await mount(world.client, <Never />, mode)
    await world.advance(9_000)
    expect(view.text()).toBe('loading')
    await world.advance(2_000)
    expect(view.text()).toBe(
      'cannot find "ReplicatedStorage.HUD.Clock": "ReplicatedStorage" has no child "HUD". Check the path, or allow more time.',
    )
    await world.advance(1_000)
    await view.click()
    expect(view.text()).toBe('loading')
    await world.advance(10_500)
    expect(view.text()).toContain('cannot find')
    await world.advance(1_000)
    await view.click()
    await world.tick(() => {
      const hud = new Folder({ name: 'HUD', parent: world.place.game.getService('ReplicatedStorage') })
      new NumberValue({ name: 'Clock', value: 5, parent: hud })
    })
    expect(view.text()).toBe('5')
  })

  test('HK7: another path, class or handle is followed at once', async () => {
    const world = createTestWorld()
    addValue(world.place, 'One', 1)
    addValue(world.place, 'Two', 2)
    function Value({ name }: { readonly name: string }) {
      return useInstance(`ReplicatedStorage.${name}`, NumberValue).properties.value
    }
    const view = await mount(world.client, <Value name="One" />, mode)
    await world.advance(100)
    await view.show(<Value name="Two" />)
    expect(view.text()).toBe('2')
  })

  test('HK8: many components read one patch as one: none is ahead of another, and each renders once', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    const round = addValue(world.place, 'Round', 0)
    const seen = new Set<string>()
    function Reader({ name }: { readonly name: string }) {
      renders.mark(name)
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    function All() {
      const [busy, setBusy] = useState(0)
      return (
        <>
          <button type="button" onClick={() => startTransition(() => setBusy(busy + 1))}>
            busy
          </button>
          {['a', 'b', 'c', 'd'].map((name) => (
            <i key={name}>
              <Reader name={name} />
            </i>
          ))}
        </>
      )
    }
    const view = await mount(world.client, <All />, mode)
    await world.advance(100)
    const observer = new MutationObserver(() => {
      seen.add([...view.container.querySelectorAll('i')].map((node) => node.textContent).join())
    })
    observer.observe(view.container, { subtree: true, characterData: true, childList: true })
    for (const name of ['a', 'b', 'c', 'd']) renders.take(name)
    for (let value = 1; value <= 5; value += 1) {
      await world.tick(() => (round.value = value))
    }
    expect(['a', 'b', 'c', 'd'].map(renders.take)).toEqual([5, 5, 5, 5])
    await view.click()
    await world.tick(() => (round.value = 9))
    expect([...seen]).toEqual([1, 2, 3, 4, 5, 9].map((value) => Array(4).fill(value).join()))
    observer.disconnect()
  })

  test('HK9: mounted and unmounted again, nothing stays subscribed', async () => {
    const world = createTestWorld()
    const round = addValue(world.place, 'Round', 1)
    const renders = createRenderCount(mode)
    function Round() {
      renders.mark('Round')
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    const view = await mount(world.client, <Round />, mode)
    await world.advance(100)
    for (let turn = 0; turn < 5; turn += 1) {
      await view.show(null)
      await view.show(<Round />)
    }
    await view.show(null)
    renders.take('Round')
    await world.tick(() => (round.value = 2))
    expect(renders.take('Round')).toBe(0)
  })
})

test('HK10: two roots share the client, its connection and its records', async () => {
  const world = createTestWorld()
  const round = addValue(world.place, 'Round', 1)
  function Round() {
    return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
  }
  const first = await mount(world.client, <Round />, strict)
  const second = await mount(world.client, <Round />, plain)
  await world.advance(100)
  await world.tick(() => (round.value = 2))
  expect([first.text(), second.text()]).toEqual(['2', '2'])
  expect(world.place.stats.connected).toBe(1)
  first.unmount()
  await world.advance(1000)
  expect(world.client.state.kind).toBe('joined')
  second.unmount()
  await world.advance(1000)
  expect(world.client.state.kind).toBe('closed')
})
