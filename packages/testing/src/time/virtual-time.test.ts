import { expect, test } from 'vitest'
import { createVirtualTime } from './virtual-time.ts'

test('TM1 between two timers everything runs that waits on promises, however long the chain', async () => {
  const time = createVirtualTime()
  const seen: string[] = []
  time.clock.after(10, () => {
    void (async () => {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
      seen.push('promises of the first')
    })()
  })
  time.clock.after(10, () => seen.push('second'))
  await time.advance(10)
  expect(seen).toEqual(['promises of the first', 'second'])
})

test('TM1 calls that nobody waited for run one after the other', async () => {
  const time = createVirtualTime()
  const startMs = time.clock.now()
  const seen: number[] = []
  time.clock.every(10, () => seen.push(time.clock.now() - startMs))
  void time.advance(20)
  await time.advance(15)
  expect(seen).toEqual([10, 20, 30])
  expect(time.clock.now() - startMs).toBe(35)
})

test('TM2 stops at the very moment at which a condition holds, or at the limit', async () => {
  const time = createVirtualTime()
  const startMs = time.clock.now()
  let count = 0
  const stop = time.clock.every(10, () => {
    count += 1
  })
  expect(await time.until(() => count === 3, 1000)).toBe(true)
  expect(time.clock.now() - startMs).toBe(30)
  expect(await time.until(() => count === 100, 50)).toBe(false)
  expect(time.clock.now() - startMs).toBe(80)
  stop()
})

test('TM4 tells who set the timers that wait, and where', async () => {
  const time = createVirtualTime()
  const clock = time.clockOf('ana')
  clock.after(5, () => {})
  clock.after(50, () => {})()
  clock.every(100, () => {})
  await time.advance(250)
  expect(time.waiting()).toEqual([
    { owner: 'ana', dueMs: time.clock.now() + 50, where: expect.stringContaining('virtual-time.test.ts') },
  ])
})

test('TM1 what a timer throws fails the call that let time pass, and the next one goes on', async () => {
  const time = createVirtualTime()
  let ran = false
  time.clock.after(5, () => {
    throw new Error('a fault')
  })
  time.clock.after(6, () => {
    ran = true
  })
  await expect(time.advance(10)).rejects.toThrow('a fault')
  await time.advance(10)
  expect(ran).toBe(true)
})

test('TM6 refuses to let pass what is no time', async () => {
  const time = createVirtualTime()
  time.clock.every(10, () => {})
  for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 31, undefined, '5']) {
    const refusal = expect.objectContaining({
      code: 'invalidOption',
      message: expect.stringContaining('Pass a number from 0'),
    })
    await expect(time.advance(ms as number)).rejects.toThrow(refusal)
    await expect(time.until(() => false, ms as number)).rejects.toThrow(refusal)
  }
  await time.advance(0)
})
