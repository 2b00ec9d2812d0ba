import { describe, expect, it } from 'vitest'
import {
  createNetworkWorld,
  helloOf,
  numbersOf,
  reliable,
  timesOf,
  unreliable,
} from '../../fixtures/network-world.ts'

describe('partition', () => {
  it('NW11 holds everything both ways in silence, and lets it arrive in order when it heals', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 50 })
    client.channel.send(reliable(1))
    clock.advance(10)
    network.partition('ana')
    client.channel.send(reliable(2))
    server.channel.send(reliable(3))
    clock.advance(0)
    expect(network.underWay).toBe(0)
    expect(clock.pending).toBe(0)
    clock.advance(20)
    client.channel.send(reliable(4))
    clock.advance(5000)
    expect([server.heard, client.heard, server.closes, client.closes]).toEqual([[], [], [], []])
    network.heal('ana')
    expect([network.underWay, server.heard.length]).toEqual([4, 0])
    clock.advance(0)
    expect([numbersOf(server.heard), numbersOf(client.heard)]).toEqual([[1, 2, 4], [3]])
    client.channel.send(reliable(5))
    clock.advance(50)
    expect(timesOf(server.heard)).toEqual([6030, 6030, 6030, 6080])
  })

  it('NW11 what was sent just before it heals still takes its time', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 50, isPartitioned: true })
    client.channel.send(reliable(1))
    clock.advance(10)
    network.set('ana', { isPartitioned: false })
    clock.advance(100)
    expect(timesOf(server.heard)).toEqual([1050])
  })

  it('NW11 holds the hello of who connects meanwhile, and a close too', () => {
    const { clock, network, connect } = createNetworkWorld()
    network.partition('ana')
    const { client, server } = connect()
    client.channel.send(helloOf('ana'))
    client.channel.send(reliable(1))
    clock.advance(0)
    client.channel.close()
    clock.advance(1000)
    expect([server.heard, server.closes]).toEqual([[], []])
    network.heal('ana')
    clock.advance(0)
    expect([numbersOf(server.heard), server.closes.length]).toEqual([[1], 1])
  })

  it('NW11 that begins in a handler holds what was due at the same time', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 50 })
    server.onFrame = (number) => {
      if (number === 1) network.partition('ana')
    }
    for (const number of [1, 2]) client.channel.send(reliable(number))
    clock.advance(100)
    expect(numbersOf(server.heard)).toEqual([1])
    network.heal('ana')
    clock.advance(0)
    expect(numbersOf(server.heard)).toEqual([1, 2])
  })

  it('NW11 what is sent as it heals stays behind what it held', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.partition('ana')
    server.channel.send(reliable(1))
    network.heal('ana')
    server.channel.send(reliable(2))
    clock.advance(0)
    expect(numbersOf(client.heard)).toEqual([1, 2])
  })

  it('NW11 touches nobody else', () => {
    const { clock, network, join } = createNetworkWorld()
    const [ana, bo] = [join('ana'), join('bo')]
    network.partition('ana')
    for (const { client } of [ana, bo]) client.channel.send(reliable(1))
    clock.advance(0)
    expect([ana.server.heard.length, bo.server.heard.length]).toEqual([0, 1])
  })
})

