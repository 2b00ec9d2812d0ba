import { BindableEvent, defineClass } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { createTestPlace } from '@banyan/testing/vitest'
import { Suspense } from 'react'
import { describe, expect, test } from 'vitest'
import { definition } from '../../fixtures/definition.ts'
import { createRenderCount, modes } from '../../fixtures/modes.ts'
import { mount } from '../../fixtures/mount.tsx'
import { openPlace } from '../../fixtures/place.ts'
import { useConnection } from './use-connection.ts'
import { type Countdown, useCountdown } from './use-countdown.ts'
import { useFrame } from './use-frame.ts'
import { useInstance } from './use-instance.ts'
import { useServerTime } from './use-server-time.ts'
import { useSignal } from './use-signal.ts'

const frameMs = 1000 / 60

describe.each(modes)('hooks of time and events in $name', (mode) => {
  test('HK24: useCountdown renders once per shown second, at the same moments for all, and stops', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    const endsAtMs = place.clock.now() + 5_400
    let last: Countdown | null = null
    function Clock() {
      renders.mark('Clock')
      last = useCountdown(endsAtMs)
      return `${last.seconds} ${last.isOver}`
    }
    const view = await mount(place, <Clock />, mode)
    await place.advance(100)
    expect(view.text()).toBe('6 false')
    renders.take('Clock')
    const shown: (string | null)[] = []
    for (let second = 0; second < 8; second += 1) {
      await place.advance(1000)
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
    await using place = await openPlace()
    let last: Countdown | null = null
    function Clock() {
      last = useCountdown(null)
      return null
    }
    await mount(place, <Clock />, mode)
    await place.advance(100)
    expect(last).toEqual({ seconds: 0, isOver: false, remainingMs: 0 })
  })

  test('HK25: useServerTime steps with the server, not with the page', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    function Time() {
      renders.mark('Time')
      return useServerTime()
    }
    const view = await mount(place, <Time />, mode)
    await place.advance(500)
    renders.take('Time')
    await place.advance(3000)
    expect(renders.take('Time')).toBeLessThanOrEqual(3)
    expect(Number(view.text()) % 1000).toBe(0)
    expect(place.clock.now() - Number(view.text())).toBeLessThan(1000)
  })

  test('HK26: useFrame draws without rendering, with the latest closure, and ends with its component', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    const { client } = place.player('Ana')
    const drawn: unknown[] = []
    function Canvas({ tag }: { readonly tag: string }) {
      renders.mark('Canvas')
      useFrame((dtMs, serverTimeMs) => drawn.push([tag, dtMs, serverTimeMs === client.serverTime()]))
      return null
    }
    const view = await mount(place, <Canvas tag="a" />, mode)
    renders.take('Canvas')
    for (let frame = 0; frame < 3; frame += 1) await place.advance(frameMs)
    expect(renders.take('Canvas')).toBe(0)
    await view.show(<Canvas tag="b" />)
    await place.advance(frameMs)
    const expected = ['a', 'a', 'a', 'b'].map((tag) => [tag, frameMs, true])
    expect(drawn).toEqual(expected)
    // A frame source with listeners keeps a timer; the end of the place finds those that are left.
    await view.show(null)
    await place.advance(10 * frameMs)
    expect(drawn).toEqual(expected)
  })

  test('HK27: useConnection tells every state without suspending', async () => {
    await using place = await openPlace()
    const seen: string[] = []
    function Badge() {
      const { kind } = useConnection()
      if (seen.at(-1) !== kind) seen.push(kind)
      return kind
    }
    const view = await mount(place, <Badge />, mode)
    await place.advance(100)
    expect(view.text()).toBe('joined')
    const { client, network, player } = place.player('Ana')
    network.block()
    await place.advance(3000)
    expect(view.text()).toBe('reconnecting')
    network.heal()
    await place.advance(5000)
    expect(view.text()).toBe('joined')
    player?.kick('Too fast.')
    await place.tick()
    expect(view.text()).toBe('closed')
    expect(client.state).toEqual({ kind: 'closed', code: 'kicked', reason: 'Too fast.' })
    expect(seen).toEqual(['idle', 'connecting', 'joined', 'reconnecting', 'joined', 'closed'])
  })

  test('HK27: a page of another build is told by useConnection, and what waits shows its fallback', async () => {
    await using place = await createTestPlace({ definition })
    const another = defineGame({ classes: [defineClass('Another')] })
    place.invite('Ana', { client: { definition: another } })
    function Badge() {
      return useConnection().kind
    }
    function Waiting() {
      return useInstance('Workspace.Nothing').name
    }
    const page = (
      <>
        <Badge />
        <Suspense fallback=" …">
          <Waiting />
        </Suspense>
      </>
    )
    const view = await mount(place, page, mode)
    await place.advance(30_000)
    expect(view.text()).toBe('outdated …')
    expect(place.server.players.getPlayers()).toEqual([])
  })

  test('HK28: useSignal keeps one connection for all renders', async () => {
    await using place = await openPlace()
    const heard: string[] = []
    const bell = new BindableEvent({ name: 'Bell' })
    function Listener({ tag }: { readonly tag: string }) {
      useSignal(bell.event, (what) => heard.push(`${tag} ${String(what)}`))
      return null
    }
    const view = await mount(place, <Listener tag="a" />, mode)
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
