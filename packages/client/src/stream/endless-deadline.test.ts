import { RemoteFunction } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'

test('RC5: a request with an endless deadline costs neither the calls beside it nor the session', async () => {
  const { client, clock, join, lines, place, settle } = createScriptedWorld(defineGame({}))
  const made = new RemoteFunction({ name: 'buy', parent: place.game.getService('ReplicatedStorage') })
  join()
  const remote = client.game.getInstanceById(made.id) as RemoteFunction
  const answers = [
    remote.with({ deadlineMs: Number.POSITIVE_INFINITY }).invokeServer('endless'),
    remote.with({ deadlineMs: 100 }).invokeServer('ordinary'),
  ]
  const outcome = Promise.allSettled(answers)
  settle()
  expect(place.channel.calls).toHaveLength(1)
  clock.advance(100)
  settle()
  expect(await outcome).toMatchObject([
    { status: 'rejected', reason: { code: 'invalid' } },
    { status: 'rejected', reason: { code: 'timeout' } },
  ])
  expect([client.state.kind, place.channels.length, lines]).toEqual(['joined', 1, []])
})
