import { defineGame } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'
import { createMemoryStorage } from '../storage/storage.ts'

const createWorld = (options = {}) => createScriptedWorld(defineGame({}), options)

test('CN18: a client that was cut off does not take the session from a newer tab, until somebody asks it to', () => {
  const storage = createMemoryStorage()
  const { client, clock, join, page, place, settle } = createWorld({ storage })
  join()
  const { turn } = place.channel.hello
  expect(turn).toBe(clock.now())
  place.channel.cut()
  settle()
  page.wake()
  settle()
  expect(place.channel.hello.turn).toBe(turn + 1)
  // What another tab does, perhaps without ever reaching the server.
  storage.browser.setItem('banyan.turn..main', String(turn + 2))
  place.channel.cut()
  settle()
  clock.advance(10_000)
  settle()
  expect(client.state).toEqual({
    kind: 'closed',
    code: 'takenOver',
    reason: 'You joined from somewhere else.',
  })
  expect(place.channels).toHaveLength(2)
  client.connect()
  settle()
  expect(client.state.kind).toBe('joined')
  expect(place.channel.hello.turn).toBeGreaterThan(turn + 2)
})

test('CN18: whoever goes back to a page wants to be there', () => {
  const storage = createMemoryStorage()
  const { client, join, page, place, settle } = createWorld({ storage })
  join()
  page.leave()
  settle()
  const later = place.channel.hello.turn + 100_000
  storage.browser.setItem('banyan.turn..main', String(later))
  page.wake()
  settle()
  expect(client.state.kind).toBe('joined')
  expect(place.channel.hello.turn).toBe(later + 1)
})

test('CN18: clients of other servers, places and seats overtake nobody', () => {
  const storage = createMemoryStorage()
  const { client, join, page, place, settle } = createWorld({ storage })
  join()
  for (const other of ['https://example.org.main', '.race', '.main.2']) {
    storage.browser.setItem(`banyan.turn.${other}`, String(2 ** 50))
  }
  place.channel.cut()
  settle()
  page.wake()
  settle()
  expect(client.state.kind).toBe('joined')
})
