// A host on the HTTP servers that people have: their pages stay theirs, and their lines end when the host closes.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createTestHost, type TestHost } from '@banyan/testing/host'
import { type Client, createClient, createMemoryStorage } from 'banyan/client'
import { createPlace } from 'banyan/server'
import express from 'express'
import fastify from 'fastify'
import { createServer as createViteServer } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'

async function attach(server: Server) {
  const { chat, heard } = createChat()
  const host = await createTestHost({
    host: { server },
    places: { main: (given) => createPlace({ ...given, definition, scripts: [chat] }) },
  })
  const clients: Client[] = []
  return {
    host,
    /** Joins through the server, and is heard. */
    async play(): Promise<Client> {
      const { log, url } = host
      const client = createClient({ definition, url, name: 'ana', storage: createMemoryStorage(), log })
      clients.push(client)
      client.connect()
      await host.until('the client joins', () => client.state.kind === 'joined')
      expect(client.find('Players.ana')).not.toBeNull()
      client.remote(remotes.said).fireServer(7)
      await host.until('the client is heard', () => heard.length > 0)
      expect(heard).toEqual([['ana', 7]])
      return client
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.close()
      await host[Symbol.asyncDispose]()
    },
  }
}

async function close(server: Server): Promise<void> {
  server.closeIdleConnections()
  server.close()
  await once(server, 'close')
}

async function textAt(url: string): Promise<string> {
  const response = await fetch(url, { headers: { connection: 'close' } })
  return response.text()
}

async function expectClosed(host: TestHost, client: Client): Promise<void> {
  await host.until('the client is told', () => client.state.kind !== 'joined')
  expect(client.state).toMatchObject({ kind: 'reconnecting' })
  client.close()
}

test('HO3 on an Express app, before it listens', async () => {
  const app = express()
  app.get('/page', (_request, response) => void response.send('a page of Express'))
  const server = createServer(app)
  await using attached = await attach(server)
  const { host } = attached
  expect(host.server.url).toBeNull()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { url } = host
  const client = await attached.play()
  expect(await textAt(`${url}/page`)).toBe('a page of Express')
  await host.server.close()
  await expectClosed(host, client)
  expect(await textAt(`${url}/page`)).toBe('a page of Express')
  await close(server)
})

test('HO3 on an Express app that listens already, with routes that come later', async () => {
  const app = express()
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await using attached = await attach(server)
  const { host } = attached
  app.get('/later', (_request, response) => void response.send('later'))
  const { url } = host
  const client = await attached.play()
  expect(await textAt(`${url}/later`)).toBe('later')
  await host.server.close()
  await expectClosed(host, client)
  await close(server)
})

test('HO3 on a Fastify app, whose close waits for the host', async () => {
  const app = fastify()
  app.get('/page', async () => 'a page of Fastify')
  await using attached = await attach(app.server)
  const { host } = attached
  app.addHook('preClose', () => host.server.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const client = await attached.play()
  expect(await textAt(`${url}/page`)).toBe('a page of Fastify')
  await app.close()
  await expectClosed(host, client)
  expect(host.server.port).toBeNull()
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
  onTestFinished(() => vite.close())
  server.on('request', vite.middlewares)
  await using attached = await attach(server)
  const { host } = attached
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { url } = host
  const reloads = new WebSocket(
    `ws://127.0.0.1:${host.port}/?token=${vite.config.webSocketToken}`,
    'vite-hmr',
  )
  const [hello] = (await once(reloads, 'message')) as [MessageEvent<string>]
  expect(JSON.parse(hello.data)).toEqual({ type: 'connected' })
  const client = await attached.play()
  expect(await textAt(`${url}/@vite/client`)).toContain('vite')
  await host.server.close()
  await expectClosed(host, client)
  reloads.close()
  await vite.close()
  await close(server)
})
