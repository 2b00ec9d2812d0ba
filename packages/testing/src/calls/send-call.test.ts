import { expect, test } from 'vitest'
import { garden, remotes } from '../../fixtures/garden-game.ts'
import { createTestPlace } from '../place/create-test-place.ts'
import { sendCall } from './send-call.ts'

test('AB20 a call of plain data is sent, and tells what its sender is told', async () => {
  await using place = await createTestPlace({ definition: garden, players: ['ana'], isDevelopment: false })
  const heard: unknown[] = []
  place.remote(remotes.water).onServerEvent.connect((_player, payload) => heard.push(payload))
  place.remote(remotes.trade).onServerInvoke = () => true
  const ana = place.player('ana')
  const send = async (remote: string, payload: unknown) => {
    const sent = sendCall(ana, garden, { remote, payload })
    await place.settle()
    return sent
  }
  const water = { plant: 'fern', liters: 2 }
  expect(await send('water', water)).toEqual({ ok: true, answer: null })
  expect(await send('water', { plant: 'fern', liters: Number.NaN })).toEqual({ ok: true, answer: null })
  expect(heard).toEqual([water])
  expect(await send('trade', { kind: 'sell', count: 2 })).toEqual({ ok: true, answer: true })
  expect(await send('trade', 'all')).toMatchObject({ ok: false, error: { code: 'invalid' } })
  expect(await send('water', JSON.parse('{"__proto__": 1}'))).toMatchObject({
    ok: false,
    error: { code: 'invalidArgument' },
  })
  await expect(sendCall(ana, garden, { remote: 'bloomed', payload: 'x' })).rejects.toThrow(
    'it goes from the server to clients',
  )
  await expect(sendCall(ana, garden, { remote: 'mow', payload: 'x' })).rejects.toThrow(
    expect.objectContaining({ code: 'invalidOption' }),
  )
})
