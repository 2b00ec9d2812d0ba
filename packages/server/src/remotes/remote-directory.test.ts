import { defineRemotes, toServer } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../integration/test-place.ts'
import { definition, remotes } from '../../integration/test-remotes.ts'
import { anyValue } from '../../integration/test-schemas.ts'

test('RM1 each contract is an instance under ReplicatedStorage.Remotes, on both sides', async () => {
  const { place, join } = createTestPlace({ definition })
  const folder = place.game.getService('ReplicatedStorage').findFirstChild('Remotes')
  expect(folder?.getChildren().map(({ name, className }) => `${name}: ${className}`)).toEqual([
    'act: RemoteEvent',
    'double: RemoteEvent',
    'small: RemoteEvent',
    'odd: RemoteEvent',
    'rare: RemoteEvent',
    'note: RemoteEvent',
    'say: RemoteEvent',
    'ask: RemoteFunction',
    'spell: RemoteFunction',
  ])
  const ana = await join()
  expect(ana.remoteId('act')).toBe(place.remote(remotes.act).instance.id)
  const other = defineRemotes({ act: toServer(anyValue) })
  expect(() => place.remote(other.act)).toThrow(expect.objectContaining({ code: 'unknownContract' }))
})
