import { describe, expect, it } from 'vitest'
import { createNetworkWorld, helloOf, numbersOf, reliable, unreliable } from '../../fixtures/network-world.ts'
import { createManualClock } from '../clocks/manual-clock.ts'
import { createMemoryTransport } from '../transports/memory-transport.ts'
import { createNetwork } from './create-network.ts'

describe('network', () => {
  it('NW15 cleared, it has no conditions, and what was held or under way arrives now, in order', () => {
    const { clock, network, join } = createNetworkWorld()
    const [ana, bo] = [join('ana'), join('bo')]
    network.set('ana', { latencyMs: 60_000, bytesPerSecond: 1, flap: { upMs: [5, 5], downMs: [5, 5] } })
    network.block('cy')
    network.partition('bo')
    for (const number of [1, 2, 3]) ana.client.channel.send(reliable(number))
    bo.server.channel.send(reliable(4))
    clock.advance(1)
    network.clear()
    expect([network.underWay, ana.server.heard]).toEqual([4, []])
    clock.advance(0)
    expect([numbersOf(ana.server.heard), numbersOf(bo.client.heard)]).toEqual([[1, 2, 3], [4]])
    ana.client.channel.send(reliable(5))
    clock.advance(0)
    const cy = join('cy')
    cy.client.channel.send(reliable(6))
    clock.advance(0)
    expect([numbersOf(ana.server.heard), numbersOf(cy.server.heard)]).toEqual([[1, 2, 3, 5], [6]])
    expect(clock.pending).toBe(0)
    expect(network.conditionsOf('ana')).toEqual(network.conditionsOf('nobody'))
  })

  it('NW17 counts what will arrive by itself, closes too', async () => {
    const { clock, network, join } = createNetworkWorld()
    const [ana, bo] = [join('ana'), join('bo')]
    network.setForAll({ latencyMs: 10 })
    ana.server.channel.send(reliable(1))
    bo.server.channel.send(reliable(2))
    bo.server.channel.close()
    await Promise.resolve()
    expect(network.underWay).toBe(3)
    network.partition('bo')
    expect(network.underWay).toBe(1)
    clock.advance(10)
    expect(network.underWay).toBe(0)
    network.heal('bo')
    expect(network.underWay).toBe(2)
    clock.advance(0)
    expect([network.underWay, clock.pending]).toEqual([0, 0])
  })

  it('NW19 tells what happens, in order', () => {
    const { clock, network, join, events } = createNetworkWorld()
    network.set('ana', { latencyMs: 5, up: { loss: 1 } })
    const { client } = join('ana')
    clock.advance(1000)
    client.channel.send(unreliable(1))
    clock.advance(0)
    network.partition('ana')
    network.heal('ana')
    network.block('ana')
    network.setForAll({ loss: 0 })
    network.clear()
    expect(events).toEqual([
      { kind: 'conditions', timeMs: 1000, player: 'ana', conditions: { latencyMs: 5, up: { loss: 1 } } },
      { kind: 'open', timeMs: 1000, line: 1, player: null },
      {
        kind: 'frame',
        timeMs: 1205,
        sentMs: 1000,
        line: 1,
        player: 'ana',
        direction: 'up',
        fate: 'arrived',
        frame: helloOf('ana'),
      },
      {
        kind: 'frame',
        timeMs: 2000,
        sentMs: 2000,
        line: 1,
        player: 'ana',
        direction: 'up',
        fate: 'lost',
        frame: unreliable(1),
      },
      { kind: 'partition', timeMs: 2000, player: 'ana' },
      { kind: 'heal', timeMs: 2000, player: 'ana' },
      { kind: 'block', timeMs: 2000, player: 'ana' },
      { kind: 'close', timeMs: 2000, line: 1, player: 'ana', cause: 'blocked by the network' },
      { kind: 'conditions', timeMs: 2000, player: null, conditions: { loss: 0 } },
      { kind: 'clear', timeMs: 2000, player: null },
    ])
  })

  it('NW19 a frame is told before its receiver hears it; who stops listening hears nothing', () => {
    const { clock, network, join, events } = createNetworkWorld()
    const told: string[] = []
    const stop = network.observe(({ kind }) => told.push(kind))
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 5 })
    let eventsWhenHeard = 0
    server.onFrame = () => {
      eventsWhenHeard = events.length
    }
    client.channel.send(reliable(1))
    stop()
    clock.advance(5)
    expect(eventsWhenHeard).toBe(events.length)
    expect(told).toEqual(['open', 'frame', 'conditions'])
  })

  it('NW20 reports what handlers and listeners throw, and goes on', () => {
    const { clock, network, join, reported } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 5 })
    const failures = [new Error('handler'), new Error('listener')]
    server.onFrame = () => {
      throw failures[0]
    }
    const stop = network.observe(() => {
      throw failures[1]
    })
    client.channel.send(reliable(1))
    client.channel.send(reliable(2))
    clock.advance(10)
    stop()
    expect(reported).toEqual([failures[1], failures[0], failures[1], failures[0]])
    expect(numbersOf(server.heard)).toEqual([1, 2])
  })

  it('NW20 a server that cannot take a channel closes it as it would without a network', () => {
    const clock = createManualClock()
    const reported: unknown[] = []
    const report = (error: unknown) => reported.push(error)
    const memory = createMemoryTransport({ report, schedule: (run) => void clock.after(0, run) })
    const network = createNetwork({ clock, seed: 1, report })
    const failure = new Error('no')
    network.wrap(memory.server).listen(() => {
      throw failure
    })
    const closes: string[] = []
    memory.client.connect({ onOpen() {}, onFrame() {}, onClose: (cause) => closes.push(cause) })
    clock.advance(0)
    expect([closes.length, reported, network.underWay]).toEqual([1, [failure], 0])
  })

  it('NW21 stands before any number of transports, whose lines it numbers together', () => {
    const { clock, network, openDoor, events } = createNetworkWorld()
    const [left, right] = [openDoor(), openDoor()]
    network.set('ana', { latencyMs: 30 })
    const guests = [left.join('ana'), right.join('ana'), left.join('bo')]
    clock.advance(30)
    for (const { client } of guests) client.channel.send(reliable(1))
    clock.advance(0)
    expect(guests.map(({ server }) => server.heard.length)).toEqual([0, 0, 1])
    network.cut('ana')
    clock.advance(0)
    expect(guests.map(({ client }) => client.closes.length)).toEqual([1, 1, 0])
    expect(events.flatMap((event) => (event.kind === 'open' ? [event.line] : []))).toEqual([1, 2, 3])
  })

  it('NW22 closed, it has no timer, has cut the lines that something was under way on, and changes nothing more', () => {
    const { clock, network, join, events } = createNetworkWorld()
    const [ana, bo, cy] = [join('ana'), join('bo'), join('cy')]
    network.set('ana', { latencyMs: 50, flap: { upMs: [9, 9], downMs: [9, 9] } })
    ana.client.channel.send(reliable(1))
    network.partition('cy')
    cy.client.channel.send(reliable(1))
    clock.advance(0)
    network.close()
    network.close()
    clock.advance(0)
    expect(clock.pending).toBe(0)
    expect([ana, bo, cy].map(({ server }) => server.closes.length)).toEqual([1, 0, 1])
    const before = events.length
    network.set('bo', { latencyMs: 50, flap: { upMs: [9, 9], downMs: [9, 9] } })
    network.setForAll({ latencyMs: 50 })
    network.partition('bo')
    network.block('bo')
    network.cut('bo')
    network.heal('bo')
    network.clear()
    expect(events.length).toBe(before)
    bo.client.channel.send(reliable(2))
    clock.advance(0)
    const dan = join('dan')
    dan.server.channel.send(reliable(3))
    clock.advance(0)
    expect([numbersOf(bo.server.heard), numbersOf(dan.client.heard), clock.pending]).toEqual([[2], [3], 0])
    expect([ana.server.heard, cy.server.heard]).toEqual([[], []])
  })
})
