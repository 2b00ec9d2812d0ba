import { defineGame } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'

const createWorld = () => createScriptedWorld(defineGame({}))

test('CN13: holders share one connection, which outlives the last of them by a moment', () => {
  const { client, clock, place, settle } = createWorld()
  const first = client.retain()
  const second = client.retain()
  settle()
  first()
  first()
  clock.advance(1000)
  expect(client.state.kind).toBe('joined')
  second()
  const third = client.retain()
  clock.advance(1000)
  settle()
  expect(client.state.kind).toBe('joined')
  third()
  clock.advance(1000)
  settle()
  expect(client.state.kind).toBe('closed')
  expect(place.channels).toHaveLength(1)
})

test('CN13: closing by hand leaves nothing to wait for', () => {
  const { client, clock, settle } = createWorld()
  const letGo = client.retain()
  settle()
  letGo()
  client.close()
  settle()
  expect(client.state.kind).toBe('closed')
  expect(clock.pending).toBe(0)
})

test('CN13: a holder that comes after the server has refused does not undo that', () => {
  const { client, clock, place, settle } = createWorld()
  const first = client.retain()
  settle()
  place.channel.refuse('takenOver', 'You joined from somewhere else.')
  settle()
  first()
  client.retain()
  clock.advance(1000)
  settle()
  expect(client.state).toMatchObject({ kind: 'closed', code: 'takenOver' })
  expect(place.channels).toHaveLength(1)
})
