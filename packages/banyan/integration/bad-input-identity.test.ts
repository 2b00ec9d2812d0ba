// Hosts that know their players by credentials: what wrong ones get, and what a fault in the host's own check does.
import { encodePing } from '@banyan/protocol'
import type { Identity } from 'banyan/server'
import { expect, test } from 'vitest'
import { createArena } from './fixtures/arena.ts'

const ana: Identity = { userId: 'ana', name: 'ana' }
const isAna = (name: string): boolean => name === 'ana'

test.each<[string, () => Identity | Promise<Identity>]>([
  [
    'throws',
    () => {
      throw new Error('no such password')
    },
  ],
  ['rejects', () => Promise.reject(new Error('no such password'))],
])(
  'SE11 credentials at which the host %s are unauthorized, and the client is not told why',
  async (_, refuse) => {
    await using arena = await createArena({ authenticate: ({ name }) => (isAna(name) ? ana : refuse()) })
    const stranger = await arena.stranger()
    stranger.sayHello({ credentials: { password: 'guess' } })
    await arena.until('the stranger is told', () => stranger.isCut)
    expect(stranger.closed?.code).toBe('unauthorized')
    expect(stranger.closed?.reason).not.toContain('password')
    expect(arena.warnings).toEqual([expect.stringContaining('unauthorized: no such password')])
    await arena.expectUnharmed()
  },
)

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a number', { userId: 7, name: 'mallory' }],
  ['no name', { userId: 'mallory' }],
])(
  'SE11 a check that answers %s, at once or later, turns its client away and is reported',
  async (_, answer) => {
    for (const isLate of [false, true]) {
      await using arena = await createArena({
        authenticate: ({ name }) => {
          if (isAna(name)) return ana
          return isLate ? Promise.resolve(answer as Identity) : (answer as Identity)
        },
      })
      const stranger = await arena.stranger()
      stranger.sayHello()
      await arena.until('the stranger is told', () => stranger.isCut)
      expect(stranger.closed?.code).toBe('unauthorized')
      expect(arena.takeErrors()).toEqual([expect.stringContaining('authenticate')])
      await arena.expectUnharmed()
    }
  },
)

test('SE11 a check that never ends is cut after ten seconds', async () => {
  let asked = 0
  await using arena = await createArena({
    authenticate: ({ name }) => {
      asked += 1
      return isAna(name) ? ana : new Promise<Identity>(() => {})
    },
  })
  const stranger = await arena.stranger()
  stranger.sayHello()
  stranger.send(encodePing({ clientMs: 1 }))
  await arena.until('the host is asked', () => asked === 2)
  await arena.advance(10_000)
  await arena.until('the stranger is told', () => stranger.isCut)
  expect(stranger.closed?.code).toBe('unauthorized')
  await arena.expectUnharmed()
})

test('IN5 calls before the welcome are malformed', async () => {
  await using arena = await createArena({
    authenticate: ({ name }) => (isAna(name) ? ana : new Promise<Identity>(() => {})),
  })
  const stranger = await arena.stranger()
  stranger.sayHello()
  stranger.fire(5, 'too early')
  await arena.until('the stranger is told', () => stranger.isCut)
  expect(stranger.closed?.code).toBe('malformed')
  await arena.expectUnharmed()
})
