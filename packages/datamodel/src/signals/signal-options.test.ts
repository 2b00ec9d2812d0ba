import { describe, expect, it } from 'vitest'
import { Signal, type SignalOptions } from './signal.ts'
import { createSignalQueue } from './signal-queue.ts'

function setUp(options: Partial<SignalOptions<[string]>>) {
  const heard: string[] = []
  const queue = createSignalQueue({ report: () => undefined })
  const signal = new Signal<[string]>({ name: 'Door.opened', queue, ...options })
  const listen = (listener: string) => (text: string) => void heard.push(`${listener}:${text}`)
  return { heard, queue, signal, listen }
}

describe('coalescing', () => {
  it('SG17 keeps one waiting call per connection', () => {
    const { heard, queue, signal, listen } = setUp({ coalesce: true })
    signal.connect(listen('a'))
    signal.fire('1')
    signal.fire('2')
    signal.connect(listen('b'))
    signal.fire('3')
    queue.drain()
    expect(heard).toEqual(['a:1', 'b:3'])
    signal.fire('4')
    queue.drain()
    expect(heard).toEqual(['a:1', 'b:3', 'a:4', 'b:4'])
  })

  it('SG17 queues again once the call has begun, in the same drain', () => {
    const { heard, queue, signal, listen } = setUp({ coalesce: true })
    signal.connect((text) => {
      listen('a')(text)
      if (text === '1') signal.fire('2')
    })
    signal.fire('1')
    queue.drain()
    expect(heard).toEqual(['a:1', 'a:2'])
  })

  it('SG18 can be by first argument', () => {
    const { heard, queue, signal, listen } = setUp({ coalesce: 'perArgument' })
    signal.connect((text) => {
      listen('a')(text)
      if (heard.length === 1) signal.fire('lap')
    })
    for (const name of ['lap', 'name', 'lap', 'name']) signal.fire(name)
    queue.drain()
    expect(heard).toEqual(['a:lap', 'a:name', 'a:lap'])
  })

  it('SG17 is off by default', () => {
    const { heard, queue, signal, listen } = setUp({})
    signal.connect(listen('a'))
    signal.fire('1')
    signal.fire('1')
    queue.drain()
    expect(heard).toEqual(['a:1', 'a:1'])
  })
})

describe('owners', () => {
  it('SG20 hear each change of the number of listeners', () => {
    const counts: number[] = []
    const { queue, signal, listen } = setUp({ onListeners: (count) => counts.push(count) })
    const a = signal.connect(listen('a'))
    signal.once(listen('b'))
    signal.fire('1')
    queue.drain()
    a.disconnect()
    signal.connect(listen('c'))
    signal.close()
    expect(counts).toEqual([1, 2, 1, 0, 1])
  })

  it('SG21 get back what the last listener left unheard', () => {
    const unheard: string[] = []
    const { heard, queue, signal, listen } = setUp({
      onUndelivered: (calls) => unheard.push(...calls.map(([text]) => text)),
    })
    const a = signal.connect(listen('a'))
    for (const text of ['1', '2', '3']) signal.fire(text)
    const b = signal.connect((text) => {
      listen('b')(text)
      b.disconnect()
    })
    signal.fire('4')
    a.disconnect()
    expect(unheard).toEqual([])
    signal.fire('5')
    queue.drain()
    expect(heard).toEqual(['b:4'])
    expect(unheard).toEqual(['5'])
  })

  it('SG21 get back nothing that another listener heard', () => {
    const unheard: string[] = []
    const { heard, queue, signal, listen } = setUp({
      onUndelivered: (calls) => unheard.push(...calls.map(([text]) => text)),
    })
    const a = signal.connect((text) => {
      listen('a')(text)
      a.disconnect()
      b.disconnect()
    })
    const b = signal.connect(listen('b'))
    signal.fire('1')
    signal.fire('2')
    queue.drain()
    expect(heard).toEqual(['a:1'])
    expect(unheard).toEqual(['2'])
  })

  it('SG21 get back what comes behind a once', () => {
    const unheard: string[] = []
    const { queue, signal } = setUp({
      onUndelivered: (calls) => unheard.push(...calls.map(([text]) => text)),
    })
    void signal.wait()
    for (const text of ['1', '2', '3']) signal.fire(text)
    queue.drain()
    expect(unheard).toEqual(['2', '3'])
  })
})
