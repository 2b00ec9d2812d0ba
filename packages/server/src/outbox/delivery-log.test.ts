import { expect, test } from 'vitest'
import { DeliveryLog } from './delivery-log.ts'

test('SE12 deliveries are numbered from 1 and kept until acknowledged', () => {
  const log = new DeliveryLog<string>()
  for (const item of ['a', 'b', 'c']) log.push(item, 1)
  expect(log.since(1)).toEqual(['a', 'b', 'c'])
  log.acknowledge(2)
  expect([log.firstSeq, log.nextSeq]).toEqual([3, 4])
  expect(log.since(1)).toEqual(['c'])
  expect(log.since(4)).toEqual([])
})

test('SE12 acknowledging twice, or what is long gone, changes nothing', () => {
  const log = new DeliveryLog<string>()
  for (const item of ['a', 'b', 'c']) log.push(item, 1)
  log.acknowledge(2)
  log.acknowledge(2)
  log.acknowledge(0)
  expect(log.since(0)).toEqual(['c'])
})

test('SE13 a log that is full by count or by bytes refuses, and remembers that it lost something', () => {
  const byCount = new DeliveryLog<number>({ count: 2, bytes: 1000 })
  expect([byCount.push(1, 1), byCount.push(2, 1)]).toEqual([true, true])
  expect([byCount.isFull, byCount.hasLost]).toEqual([true, false])
  expect(byCount.push(3, 1)).toBe(false)
  expect(byCount.hasLost).toBe(true)

  const byBytes = new DeliveryLog<number>({ count: 1000, bytes: 100 })
  byBytes.push(1, 150)
  expect(byBytes.isFull).toBe(true)
  byBytes.acknowledge(1)
  expect([byBytes.isFull, byBytes.hasLost]).toEqual([false, false])
})
