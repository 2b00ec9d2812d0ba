// Pages and servers of different builds, over real sockets: an old page at a new server, and a new one at an old server.
import { createTestHost } from '@banyan/testing/host'
import { defineClass, defineGame, Folder, type GameDefinition, int, type ManualClock, string } from 'banyan'
import type { Client } from 'banyan/client'
import { createPlace, script } from 'banyan/server'
import { expect, test } from 'vitest'
import { createProxiedClient } from './fixtures/proxied-client.ts'

// The same names and the same number of bytes: read by the wrong definition, each would make sense.
const older = defineGame({ classes: [defineClass('Coin', { properties: { worth: int(0) } })] })
const newer = defineGame({ classes: [defineClass('Coin', { properties: { label: string('') } })] })

function open(definition: GameDefinition) {
  const marking = script(({ workspace }) => {
    new Folder({ name: 'Mark', parent: workspace })
  })
  return createTestHost({
    clock: 'still',
    places: { main: (given) => createPlace({ ...given, definition, scripts: [marking] }) },
  })
}

async function createScene({ page, server }: { page: GameDefinition; server: GameDefinition }) {
  const scene = await createProxiedClient(() => open(server), { definition: page })
  scene.client.connect()
  return scene
}

/** Lets the client try as often as it likes. */
function isAfter(client: Client, clock: ManualClock, kind: Client['state']['kind']): boolean {
  if (client.state.kind === 'reconnecting') clock.advance(50)
  if (client.state.kind === 'outdated') clock.advance(500)
  return client.state.kind === kind
}

test('GT3 CN19 a page that meets a server of another definition is told so, and has nothing of its tree', async () => {
  await using scene = await createScene({ page: older, server: newer })
  const { client, host } = scene
  await host.until('the page is turned away', () => client.state.kind === 'outdated')
  expect(client.state).toMatchObject({
    code: 'definitionMismatch',
    reason: 'This page is of another version than the server. Reload it.',
  })
  expect(client.find('Workspace.Mark')).toBeNull()
  expect(host.place('main').players.getPlayers()).toEqual([])
  await expect(client.ready).rejects.toThrow('definitionMismatch')
})

test('CN19 a new page that meets an old server goes on by itself once the server is the new one', async () => {
  await using scene = await createScene({ page: newer, server: older })
  const { client, clock } = scene
  await scene.host.until('the page is turned away', () => client.state.kind === 'outdated')
  await scene.replaceHost(() => open(newer))
  await scene.host.until('the page is in', () => isAfter(client, clock, 'joined'))
  expect(client.find('Workspace.Mark')).not.toBeNull()
  await client.ready
})

test('CN19 a page that was in keeps what it shows when the server is replaced by another build', async () => {
  await using scene = await createScene({ page: older, server: older })
  const { client, clock } = scene
  await scene.host.until('the page is in', () => client.state.kind === 'joined')
  const mark = client.find('Workspace.Mark')
  await scene.replaceHost(() => open(newer))
  await scene.host.until('the page is turned away', () => isAfter(client, clock, 'outdated'))
  expect([client.find('Workspace.Mark'), mark === null]).toEqual([mark, false])
})
