import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { Signal } from './signal.ts'
import { createSignalQueue } from './signal-queue.ts'

function setUp() {
  const heard: string[] = []
  const report = vi.fn()
  const queue = createSignalQueue({ report })
  const signal = new Signal<[string]>({ name: 'Door.opened', queue })
  const listen = (listener: string) => (text: string) => void heard.push(`${listener}:${text}`)
  return { heard, report, queue, signal, listen }
}

describe('connections', () => {
  it('SG1 hear a fire at the next drain, SG2 in the order of connection', () => {
    const { heard, queue, signal, listen } = setUp()
    signal.connect(listen('a'))
    signal.connect(listen('b'))
    signal.fire('1')
    signal.fire('2')
    expect(heard).toEqual([])
    queue.drain()
    expect(heard).toEqual(['a:1', 'b:1', 'a:2', 'b:2'])
  })

  it('SG2 run in the order of fires across signals', () => {
    const { heard, queue, signal, listen } = setUp()
    const other = new Signal<[string]>({ name: 'Door.closed', queue })
    signal.connect(listen('opened'))
    other.connect(listen('closed'))
    signal.fire('1')
    other.fire('2')
    signal.fire('3')
    queue.drain()
    expect(heard).toEqual(['opened:1', 'closed:2', 'opened:3'])
  })

  it('SG6 are isolated from a throwing one', () => {
    const { heard, report, queue, signal, listen } = setUp()
    const error = new Error('broken')
    signal.connect(() => {
      throw error
    })
    signal.connect(listen('b'))
    signal.fire('1')
    queue.drain()
    expect(heard).toEqual(['b:1'])
    expect(report.mock.calls).toEqual([[error, 'Door.opened']])
  })

  it('SG7 that reject are reported with the signal', async () => {
    const { report, queue, signal } = setUp()
    const error = new Error('broken later')
    signal.connect(async () => {
      throw error
    })
    signal.fire('1')
    queue.drain()
    await new Promise(setImmediate)
    expect(report.mock.calls).toEqual([[error, 'Door.opened']])
  })

  it('SG8 stop firing one another at depth ten', () => {
    const { heard, report, queue, signal, listen } = setUp()
    signal.connect(listen('a'))
    signal.connect((text) => signal.fire(`${text}+`))
    signal.fire('')
    queue.drain()
    expect(heard).toHaveLength(10)
    // One report for each of the two connections that the eleventh fire would have called.
    expect(report).toHaveBeenCalledTimes(2)
    expect(report.mock.calls[0]?.[0]).toHaveProperty('message', expect.stringContaining('"Door.opened"'))
    signal.fire('again')
    queue.drain()
    expect(heard).toHaveLength(20)
  })

  it('SG19 hear later fires only', () => {
    const { heard, queue, signal, listen } = setUp()
    signal.connect(listen('a'))
    signal.fire('1')
    signal.connect(listen('b'))
    queue.drain()
    expect(heard).toEqual(['a:1'])
  })

  it('SG22 are what reaches the queue: a fire without any does not', () => {
    const { queue, signal, listen } = setUp()
    signal.fire('1')
    signal.connect(listen('a')).disconnect()
    signal.fire('2')
    expect(queue.size).toBe(0)
    expect(signal.listenerCount).toBe(0)
  })

  it('SG24 follow their source from one queue into another', () => {
    const { heard, queue, listen } = setUp()
    const detached = createSignalQueue({ report: () => undefined })
    let isInTree = false
    const signal = new Signal<[string]>({
      name: 'moving',
      get queue() {
        return isInTree ? queue : detached
      },
    })
    signal.connect(listen('a'))
    signal.fire('1')
    isInTree = true
    signal.fire('2')
    expect(queue.size).toBe(1)
    expect(detached.size).toBe(1)
    // Each connection hears its fires in order, whichever queue is drained first.
    queue.drain()
    expect(heard).toEqual(['a:1'])
    detached.drain()
    expect(heard).toEqual(['a:1', 'a:2'])
  })
})

describe('disconnect', () => {
  it('SG10 drops the queued calls of that connection alone', () => {
    const { heard, queue, signal, listen } = setUp()
    const a = signal.connect(listen('a'))
    signal.connect(listen('b'))
    signal.fire('1')
    a.disconnect()
    a.disconnect()
    expect(a.connected).toBe(false)
    queue.drain()
    expect(heard).toEqual(['b:1'])
  })

  it('SG10 works inside the own handler', () => {
    const { heard, queue, signal, listen } = setUp()
    const a = signal.connect((text) => {
      listen('a')(text)
      a.disconnect()
    })
    signal.fire('1')
    signal.fire('2')
    queue.drain()
    expect(heard).toEqual(['a:1'])
  })

  it('SG10 inside another handler drops what is still queued', () => {
    const { heard, queue, signal, listen } = setUp()
    signal.connect(() => b.disconnect())
    const b = signal.connect(listen('b'))
    signal.fire('1')
    queue.drain()
    expect(heard).toEqual([])
  })
})

describe('once', () => {
  it('SG11 runs once under two fires in one drain', () => {
    const { heard, queue, signal, listen } = setUp()
    const connection = signal.once((text) => {
      listen(`once, connected ${connection.connected}`)(text)
    })
    signal.fire('1')
    signal.fire('2')
    queue.drain()
    signal.fire('3')
    queue.drain()
    expect(heard).toEqual(['once, connected false:1'])
  })

  it('SG11 runs once when its handler fires the signal', () => {
    const { heard, queue, signal, listen } = setUp()
    signal.once((text) => {
      listen('once')(text)
      signal.fire('2')
    })
    signal.fire('1')
    queue.drain()
    expect(heard).toEqual(['once:1'])
  })

  it('SG12 runs once when the signal closes between two fires and the drain', () => {
    const { heard, queue, signal, listen } = setUp()
    signal.once(listen('once'))
    signal.fire('1')
    signal.fire('2')
    signal.close()
    queue.drain()
    expect(heard).toEqual(['once:1'])
  })
})

describe('close', () => {
  it('SG12 lets queued calls run and ignores later fires', () => {
    const { heard, queue, signal, listen } = setUp()
    const connection = signal.connect(listen('a'))
    signal.fire('1')
    signal.close()
    signal.fire('2')
    expect(connection.connected).toBe(false)
    expect(signal.listenerCount).toBe(0)
    queue.drain()
    expect(heard).toEqual(['a:1'])
  })

  it('SG13 still lets a connection drop its queued calls', () => {
    const { heard, queue, signal, listen } = setUp()
    const connection = signal.connect(listen('a'))
    signal.fire('1')
    signal.close()
    connection.disconnect()
    queue.drain()
    expect(heard).toEqual([])
  })

  it('SG19 makes later connections be born disconnected', () => {
    const { signal, listen } = setUp()
    signal.close()
    expect(signal.connect(listen('a')).connected).toBe(false)
    expect(signal.listenerCount).toBe(0)
  })
})

it('SG25 signals are covariant', () => {
  expectTypeOf<Signal<[string]>>().toExtend<Signal<readonly unknown[]>>()
  expectTypeOf<Signal<[{ a: 1 }]>>().toExtend<Signal<[object]>>()
  expectTypeOf<Signal<[object]>>().not.toExtend<Signal<[{ a: 1 }]>>()
  expectTypeOf(setUp().signal.wait()).resolves.toEqualTypeOf<[string]>()
})
