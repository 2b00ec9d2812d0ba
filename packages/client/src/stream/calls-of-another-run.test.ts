import { Folder, NumberValue, RemoteEvent } from '@banyan/datamodel'
import { defineGame, defineRemotes, toServer } from '@banyan/protocol'
import { unknown } from 'valibot'
import { expect, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'

const remotes = defineRemotes({ point: toServer(unknown()) })

test('ST4: after another run of the place nothing is sent that was fired before, although the player is there already', () => {
  const world = createScriptedWorld(defineGame({ remotes }))
  const { client, clock, join, lines, settle } = world
  const at = () => world.place.game.getService('ReplicatedStorage')
  const here = new NumberValue({ name: 'Here', parent: at() })
  join()
  world.place.channel.cut()
  settle()
  client.remote(remotes.point).fireServer(client.game.getInstanceById(here.id))
  // In the next run another window of this browser has joined first, and an id means another instance.
  const next = world.replacePlace()
  next.status = 'rejoined'
  new NumberValue({ name: 'Another', parent: at() })
  new RemoteEvent({ name: 'point', parent: new Folder({ name: 'Remotes', parent: at() }) })
  clock.advance(1000)
  settle()
  expect(client.state).toMatchObject({ kind: 'joined', status: 'rejoined' })
  expect(client.game.getInstanceById(here.id)?.name).toBe('Another')
  expect(next.channel.calls).toEqual([])
  expect(lines).toEqual([expect.stringContaining('the session is over')])
})
