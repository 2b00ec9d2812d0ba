import { defineRemotes, toServer } from '@banyan/protocol'
import { expect, expectTypeOf, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'
import { anyValue } from '../../fixtures/test-schemas.ts'
import type { RequestHandle, ToClientHandle, ToServerHandle } from './remote-handle.ts'

test('RM1 each contract is an instance under ReplicatedStorage.Remotes, on both sides', async () => {
  const { place, join } = createTestPlace({ definition })
  const folder = place.game.getService('ReplicatedStorage').findFirstChild('Remotes')
  expect(folder?.getChildren().map(({ name, className }) => `${name}: ${className}`)).toEqual([
    'act: RemoteEvent',
    'double: RemoteEvent',
    'small: RemoteEvent',
    'odd: RemoteEvent',
    'rare: RemoteEvent',
    'steer: UnreliableRemoteEvent',
    'seldom: UnreliableRemoteEvent',
    'note: RemoteEvent',
    'moved: UnreliableRemoteEvent',
    'say: RemoteEvent',
    'ask: RemoteFunction',
    'spell: RemoteFunction',
  ])
  const ana = await join()
  expect(ana.remoteId('act')).toBe(place.remote(remotes.act).instance.id)
  const other = defineRemotes({ act: toServer(anyValue) })
  expect(() => place.remote(other.act)).toThrow(expect.objectContaining({ code: 'unknownContract' }))
})

test('RM2 handlers and fires are typed by their contract', () => {
  const { place } = createTestPlace({ definition })
  const double = place.remote(remotes.double)
  expectTypeOf(double).toEqualTypeOf<ToServerHandle<typeof remotes.double>>()
  double.onServerEvent.connect((player, payload) => {
    expectTypeOf(player.userId).toBeString()
    expectTypeOf(payload).toBeString()
  })
  const say = place.remote(remotes.say)
  expectTypeOf(say).toEqualTypeOf<ToClientHandle<typeof remotes.say>>()
  expectTypeOf(say.fireAllClients).parameters.toEqualTypeOf<[payload: string]>()
  const spell = place.remote(remotes.spell)
  expectTypeOf(spell).toEqualTypeOf<RequestHandle<typeof remotes.spell>>()
  spell.onServerInvoke = (_player, payload, { signal }) => {
    expectTypeOf(payload).toBeNumber()
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
    return 'one'
  }
})
