import { EventEmitter } from 'node:events'
import { createManualClock } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { stopOnSignals } from './process-signals.ts'

function setUp(stop: () => Promise<void>) {
  const clock = createManualClock()
  const kills: string[] = []
  const process = Object.assign(new EventEmitter(), {
    pid: 7,
    kill: (pid: number, signal?: string | number) => {
      kills.push(`${pid} ${signal}`)
      return true
    },
  }) as unknown as NodeJS.Process & EventEmitter
  const forget = stopOnSignals({ clock, stop, process })
  return { clock, kills, process, forget }
}

test('HO8 a signal stops the host, and then ends the process as it would have', async () => {
  let finish = (): void => {}
  const stopped = new Promise<void>((resolve) => {
    finish = resolve
  })
  const { process, kills } = setUp(() => stopped)
  process.emit('SIGTERM', 'SIGTERM')
  await Promise.resolve()
  expect(kills).toEqual([])
  finish()
  await stopped
  await Promise.resolve()
  expect(kills).toEqual(['7 SIGTERM'])
})

test('HO8 a second signal is not caught, and a stop that hangs is given 10 s', () => {
  const { process, kills, clock } = setUp(() => new Promise(() => {}))
  process.emit('SIGINT', 'SIGINT')
  expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual([0, 0])
  clock.advance(10_000)
  expect(kills).toEqual(['7 SIGINT'])
})

test('HO8 a host that closed by itself listens to no signals', () => {
  const { process, forget } = setUp(() => Promise.resolve())
  expect(process.listenerCount('SIGTERM')).toBe(1)
  forget()
  expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual([0, 0])
})
