import { NumberValue } from '@banyan/datamodel'
import { act, render } from '@testing-library/react'
import { StrictMode, Suspense, startTransition, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { describe, expect, test, vi } from 'vitest'
import { addValue, createTestWorld, modes, mount, strict } from '../../fixtures/test-world.tsx'
import { useConnection } from '../hooks/use-connection.ts'
import { useInstance } from '../hooks/use-instance.ts'
import { useProperty } from '../hooks/use-property.ts'
import { BanyanProvider } from './banyan-provider.tsx'

function Round() {
  return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
}

describe('BanyanProvider', () => {
  test('HK29: StrictMode opens one connection and makes one player', async () => {
    const world = createTestWorld()
    const joins: string[] = []
    world.place.players.playerAdded.connect((player) => joins.push(player.name))
    addValue(world.place, 'Round', 1)
    const view = await mount(world.client, <Round />, strict)
    await world.advance(5000)
    expect(view.text()).toBe('1')
    expect(joins).toHaveLength(1)
    expect(world.connectionCount).toBe(1)
    expect(world.client.state).toMatchObject({ kind: 'joined', status: 'new' })
  })

  test('HK30: the connection outlives a provider that mounts again at once, and ends with the last one', async () => {
    const world = createTestWorld()
    const tree = (
      <StrictMode>
        <BanyanProvider client={world.client}>hello</BanyanProvider>
      </StrictMode>
    )
    const first = render(tree)
    await world.advance(100)
    first.unmount()
    const second = render(tree)
    await world.advance(1000)
    expect(world.client.state).toMatchObject({ kind: 'joined', status: 'new' })
    second.unmount()
    await world.advance(1000)
    expect(world.client.state).toMatchObject({ kind: 'closed', code: 'left' })
    expect(world.place.stats.players).toBe(0)
  })

  test('HK31: another client is followed, and the old one let go', async () => {
    const world = createTestWorld()
    const next = world.createClient({ name: 'Bea' })
    addValue(world.place, 'Round', 1)
    function Name() {
      return `${useConnection().kind} ${useProperty('ReplicatedStorage.Round', 'value', NumberValue)}`
    }
    const view = await mount(world.client, <Name />)
    await world.advance(100)
    await act(async () =>
      view.rerender(
        <BanyanProvider client={next}>
          <Suspense fallback="loading">
            <Name />
          </Suspense>
        </BanyanProvider>,
      ),
    )
    expect(view.text()).toBe('loading')
    await world.advance(1000)
    expect(view.text()).toBe('joined 1')
    expect(world.client.state.kind).toBe('closed')
    expect(world.place.players.getPlayers().map(({ name }) => name)).toEqual(['Bea'])
  })

  test('HK32: outside of a provider a hook throws and says the way out', () => {
    expect(() => render(<Round />)).toThrow('Render it within <BanyanProvider')
  })

  test.each(modes)(
    'HK33: another run of the place replaces what is shown in one step, $name',
    async (mode) => {
      const world = createTestWorld()
      addValue(world.place, 'Round', 1)
      const shown: string[] = []
      function Status() {
        const state = useConnection()
        const round = useProperty('ReplicatedStorage.Round', 'value', NumberValue)
        const text = `${state.kind === 'joined' ? state.status : state.kind} ${round}`
        if (shown.at(-1) !== text) shown.push(text)
        return text
      }
      await mount(world.client, <Status />, mode)
      await world.advance(100)
      world.setOpen({ isOpen: false })
      await world.cut()
      world.restart((place) => {
        addValue(place, 'Other', 5)
        addValue(place, 'Round', 2)
      })
      world.setOpen({ isOpen: true })
      await world.advance(2000)
      expect(shown).toEqual(['new 1', 'reconnecting 1', 'new 2'])
    },
  )

  test('HK34: without act, one patch is one render, and nothing tears in a transition', async () => {
    const world = createTestWorld()
    const round = addValue(world.place, 'Round', 0)
    await mount(world.client, null)
    await world.advance(100)
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
    const container = document.createElement('div')
    const root = createRoot(container)
    let renders = 0
    let grow: () => void = () => {}
    function Reader() {
      renders += 1
      const { value } = useInstance('ReplicatedStorage.Round', NumberValue).properties
      // Long enough for React to yield between readers.
      for (let count = 0; count < 500_000; count += 1) Math.sqrt(count)
      return <i>{value}</i>
    }
    function Readers() {
      const [keys, setKeys] = useState(() => [...Array(5).keys()])
      grow = () => startTransition(() => setKeys([...Array(40).keys()]))
      return keys.map((key) => <Reader key={key} />)
    }
    const texts = () => [...container.querySelectorAll('i')].map(({ textContent }) => textContent)
    root.render(
      <BanyanProvider client={world.client}>
        <Suspense fallback="loading">
          <Readers />
        </Suspense>
      </BanyanProvider>,
    )
    await vi.waitFor(() => expect(texts()).toHaveLength(5))
    renders = 0
    await world.tickBare(() => (round.value = 1))
    await vi.waitFor(() => expect(texts()).toEqual(Array(5).fill('1')))
    expect(renders).toBe(5)

    const seen = new Set<string>()
    new MutationObserver(() => seen.add([...new Set(texts())].join())).observe(container, {
      subtree: true,
      characterData: true,
      childList: true,
    })
    grow()
    for (let value = 2; value < 10; value += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      await world.tickBare(() => (round.value = value))
    }
    await vi.waitFor(() => expect(texts()).toEqual(Array(40).fill('9')))
    expect([...seen].filter((values) => values.includes(','))).toEqual([])
    root.unmount()
    vi.unstubAllGlobals()
  })
})
