import type { Client } from '@banyan/client'
import { NumberValue } from '@banyan/datamodel'
import { script } from '@banyan/server'
import { act, cleanup, render } from '@testing-library/react'
import { Suspense, startTransition, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { modes, strict } from '../../fixtures/modes.ts'
import { mount } from '../../fixtures/mount.tsx'
import { addValue, openPlace } from '../../fixtures/place.ts'
import { useConnection } from '../hooks/use-connection.ts'
import { useInstance } from '../hooks/use-instance.ts'
import { useProperty } from '../hooks/use-property.ts'
import { BanyanProvider } from './banyan-provider.tsx'

/** React works in its own time here, which a busy machine stretches. */
const patience = { timeout: 20_000 }

afterEach(cleanup)

function Round() {
  return useInstance('ReplicatedStorage.Round', NumberValue).properties.value
}

describe('BanyanProvider', () => {
  test('HK29: StrictMode opens one connection and makes one player', async () => {
    await using place = await openPlace()
    const joins: string[] = []
    let connectionCount = 0
    place.network.observe(({ kind }) => {
      if (kind === 'open') connectionCount += 1
    })
    place.server.players.playerAdded.connect((player) => joins.push(player.name))
    addValue(place, 'Round', 1)
    const view = await mount(place, <Round />, strict)
    await place.advance(5000)
    expect(view.text()).toBe('1')
    expect(joins).toHaveLength(1)
    expect(connectionCount).toBe(1)
    expect(place.player('Ana').client.state).toMatchObject({ kind: 'joined', status: 'new' })
  })

  test('HK30: the connection outlives a provider that mounts again at once, and ends with the last one', async () => {
    await using place = await openPlace()
    const { client } = place.player('Ana')
    const first = await mount(place, 'hello', strict)
    await place.advance(100)
    await first.unmount()
    const second = await mount(place, 'hello', strict)
    await place.advance(1000)
    expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
    await second.unmount()
    await place.advance(1000)
    expect(client.state).toMatchObject({ kind: 'closed', code: 'left' })
    expect(place.server.stats.players).toBe(0)
  })

  test('HK31: another client is followed, and the old one let go', async () => {
    await using place = await openPlace()
    const { client } = place.player('Ana')
    const next = place.invite('Bea').client
    addValue(place, 'Round', 1)
    function Name() {
      return `${useConnection().kind} ${useProperty('ReplicatedStorage.Round', 'value', NumberValue)}`
    }
    const treeOf = (of: Client) => (
      <BanyanProvider client={of}>
        <Suspense fallback="loading">
          <Name />
        </Suspense>
      </BanyanProvider>
    )
    place.wrap((run) => act(run))
    const view = await act(async () => render(treeOf(client)))
    await place.advance(100)
    expect(view.container.textContent).toBe('joined 1')
    await act(async () => view.rerender(treeOf(next)))
    expect(view.container.textContent).toBe('loading')
    await place.advance(1000)
    expect(view.container.textContent).toBe('joined 1')
    expect(client.state.kind).toBe('closed')
    expect(place.server.players.getPlayers().map(({ name }) => name)).toEqual(['Bea'])
  })

  test('HK32: outside of a provider a hook throws and says the way out', () => {
    expect(() => render(<Round />)).toThrow('Render it within <BanyanProvider')
  })

  test.each(modes)(
    'HK33: another run of the place replaces what is shown in one step, $name',
    async (mode) => {
      let runs = 0
      const rounds = script(({ replicatedStorage: parent }) => {
        runs += 1
        if (runs === 2) new NumberValue({ name: 'Other', value: 5, parent })
        new NumberValue({ name: 'Round', value: runs, parent })
      })
      await using place = await openPlace(rounds)
      const shown: string[] = []
      function Status() {
        const state = useConnection()
        const round = useProperty('ReplicatedStorage.Round', 'value', NumberValue)
        const text = `${state.kind === 'joined' ? state.status : state.kind} ${round}`
        if (shown.at(-1) !== text) shown.push(text)
        return text
      }
      await mount(place, <Status />, mode)
      await place.advance(100)
      place.player('Ana').network.block()
      await place.restart()
      place.player('Ana').network.heal()
      await place.advance(2000)
      expect(shown).toEqual(['new 1', 'reconnecting 1', 'new 2'])
    },
  )

  test('HK34: without act, one patch is one render, and nothing tears in a transition', async () => {
    await using place = await openPlace()
    const round = addValue(place, 'Round', 0)
    const ana = place.player('Ana')
    await ana.join()
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
      <BanyanProvider client={ana.client}>
        <Suspense fallback="loading">
          <Readers />
        </Suspense>
      </BanyanProvider>,
    )
    await vi.waitFor(() => expect(texts()).toHaveLength(5), patience)
    renders = 0
    round.value = 1
    await place.tick()
    await vi.waitFor(() => expect(texts()).toEqual(Array(5).fill('1')), patience)
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
      round.value = value
      await place.tick()
    }
    await vi.waitFor(() => expect(texts()).toEqual(Array(40).fill('9')), patience)
    expect([...seen].filter((values) => values.includes(','))).toEqual([])
    root.unmount()
    await place.until('the provider lets the client go', () => ana.client.state.kind === 'closed')
    vi.unstubAllGlobals()
  })
})
