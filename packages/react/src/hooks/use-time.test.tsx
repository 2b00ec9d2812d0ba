import { BindableEvent } from '@banyan/datamodel'
import { describe, expect, test } from 'vitest'
import { createRenderCount, createTestWorld, modes, mount } from '../../fixtures/test-world.tsx'
import { useConnection } from './use-connection.ts'
import { type Countdown, useCountdown } from './use-countdown.ts'
import { useFrame } from './use-frame.ts'
import { useServerTime } from './use-server-time.ts'
import { useSignal } from './use-signal.ts'

describe.each(modes)('hooks of time and events in $name', (mode) => {
  test('HK24: useCountdown renders once per shown second, at the same moments for all, and stops', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    const endsAtMs = world.clock.now() + 5_400
    let last: Countdown | null = null
    function Clock() {
      renders.mark('Clock')
      last = useCountdown(endsAtMs)
      return `${last.seconds} ${last.isOver}`
    }
    const view = await mount(world.client, <Clock />, mode)
    await world.advance(100)
    expect(view.text()).toBe('6 false')
    renders.take('Clock')
    const shown: (string | null)[] = []
    for (let second = 0; second < 8; second += 1) {
      await world.advance(1000)
      shown.push(view.text())
    }
    expect(shown).toEqual([
      '5 false',
      '4 false',
      '3 false',
      '2 false',
      '1 false',
      '0 true',
      '0 true',
      '0 true',
    ])
    expect(renders.take('Clock')).toBe(6)
    expect(last).toEqual({ seconds: 0, isOver: true, remainingMs: 0 })
  })

  test('HK24: without an end it shows nothing and is not over', async () => {
    const world = createTestWorld()
    let last: Countdown | null = null
    function Clock() {
      last = useCountdown(null)
      return null
    }
    await mount(world.client, <Clock />, mode)
    await world.advance(100)
    expect(last).toEqual({ seconds: 0, isOver: false, remainingMs: 0 })
  })

  test('HK25: useServerTime steps with the server, not with the page', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    function Time() {
      renders.mark('Time')
      return useServerTime()
    }
    const view = await mount(world.client, <Time />, mode)
    await world.advance(500)
    renders.take('Time')
    await world.advance(3000)
    expect(renders.take('Time')).toBeLessThanOrEqual(3)
    expect(Number(view.text()) % 1000).toBe(0)
    expect(world.clock.now() - Number(view.text())).toBeLessThan(1000)
  })

  test('HK26: useFrame draws without rendering, with the latest closure, and ends with its component', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    const drawn: unknown[] = []
    function Canvas({ tag }: { readonly tag: string }) {
      renders.mark('Canvas')
      useFrame((dtMs, serverTimeMs) => drawn.push([tag, dtMs, serverTimeMs === world.client.serverTime()]))
      return null
    }
    const view = await mount(world.client, <Canvas tag="a" />, mode)
    expect(world.frames.listenerCount).toBe(1)
    renders.take('Canvas')
    for (let frame = 0; frame < 3; frame += 1) world.frames.draw(16)
    expect(renders.take('Canvas')).toBe(0)
    await view.show(<Canvas tag="b" />)
    world.frames.draw(17)
    expect(drawn).toEqual([
      ['a', 16, true],
      ['a', 16, true],
      ['a', 16, true],
      ['b', 17, true],
    ])
    await view.show(null)
    expect(world.frames.listenerCount).toBe(0)
  })

  test('HK27: useConnection tells every state without suspending', async () => {
    const world = createTestWorld()
    const seen: string[] = []
    function Badge() {
      const { kind } = useConnection()
      if (seen.at(-1) !== kind) seen.push(kind)
      return kind
    }
    const view = await mount(world.client, <Badge />, mode)
    await world.advance(100)
    expect(view.text()).toBe('joined')
    world.setOpen({ isOpen: false })
    await world.cut()
    await world.advance(3000)
    expect(view.text()).toBe('reconnecting')
    world.setOpen({ isOpen: true })
    await world.advance(5000)
    expect(view.text()).toBe('joined')
    await world.tick(() => world.place.players.getPlayers()[0]?.kick('Too fast.'))
    await world.advance(100)
    expect(view.text()).toBe('closed')
    expect(world.client.state).toEqual({ kind: 'closed', code: 'kicked', reason: 'Too fast.' })
    expect(seen).toEqual(['idle', 'connecting', 'joined', 'reconnecting', 'joined', 'closed'])
  })

  test('HK28: useSignal keeps one connection for all renders', async () => {
    const world = createTestWorld()
    const heard: string[] = []
    const bell = new BindableEvent({ name: 'Bell' })
    function Listener({ tag }: { readonly tag: string }) {
      useSignal(bell.event, (what) => heard.push(`${tag} ${String(what)}`))
      return null
    }
    const view = await mount(world.client, <Listener tag="a" />, mode)
    bell.fire('1')
    await Promise.resolve()
    await view.show(<Listener tag="b" />)
    expect(bell.event.listenerCount).toBe(1)
    bell.fire('2')
    await Promise.resolve()
    await view.show(null)
    expect(bell.event.listenerCount).toBe(0)
    bell.fire('3')
    await Promise.resolve()
    expect(heard).toEqual(['a 1', 'b 2'])
  })
})
