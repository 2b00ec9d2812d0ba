import { describe, expect, it } from 'vitest'
import { createSignalQueue } from './signal-queue.ts'

function setUp() {
  const ran: string[] = []
  const reports: [error: unknown, source: string][] = []
  const scheduled: (() => void)[] = []
  const queue = createSignalQueue({
    report: (error, source) => reports.push([error, source]),
    schedule: (drain) => scheduled.push(drain),
  })
  const add = (source: string, run: () => unknown = () => undefined): boolean =>
    queue.enqueue({
      source,
      run: () => {
        ran.push(source)
        return run()
      },
    })
  return { queue, add, ran, reports, scheduled }
}

describe('signal queue', () => {
  it('SG1 runs nothing before the drain, SG2 then everything in order', () => {
    const { queue, add, ran } = setUp()
    add('a')
    add('b')
    expect(ran).toEqual([])
    expect(queue.size).toBe(2)
    queue.drain()
    expect(ran).toEqual(['a', 'b'])
    expect(queue.size).toBe(0)
  })

  it('SG3 runs what calls enqueue in the same drain, behind the others', () => {
    const { queue, add, ran } = setUp()
    add('a', () => add('c'))
    add('b')
    queue.drain()
    expect(ran).toEqual(['a', 'b', 'c'])
  })

  it('SG4 ignores a drain inside a drain', () => {
    const { queue, add, ran } = setUp()
    add('a', () => {
      queue.drain()
      ran.push('a ended')
    })
    add('b')
    queue.drain()
    expect(ran).toEqual(['a', 'a ended', 'b'])
  })

  it('SG5 asks for a drain once, and not while draining', () => {
    const { add, ran, scheduled } = setUp()
    add('a', () => add('b'))
    add('c')
    expect(scheduled).toHaveLength(1)
    scheduled[0]?.()
    expect(ran).toEqual(['a', 'c', 'b'])
    expect(scheduled).toHaveLength(1)
    add('d')
    expect(scheduled).toHaveLength(2)
  })

  it('SG6 reports a throwing call and goes on', () => {
    const { queue, add, ran, reports } = setUp()
    const error = new Error('broken')
    add('a', () => {
      throw error
    })
    add('b')
    queue.drain()
    expect(ran).toEqual(['a', 'b'])
    expect(reports).toEqual([[error, 'a']])
  })

  it('SG7 reports a rejected promise and a rejected thenable', async () => {
    const { queue, add, reports } = setUp()
    const error = new Error('broken later')
    add('a', () => Promise.reject(error))
    const thenable = {}
    Reflect.set(thenable, 'then', (_: unknown, reject: (error: unknown) => void) => reject(error))
    add('b', () => thenable)
    queue.drain()
    expect(reports).toEqual([])
    await new Promise(setImmediate)
    expect(reports).toEqual([
      [error, 'a'],
      [error, 'b'],
    ])
  })

  it('SG8 runs ten calls of a chain and reports the eleventh', () => {
    const { queue, add, ran, reports } = setUp()
    const again = (): boolean => add('echo', again)
    again()
    queue.drain()
    expect(ran).toHaveLength(10)
    expect(reports).toHaveLength(1)
    expect(reports[0]?.[0]).toMatchObject({ code: 'signalDepth', message: expect.stringContaining('"echo"') })
    expect(reports[0]?.[1]).toBe('echo')
  })

  it('SG9 counts each chain by itself', () => {
    const { queue, add, ran, reports } = setUp()
    const chain = (left: number): boolean => add('link', () => left > 1 && chain(left - 1))
    chain(10)
    chain(10)
    queue.drain()
    chain(10)
    queue.drain()
    expect(ran).toHaveLength(30)
    expect(reports).toEqual([])
  })

  it('SG23 keeps the calls behind a throwing report, and asks for another drain', () => {
    const ran: string[] = []
    const scheduled: (() => void)[] = []
    const queue = createSignalQueue({
      report: () => {
        throw new Error('broken report')
      },
      schedule: (drain) => scheduled.push(drain),
    })
    const bad = {
      source: 'bad',
      run: () => {
        throw new Error('broken')
      },
    }
    queue.enqueue(bad)
    queue.enqueue({ source: 'good', run: () => ran.push('good') })
    expect(() => queue.drain()).toThrow('broken report')
    queue.enqueue({ source: 'later', run: () => ran.push('later') })
    expect(scheduled).toHaveLength(2)
    queue.drain()
    expect(ran).toEqual(['good', 'later'])
  })
})
