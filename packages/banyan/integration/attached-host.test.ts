// A host on the HTTP servers that people have: their pages stay theirs, and their lines end when the host closes.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type Client, createClient, createMemoryStorage } from 'banyan/client'
import { createHost, type Host } from 'banyan/node'
import { createPlace } from 'banyan/server'
import express from 'express'
import fastify from 'fastify'
import { createServer as createViteServer } from 'vite'
import { afterEach, expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }
const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function attach(server: Server): Promise<{ readonly host: Host; readonly heard: readonly unknown[] }> {
  const { chat, heard } = createChat()
  const places = { main: () => createPlace({ definition, scripts: [chat], log }) }
  const host = await createHost({ places, server, log })
  cleanups.push(() => host.close())
  return { host, heard }
}

async function close(server: Server): Promise<void> {
  server.closeIdleConnections()
  server.close()
  await once(server, 'close')
}

/** Joins through the server, and is heard. */
async function play(url: string, heard: readonly unknown[]): Promise<Client> {
  const client = createClient({ definition, url, name: 'ana', storage: createMemoryStorage(), log })
  cleanups.push(() => client.close())
  client.connect()
  await client.ready
  expect(client.find('Players.ana')).not.toBeNull()
  client.remote(remotes.said).fireServer(7)
  await expect.poll(() => heard).toEqual([['ana', 7]])
  return client
}

async function textAt(url: string): Promise<string> {
  const response = await fetch(url, { headers: { connection: 'close' } })
  return response.text()
}

async function expectClosed(client: Client): Promise<void> {
  while (client.state.kind === 'joined') await new Promise<void>((resolve) => void client.onState(resolve))
  expect(client.state).toMatchObject({ kind: 'reconnecting' })
  client.close()
}

test('HO3 on an Express app, before it listens', async () => {
  const app = express()
  app.get('/page', (_request, response) => void response.send('a page of Express'))
  const server = createServer(app)
  const { host, heard } = await attach(server)
  expect(host.url).toBeNull()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${host.port}`
  const client = await play(url, heard)
  expect(await textAt(`${url}/page`)).toBe('a page of Express')
  await host.close()
  await expectClosed(client)
  expect(await textAt(`${url}/page`)).toBe('a page of Express')
  await close(server)
})

test('HO3 on an Express app that listens already, with routes that come later', async () => {
  const app = express()
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { host, heard } = await attach(server)
  app.get('/later', (_request, response) => void response.send('later'))
  const url = `http://127.0.0.1:${host.port}`
  const client = await play(url, heard)
  expect(await textAt(`${url}/later`)).toBe('later')
  await host.close()
  await expectClosed(client)
  await close(server)
})

test('HO3 on a Fastify app, whose close waits for the host', async () => {
  const app = fastify()
  app.get('/page', async () => 'a page of Fastify')
  const { host, heard } = await attach(app.server)
  app.addHook('preClose', () => host.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const client = await play(url, heard)
  expect(await textAt(`${url}/page`)).toBe('a page of Fastify')
  await app.close()
  await expectClosed(client)
  expect(host.port).toBeNull()
})

test('HO3 on a dev server of Vite, beside its own upgrades', async () => {
  const server = createServer()
  const vite = await createViteServer({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: { server }, watch: null },
  })
  cleanups.push(() => vite.close())
  server.on('request', vite.middlewares)
  const { host, heard } = await attach(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${host.port}`
  const reloads = new WebSocket(
    `ws://127.0.0.1:${host.port}/?token=${vite.config.webSocketToken}`,
    'vite-hmr',
  )
  const [hello] = (await once(reloads, 'message')) as [MessageEvent<string>]
  expect(JSON.parse(hello.data)).toEqual({ type: 'connected' })
  const client = await play(url, heard)
  expect(await textAt(`${url}/@vite/client`)).toContain('vite')
  await host.close()
  await expectClosed(client)
  reloads.close()
  await vite.close()
  await close(server)
})
