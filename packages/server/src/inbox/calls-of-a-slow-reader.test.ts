import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

test('SE8 calls behind the one that made its client a slow reader are handled, for they are not repeated', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const heard: unknown[] = []
  place.remote(remotes.act).onServerEvent.connect((player, payload) => {
    heard.push(payload)
    if (payload !== 'flood me') return
    for (let n = 0; n < 1000; n += 1) place.remote(remotes.note).fireClient(player, n)
  })
  const ana = await join()
  const remote = ana.remoteId('act')
  ana.call(
    { kind: 'event', remote, args: ana.encode(['flood me']) },
    { kind: 'event', remote, args: ana.encode(['then this']) },
  )
  await tick()
  expect(ana.closed?.code).toBe('slowReader')
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await tick()
  expect(ana.welcome).toMatchObject({ status: 'resumed', callSeq: 1 })
  expect(heard).toEqual(['flood me', 'then this'])
})
