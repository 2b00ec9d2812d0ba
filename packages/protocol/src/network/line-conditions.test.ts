import { describe, expect, it } from 'vitest'
import {
  createNetworkWorld,
  type End,
  helloOf,
  numbersOf,
  reliable,
  timesOf,
  unreliable,
} from '../../fixtures/network-world.ts'

const sendMany = (end: End, count: number, frameOf: (number: number) => Uint8Array) => {
  for (let number = 0; number < count; number += 1) end.channel.send(frameOf(number))
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('conditions of a line', () => {
  it('NW1 without conditions nothing is changed: no timer, no wait', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    client.channel.send(reliable(1))
    expect(clock.pending).toBe(1)
    server.channel.send(reliable(2))
    expect(clock.pending).toBe(2)
    expect(network.underWay).toBe(0)
    clock.advance(0)
    expect([numbersOf(server.heard), numbersOf(client.heard)]).toEqual([[1], [2]])
    expect(clock.pending).toBe(0)
  })

  it('NW2 the hello tells whose line it is, and already meets its conditions', () => {
    const { clock, network, join, connect, events } = createNetworkWorld()
    network.setForAll({ latencyMs: 10 })
    network.set('ana', { latencyMs: 50 })
    const [ana, stranger] = [join('ana'), connect()]
    ana.client.channel.send(reliable(1))
    stranger.client.channel.send(reliable(2))
    stranger.client.channel.send(helloOf('ana'))
    clock.advance(100)
    expect([ana.server.heard, stranger.server.heard]).toEqual([
      [{ number: 1, timeMs: 1050 }],
      [{ number: 2, timeMs: 1010 }],
    ])
    const frames = events.filter((event) => event.kind === 'frame')
    expect(frames.map(({ player, timeMs }) => [player, timeMs])).toEqual([
      [null, 1010],
      [null, 1010],
      ['ana', 1050],
      ['ana', 1050],
    ])
  })

  it('NW2 a hello in another version, and one without a name, is nobody', () => {
    const { clock, network, join, connect } = createNetworkWorld()
    network.set('ana', { latencyMs: 50 })
    const foreign = connect()
    foreign.client.channel.send(Uint8Array.of(0x01, 99))
    for (const { client, server } of [join(''), foreign]) {
      client.channel.send(reliable(1))
      clock.advance(0)
      expect(numbersOf(server.heard)).toEqual([1])
    }
  })

  it('NW3 a change leaves what it does not name, and a direction goes before both', () => {
    const { network } = createNetworkWorld()
    network.set('ana', { latencyMs: 100, jitterMs: 5, down: { latencyMs: 30 }, up: { loss: 0.5 } })
    network.set('ana', { jitterMs: 6, flap: null, isPartitioned: false })
    expect(network.conditionsOf('ana')).toMatchObject({
      up: { latencyMs: 100, jitterMs: 6, loss: 0.5, retransmitMs: 200, bytesPerSecond: null },
      down: { latencyMs: 30, jitterMs: 6, loss: 0 },
      isPartitioned: false,
      isBlocked: false,
    })
  })

  it('NW3 what is set for all goes over what was set before, and for who joins later', () => {
    const { network } = createNetworkWorld()
    network.set('ana', { latencyMs: 100, loss: 0.5 })
    network.setForAll({ latencyMs: 20 })
    expect(network.conditionsOf('ana').up).toMatchObject({ latencyMs: 20, loss: 0.5 })
    expect(network.conditionsOf('later').up).toMatchObject({ latencyMs: 20, loss: 0 })
    network.set('later', { loss: 0.1 })
    expect(network.conditionsOf('later').down).toMatchObject({ latencyMs: 20, loss: 0.1 })
  })

  it('NW3 frames that are on their way keep their time, and later ones stay behind them', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 100 })
    client.channel.send(reliable(1))
    clock.advance(40)
    network.set('ana', { latencyMs: 0 })
    client.channel.send(reliable(2))
    clock.advance(40)
    expect(server.heard).toEqual([])
    clock.advance(40)
    expect(timesOf(server.heard)).toEqual([1100, 1100])
    client.channel.send(reliable(3))
    clock.advance(0)
    expect(numbersOf(server.heard)).toEqual([1, 2, 3])
  })

  it('NW3 nobody can change conditions past the network', () => {
    const { network, events } = createNetworkWorld()
    const flap = { upMs: [1000, 2000] as [number, number], downMs: [10, 20] as [number, number] }
    const conditions = { latencyMs: 5, flap }
    network.set('ana', conditions)
    conditions.latencyMs = Number.NaN
    flap.upMs[0] = Number.NaN
    expect(network.conditionsOf('ana')).toMatchObject({ up: { latencyMs: 5 }, flap: { upMs: [1000, 2000] } })
    expect(events[0]).toMatchObject({ conditions: { latencyMs: 5, flap: { upMs: [1000, 2000] } } })
    expect(Object.isFrozen(network.conditionsOf('ana').up)).toBe(true)
  })

  it('NW4 each direction takes its latency', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { up: { latencyMs: 40 }, down: { latencyMs: 70 } })
    client.channel.send(reliable(1))
    server.channel.send(reliable(2))
    clock.advance(39)
    expect(network.underWay).toBe(2)
    clock.advance(61)
    expect([timesOf(server.heard), timesOf(client.heard)]).toEqual([[1040], [1070]])
    expect([network.underWay, clock.pending]).toEqual([0, 0])
  })

  it('NW5 jitter is even from 0 to its bound, and changes no order', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 100, jitterMs: 50 })
    for (let number = 0; number < 2000; number += 1) {
      client.channel.send(unreliable(number))
      clock.advance(50)
    }
    clock.advance(200)
    const late = server.heard.map(({ number, timeMs }) => timeMs - 1000 - 50 * number - 100)
    expect(late.every((ms) => ms > -1e-6 && ms < 50)).toBe(true)
    const tenths = upTo(10).map((tenth) => late.filter((ms) => Math.floor(ms / 5) === tenth).length)
    expect(tenths.every((count) => count > 150 && count < 250)).toBe(true)
    sendMany(client, 100, unreliable)
    clock.advance(200)
    expect(numbersOf(server.heard.slice(2000))).toEqual(upTo(100))
  })

  it('NW6 of the unreliable frames the told part is lost', () => {
    const { clock, network, join, events } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { loss: 0.3 })
    sendMany(client, 5000, unreliable)
    clock.advance(0)
    expect(server.heard.length / 5000).toBeGreaterThan(0.67)
    expect(server.heard.length / 5000).toBeLessThan(0.73)
    expect(events.filter((event) => event.kind === 'frame' && event.fate === 'lost').length).toBe(
      5000 - server.heard.length,
    )
  })

  it('NW6 of the reliable ones none is; they come later and hold up those behind', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { loss: 0.1, retransmitMs: 300 })
    for (let number = 0; number < 1000; number += 1) {
      client.channel.send(reliable(number))
      clock.advance(1000)
    }
    expect(numbersOf(server.heard)).toEqual(upTo(1000))
    const delays = server.heard.map(({ number, timeMs }) => timeMs - 1000 - 1000 * number)
    expect(new Set(delays)).toEqual(new Set([0, 300]))
    const spikes = delays.filter((ms) => ms === 300).length
    expect(spikes > 70 && spikes < 130).toBe(true)
    network.set('ana', { loss: 1 })
    client.channel.send(reliable(1))
    clock.advance(100)
    network.set('ana', { loss: 0 })
    client.channel.send(unreliable(2))
    clock.advance(100)
    expect(server.heard.length).toBe(1000)
    clock.advance(100)
    expect(numbersOf(server.heard.slice(-2))).toEqual([1, 2])
  })

  it('NW7 an unreliable frame may be overtaken, within 100 ms; a reliable one never', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { reorder: 0.25 })
    for (let number = 0; number < 1000; number += 1) {
      client.channel.send(number % 2 === 0 ? reliable(number) : unreliable(number))
      clock.advance(10)
    }
    clock.advance(100)
    const numbers = numbersOf(server.heard)
    expect(numbers.toSorted((left, right) => left - right)).toEqual(upTo(1000))
    expect(numbers.filter((number) => number % 2 === 0)).toEqual(upTo(500).map((half) => half * 2))
    const late = server.heard.filter(({ number, timeMs }) => timeMs > 1000 + 10 * number)
    expect(late.every(({ number, timeMs }) => timeMs <= 1100 + 10 * number)).toBe(true)
    expect(late.length > 95 && late.length < 155).toBe(true)
    expect(late.every(({ number }) => number % 2 === 1)).toBe(true)
  })

  it('NW8 a cap lets each frame leave when it and those before have passed', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 5, down: { bytesPerSecond: 1000 } })
    server.channel.send(reliable(1, 100))
    server.channel.send(reliable(2, 200))
    expect(server.channel.bufferedBytes).toBe(300)
    clock.advance(100)
    expect(server.channel.bufferedBytes).toBe(200)
    server.channel.send(reliable(3, 50))
    clock.advance(1000)
    expect(timesOf(client.heard)).toEqual([1105, 1305, 1355])
    expect(server.channel.bufferedBytes).toBe(0)
    server.channel.send(reliable(4, 10))
    clock.advance(1000)
    expect(client.heard.at(-1)?.timeMs).toBe(2115)
  })

  it('NW8 what latency alone delays has left, what a partition holds has not', () => {
    const { clock, network, join } = createNetworkWorld()
    const { server } = join('ana')
    network.set('ana', { latencyMs: 500 })
    server.channel.send(reliable(1, 100))
    expect(server.channel.bufferedBytes).toBe(0)
    network.partition('ana')
    server.channel.send(reliable(2, 50))
    expect(server.channel.bufferedBytes).toBe(150)
    network.heal('ana')
    clock.advance(500)
    expect(server.channel.bufferedBytes).toBe(0)
  })
})
