import { RemoteEvent, RemoteFunction } from '@banyan/datamodel'
import { script } from '@banyan/server'
import { act } from '@testing-library/react'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { remotes } from '../../fixtures/definition.ts'
import { createRenderCount, modes } from '../../fixtures/modes.ts'
import { mount } from '../../fixtures/mount.tsx'
import { openPlace } from '../../fixtures/place.ts'
import { useRemoteEvent } from './use-remote-event.ts'
import { type CallState, useRemoteFunction } from './use-remote-function.ts'

describe.each(modes)('remote hooks in $name', (mode) => {
  test('HK19: useRemoteEvent fires, also before the join, with one function for all renders', async () => {
    const heard: unknown[] = []
    const steering = script(({ remote }) => {
      remote(remotes.steer).onServerEvent.connect((player, payload) => heard.push([player.name, payload]))
    })
    await using place = await openPlace(steering)
    const functions = new Set<unknown>()
    function Wheel({ angle }: { readonly angle: number }) {
      const steer = useRemoteEvent(remotes.steer)
      expectTypeOf(steer).parameter(0).toEqualTypeOf<{ angle: number }>()
      functions.add(steer)
      return (
        <button type="button" onClick={() => steer({ angle })}>
          steer
        </button>
      )
    }
    const view = await mount(place, <Wheel angle={1} />, mode)
    functions.clear()
    await view.click()
    await place.advance(100)
    await view.show(<Wheel angle={2} />)
    await view.click()
    await place.advance(100)
    const name = place.player('Ana').client.localPlayer?.name
    expect(heard).toEqual([
      [name, { angle: 1 }],
      [name, { angle: 2 }],
    ])
    expect(functions.size).toBe(1)
  })

  test('HK20: a handler hears each event once, in order, the early ones too, and is always the latest', async () => {
    await using place = await openPlace()
    const heard: unknown[] = []
    function Toasts({ tag }: { readonly tag: string }) {
      useRemoteEvent(remotes.announced, ({ text }) => heard.push(tag + text))
      return null
    }
    const announce = (text: string) => place.remote(remotes.announced).fireAllClients({ text })
    const view = await mount(place, null, mode)
    await place.advance(100)
    announce('early')
    await place.tick()
    await view.show(<Toasts tag="a " />)
    await place.advance(10)
    announce('1')
    await place.tick()
    announce('2')
    announce('3')
    await place.tick()
    await view.show(<Toasts tag="b " />)
    announce('4')
    await place.tick()
    await view.show(null)
    announce('5')
    await place.tick()
    expect(heard).toEqual(['a early', 'a 1', 'a 2', 'a 3', 'b 4'])
  })

  test('HK21: a RemoteEvent made at run time works both ways by its path', async () => {
    await using place = await openPlace()
    const heard: unknown[] = []
    function Chat() {
      const say = useRemoteEvent('ReplicatedStorage.Chat', (...args) => heard.push(args))
      return (
        <button type="button" onClick={() => say('hello', 2)}>
          say
        </button>
      )
    }
    const view = await mount(place, <Chat />, mode)
    await place.advance(100)
    expect(view.text()).toBe('loading')
    const chat = new RemoteEvent({ name: 'Chat', parent: place.game.getService('ReplicatedStorage') })
    chat.onServerEvent.connect((player, ...args) => heard.push([player.name, ...args]))
    await place.tick()
    expect(view.text()).toBe('say')
    await view.click()
    await place.advance(100)
    chat.fireAllClients('welcome', { count: 1 })
    await place.tick()
    expect(heard).toEqual([
      [place.player('Ana').client.localPlayer?.name, 'hello', 2],
      ['welcome', { count: 1 }],
    ])
  })

  test('HK22: useRemoteFunction tells how its latest call stands, and older answers never overwrite it', async () => {
    const answers: ((coins: number) => void)[] = []
    const shop = script(({ remote }) => {
      remote(remotes.buy).onServerInvoke = (_player, { item }) => {
        if (item === 'moon') throw new Error('not for sale')
        return new Promise((resolve) => answers.push((coins) => resolve({ coins })))
      }
    })
    await using place = await openPlace(shop)
    const renders = createRenderCount(mode)
    let invoke: (item: string) => Promise<unknown> = () => Promise.reject(new Error('not mounted'))
    function Shop() {
      renders.mark('Shop')
      const [buy, state] = useRemoteFunction(remotes.buy)
      expectTypeOf(state).toEqualTypeOf<CallState<{ coins: number }>>()
      expectTypeOf(buy).returns.resolves.toEqualTypeOf<{ coins: number }>()
      invoke = (item) => buy({ item })
      return JSON.stringify([state.pending, state.data?.coins ?? null, state.error?.message ?? null])
    }
    const view = await mount(place, <Shop />, mode)
    await place.advance(100)
    expect(view.text()).toBe('[false,null,null]')
    await act(async () => void invoke('sword'))
    expect(view.text()).toBe('[true,null,null]')
    await place.advance(100)
    answers[0]?.(90)
    await place.advance(100)
    expect(view.text()).toBe('[false,90,null]')
    await act(async () => {
      void invoke('bow')
      void invoke('axe')
    })
    await place.advance(100)
    expect(view.text()).toBe('[true,90,null]')
    answers[2]?.(50)
    await place.advance(100)
    answers[1]?.(10)
    await place.advance(100)
    expect(view.text()).toBe('[false,50,null]')
    await act(async () => void invoke('moon'))
    await place.advance(100)
    expect(view.text()).toMatch(/^\[false,50,"cannot invoke .*"\]$/)
    expect(place.takeLogged()).toEqual([expect.stringContaining('not for sale')])
  })

  test('HK23: a RemoteFunction made at run time answers by its path', async () => {
    await using place = await openPlace()
    const add = new RemoteFunction({ name: 'add', parent: place.game.getService('ReplicatedStorage') })
    add.onServerInvoke = (_player, left, right) => Number(left) + Number(right)
    let invoke: (...args: number[]) => Promise<unknown> = () => Promise.reject(new Error('not mounted'))
    function Sum() {
      const [sum, { data }] = useRemoteFunction('ReplicatedStorage.add')
      invoke = sum
      return String(data)
    }
    const view = await mount(place, <Sum />, mode)
    await place.advance(100)
    await act(async () => void invoke(2, 3))
    await place.advance(100)
    expect(view.text()).toBe('5')
  })

  test('HK22: a call outlives its component without a word', async () => {
    let answer: (value: { coins: number }) => void = () => {}
    const shop = script(({ remote }) => {
      remote(remotes.buy).onServerInvoke = () => new Promise((resolve) => (answer = resolve))
    })
    await using place = await openPlace(shop)
    let promise = Promise.resolve({ coins: 0 })
    function Shop() {
      const [buy] = useRemoteFunction(remotes.buy)
      return (
        <button
          type="button"
          onClick={() => {
            promise = buy({ item: 'sword' })
          }}
        >
          buy
        </button>
      )
    }
    const view = await mount(place, <Shop />, mode)
    await place.advance(100)
    await view.click()
    await place.advance(100)
    await view.show(null)
    answer({ coins: 7 })
    await place.advance(100)
    expect(await promise).toEqual({ coins: 7 })
  })
})
