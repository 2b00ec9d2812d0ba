import { Folder, NumberValue } from '@banyan/datamodel'
import { startTransition, useState } from 'react'
import { describe, expect, test } from 'vitest'
import { Racer } from '../../fixtures/definition.ts'
import { createRenderCount, modes, plain, strict } from '../../fixtures/modes.ts'
import { mount } from '../../fixtures/mount.tsx'
import { addValue, onClient, openPlace } from '../../fixtures/place.ts'
import { useChildren } from './use-children.ts'
import { useInstance } from './use-instance.ts'

describe.each(modes)('useInstance in $name', (mode) => {
  test('HK1: a path suspends until its instance is there, then renders once per patch that changes it', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    function Round() {
      renders.mark('Round')
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    const view = await mount(place, <Round />, mode)
    expect(view.text()).toBe('loading')
    await place.advance(100)
    expect(view.text()).toBe('loading')
    const round = addValue(place, 'Round', 1)
    await place.tick()
    expect(view.text()).toBe('1')
    renders.take('Round')
    round.value = 2
    await place.tick()
    expect([view.text(), renders.take('Round')]).toEqual(['2', 1])
  })

  test('HK1: a service, which is there from the start, waits for the join, so that it never looks empty', async () => {
    await using place = await openPlace()
    addValue(place, 'Round', 1)
    const shown: string[] = []
    function Storage() {
      const names = useInstance('ReplicatedStorage').children.map(({ name }) => name)
      const count = useChildren(['ReplicatedStorage'], NumberValue).length
      shown.push(`${names.join()} ${count}`)
      return count
    }
    const view = await mount(place, <Storage />, mode)
    expect(view.text()).toBe('loading')
    await place.advance(100)
    expect(view.text()).toBe('1')
    expect(new Set(shown)).toEqual(new Set(['Remotes,Round 1']))
  })

  test('HK2: what does not change its record renders nothing', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    addValue(place, 'Round', 1)
    const other = addValue(place, 'Other')
    function Round() {
      renders.mark('Round')
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    await mount(place, <Round />, mode)
    await place.advance(100)
    renders.take('Round')
    for (let value = 1; value <= 10; value += 1) {
      other.value = value
      await place.tick()
    }
    new Folder({ name: 'New', parent: other.parent })
    await place.tick()
    expect(renders.take('Round')).toBe(0)
  })

  test('HK3: a selector renders for its selection alone, by the given equality', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    const racer = new Racer({ name: 'Ana', parent: place.game.getService('Workspace') })
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
    const view = await mount(place, [<Lap key="lap" />, <Style key="style" />], mode)
    await place.advance(100)
    renders.take('Lap')
    renders.take('Style')
    racer.color = 'blue'
    await place.tick()
    expect([renders.take('Lap'), renders.take('Style')]).toEqual([0, 1])
    racer.lap = 2
    await place.tick()
    expect([renders.take('Lap'), renders.take('Style')]).toEqual([1, 0])
    expect(view.text()).toBe('2blue')
  })

  test('HK4: a path whose instance goes away suspends again, and follows its successor', async () => {
    await using place = await openPlace()
    const first = addValue(place, 'Round', 1)
    function Round() {
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    const view = await mount(place, <Round />, mode)
    await place.advance(100)
    expect(view.text()).toBe('1')
    first.destroy()
    await place.tick()
    expect(view.container.innerHTML).toContain('loading')
    addValue(place, 'Round', 2)
    await place.tick()
    expect(view.text()).toBe('2')
    place.game.getService('ReplicatedStorage').findFirstChild('Round')?.destroy()
    addValue(place, 'Round', 3)
    await place.tick()
    expect(view.text()).toBe('3')
  })

  test('HK4: a rename or a move on the way resolves the path again', async () => {
    await using place = await openPlace()
    const storage = place.game.getService('ReplicatedStorage')
    const folder = new Folder({ name: 'Rounds', parent: storage })
    const one = new NumberValue({ name: 'Now', value: 1, parent: folder })
    const spare = new Folder({ name: 'Spare', parent: storage })
    new NumberValue({ name: 'Now', value: 2, parent: spare })
    function Round() {
      return useInstance(['ReplicatedStorage', 'Rounds', 'Now'], NumberValue).properties.value
    }
    const view = await mount(place, <Round />, mode)
    await place.advance(100)
    folder.name = 'Old'
    spare.name = 'Rounds'
    await place.tick()
    expect(view.text()).toBe('2')
    spare.clearAllChildren()
    one.parent = spare
    await place.tick()
    expect(view.text()).toBe('1')
  })

  test('HK5: a handle reads its record, and null once it is gone', async () => {
    await using place = await openPlace()
    const round = addValue(place, 'Round', 1)
    function Round({ handle }: { readonly handle: NumberValue | null }) {
      return String(useInstance(handle)?.properties.value ?? null)
    }
    const view = await mount(place, null, mode)
    await place.advance(100)
    await view.show(<Round handle={onClient(place, round)} />)
    expect(view.text()).toBe('1')
    round.value = 2
    await place.tick()
    expect(view.text()).toBe('2')
    round.destroy()
    await place.tick()
    expect(view.text()).toBe('null')
    await view.show(<Round handle={null} />)
    expect(view.text()).toBe('null')
  })

  test('HK6: after the timeout, joined, the error boundary hears what is missing; resetting it tries again', async () => {
    await using place = await openPlace()
    function Never() {
      return useInstance('ReplicatedStorage.HUD.Clock', NumberValue).properties.value
    }
    const view = await mount(place, <Never />, mode)
    await place.advance(9_000)
    expect(view.text()).toBe('loading')
    await place.advance(2_000)
    expect(view.text()).toBe(
      'cannot find "ReplicatedStorage.HUD.Clock": "ReplicatedStorage" has no child "HUD". Check the path, or allow more time.',
    )
    await place.advance(1_000)
    await view.click()
    expect(view.text()).toBe('loading')
    await place.advance(10_500)
    expect(view.text()).toContain('cannot find')
    await place.advance(1_000)
    await view.click()
    const hud = new Folder({ name: 'HUD', parent: place.game.getService('ReplicatedStorage') })
    new NumberValue({ name: 'Clock', value: 5, parent: hud })
    await place.tick()
    expect(view.text()).toBe('5')
  })

  test('HK7: another path, class or handle is followed at once', async () => {
    await using place = await openPlace()
    addValue(place, 'One', 1)
    addValue(place, 'Two', 2)
    function Value({ name }: { readonly name: string }) {
      return useInstance(`ReplicatedStorage.${name}`, NumberValue).properties.value
    }
    const view = await mount(place, <Value name="One" />, mode)
    await place.advance(100)
    await view.show(<Value name="Two" />)
    expect(view.text()).toBe('2')
  })

  test('HK8: many components read one patch as one: none is ahead of another, and each renders once', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    const round = addValue(place, 'Round', 0)
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
    const view = await mount(place, <All />, mode)
    await place.advance(100)
    const observer = new MutationObserver(() => {
      seen.add([...view.container.querySelectorAll('i')].map((node) => node.textContent).join())
    })
    observer.observe(view.container, { subtree: true, characterData: true, childList: true })
    for (const name of ['a', 'b', 'c', 'd']) renders.take(name)
    for (let value = 1; value <= 5; value += 1) {
      round.value = value
      await place.tick()
    }
    expect(['a', 'b', 'c', 'd'].map(renders.take)).toEqual([5, 5, 5, 5])
    await view.click()
    round.value = 9
    await place.tick()
    expect([...seen]).toEqual([1, 2, 3, 4, 5, 9].map((value) => Array(4).fill(value).join()))
    observer.disconnect()
  })

  test('HK9: mounted and unmounted again, nothing stays subscribed', async () => {
    await using place = await openPlace()
    const round = addValue(place, 'Round', 1)
    const renders = createRenderCount(mode)
    function Round() {
      renders.mark('Round')
      return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
    }
    const view = await mount(place, <Round />, mode)
    await place.advance(100)
    for (let turn = 0; turn < 5; turn += 1) {
      await view.show(null)
      await view.show(<Round />)
    }
    await view.show(null)
    renders.take('Round')
    round.value = 2
    await place.tick()
    expect(renders.take('Round')).toBe(0)
  })
})

test('HK10: two roots share the client, its connection and its records', async () => {
  await using place = await openPlace()
  const round = addValue(place, 'Round', 1)
  function Round() {
    return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
  }
  const first = await mount(place, <Round />, strict)
  const second = await mount(place, <Round />, plain)
  await place.advance(100)
  round.value = 2
  await place.tick()
  expect([first.text(), second.text()]).toEqual(['2', '2'])
  expect(place.server.stats.connected).toBe(1)
  await first.unmount()
  await place.advance(1000)
  expect(place.player('Ana').client.state.kind).toBe('joined')
  await second.unmount()
  await place.advance(1000)
  expect(place.player('Ana').client.state.kind).toBe('closed')
})