describe('cut, block and flap', () => {
  it('NW12 a cut loses what is under way, both ends hear it once, and the client may come again', () => {
    const { clock, network, join, events } = createNetworkWorld()
    network.set('ana', { latencyMs: 50 })
    const { client, server } = join('ana')
    clock.advance(50)
    client.channel.send(reliable(1))
    server.channel.send(reliable(2))
    clock.advance(10)
    network.cut('ana')
    expect([server.closes, client.closes]).toEqual([[], []])
    client.channel.send(reliable(3))
    server.channel.send(reliable(4))
    clock.advance(1000)
    expect([server.heard, client.heard]).toEqual([[], []])
    expect(server.closes).toEqual([{ cause: 'cut by the network', timeMs: 1060 }])
    expect(client.closes).toEqual([{ cause: 'closed by the other end', timeMs: 1060 }])
    expect(clock.pending).toBe(0)
    expect(events.filter(({ kind }) => kind === 'close').length).toBe(1)
    const again = join('ana')
    again.client.channel.send(reliable(5))
    clock.advance(50)
    expect(numbersOf(again.server.heard)).toEqual([5])
  })

  it('NW12 a cut is heard in a partition too, and where a close is on its way', async () => {
    const { clock, network, join } = createNetworkWorld()
    const guests = [join('ana'), join('ana'), join('ana')] as const
    network.partition('ana')
    guests[1].client.channel.close()
    guests[2].server.channel.close()
    clock.advance(100)
    network.cut('ana')
    clock.advance(0)
    await Promise.resolve()
    for (const { client, server } of guests)
      expect([client.closes.length, server.closes.length]).toEqual([1, 1])
  })

  it('NW12 a cut in a handler ends what was due at the same time', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 50 })
    server.onFrame = () => network.cut('ana')
    for (const number of [1, 2]) client.channel.send(reliable(number))
    clock.advance(100)
    expect([numbersOf(server.heard), server.closes.length]).toEqual([[1], 1])
  })

  it('NW13 a blocked player is cut, and closed at every hello until the network heals', () => {
    const { clock, network, join } = createNetworkWorld()
    const [first, bo] = [join('ana'), join('bo')]
    network.block('ana')
    clock.advance(0)
    expect(first.client.closes.length).toBe(1)
    const second = join('ana')
    clock.advance(0)
    expect(second.server.closes).toEqual([{ cause: 'blocked by the network', timeMs: 1000 }])
    expect([second.client.closes.length, bo.client.closes.length]).toEqual([1, 0])
    expect(network.conditionsOf('ana').isBlocked).toBe(true)
    network.heal('ana')
    const third = join('ana')
    third.client.channel.send(reliable(1))
    clock.advance(0)
    expect(numbersOf(third.server.heard)).toEqual([1])
  })

  it('NW14 a flapping line is whole, then cut and refused, in turns by the seed', () => {
    const { clock, network, join } = createNetworkWorld()
    network.set('ana', { flap: { upMs: [1000, 2000], downMs: [300, 400] } })
    const turns: number[] = []
    let isUp = true
    for (let ms = 0; ms < 60_000; ms += 10) {
      clock.advance(10)
      const { client, server } = join('ana')
      client.channel.send(reliable(1))
      clock.advance(0)
      const passed = server.heard.length === 1
      client.channel.close()
      clock.advance(0)
      if (passed === isUp) continue
      isUp = passed
      turns.push(clock.now())
    }
    const lasted = turns.map((at, index) => at - (turns[index - 1] ?? 1000))
    expect(lasted.length).toBeGreaterThan(50)
    expect(
      lasted.every((ms, index) => (index % 2 === 0 ? ms >= 990 && ms <= 2010 : ms >= 290 && ms <= 410)),
    ).toBe(true)
    expect(new Set(lasted).size).toBeGreaterThan(20)
  })

  it('NW14 cuts the lines at each turn down; everyone flaps alone, and healing is no end of it', () => {
    const { clock, network, join } = createNetworkWorld()
    network.setForAll({ flap: { upMs: [1000, 1000], downMs: [500, 500] } })
    const ana = join('ana')
    clock.advance(400)
    const bo = join('bo')
    clock.advance(600)
    expect(ana.server.closes).toEqual([{ cause: 'cut by a flapping network', timeMs: 2000 }])
    expect(bo.server.closes).toEqual([])
    network.heal('ana')
    const refused = join('ana')
    clock.advance(0)
    expect(refused.client.closes.length).toBe(1)
    clock.advance(400)
    expect(bo.server.closes.length).toBe(1)
    clock.advance(100)
    join('ana').client.channel.send(reliable(1))
    network.set('ana', { flap: null })
    network.set('bo', { flap: null })
    clock.advance(0)
    expect(clock.pending).toBe(0)
  })
})

describe('closes', () => {
  it('NW16 travel behind the frames before them, and the closing end hears at once', async () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 50, jitterMs: 20 })
    server.channel.send(reliable(1))
    client.channel.send(reliable(2))
    clock.advance(0)
    server.channel.close()
    server.channel.close()
    expect(server.closes).toEqual([])
    await Promise.resolve()
    expect(server.closes).toEqual([{ cause: 'closed by this end', timeMs: 1000 }])
    server.channel.send(reliable(3))
    client.channel.send(reliable(4))
    clock.advance(49)
    expect(client.closes).toEqual([])
    clock.advance(1000)
    expect([numbersOf(client.heard), client.closes.length]).toEqual([[1], 1])
    expect([server.heard, server.closes.length]).toEqual([[], 1])
  })

  it('NW16 travel behind overtaken frames too', () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { reorder: 1 })
    for (const number of [1, 2, 3, 4]) server.channel.send(unreliable(number))
    server.channel.close()
    clock.advance(100)
    expect(numbersOf(client.heard).toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4])
    expect(client.closes.length).toBe(1)
  })

  it('NW16 of the client reach the server after its latency; what the server sends until then is cut', () => {
    const { clock, network, join, events } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 50 })
    server.channel.send(reliable(1))
    client.channel.send(reliable(2))
    client.channel.close()
    clock.advance(10)
    server.channel.send(reliable(3))
    clock.advance(100)
    expect(server.closes).toEqual([{ cause: 'closed by the other end', timeMs: 1050 }])
    expect([numbersOf(server.heard), client.heard, client.closes.length]).toEqual([[2], [], 1])
    const fates = events.flatMap((event) =>
      event.kind === 'frame' && event.sentMs >= 1000 ? [[event.direction, event.fate]] : [],
    )
    expect(fates).toEqual([
      ['up', 'arrived'],
      ['down', 'cut'],
      ['down', 'cut'],
      ['up', 'arrived'],
    ])
    expect(clock.pending).toBe(0)
  })

  it('NW16 of both ends at once are heard once each', async () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 50 })
    client.channel.close()
    server.channel.close()
    clock.advance(1000)
    await Promise.resolve()
    expect([client.closes.length, server.closes.length, network.underWay]).toEqual([1, 1, 0])
  })

  it('NW16 from within a handler end what was due at the same time', async () => {
    const { clock, network, join } = createNetworkWorld()
    const { client, server } = join('ana')
    network.set('ana', { latencyMs: 50 })
    server.onFrame = () => server.channel.close()
    for (const number of [1, 2]) client.channel.send(reliable(number))
    clock.advance(100)
    await Promise.resolve()
    expect([numbersOf(server.heard), server.closes.length, client.closes.length]).toEqual([[1], 1, 1])
  })
})
