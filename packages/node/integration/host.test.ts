import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { createHost, type Host, type HostOptions } from '@banyan/node'
import { createManualClock, createNetwork, defineGame, encodePing } from '@banyan/protocol'
import { createPlace, type Log } from '@banyan/server'
import { afterEach, expect, test } from 'vitest'
import { type Guest, openGuest } from './guest.ts'

const definition = defineGame({})
const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} }
const places = { main: () => createPlace({ definition, log: quiet }) }
const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function open(options: Partial<HostOptions> = {}): Promise<Host> {
  const port = options.server === undefined ? { port: 0, address: '127.0.0.1' } : {}
  const host = await createHost({ places, log: quiet, stopOnSignals: false, ...port, ...options })
  cleanups.push(() => host.close())
  return host
}

async function visit(host: Host, options: Partial<Parameters<typeof openGuest>[0]> = {}): Promise<Guest> {
  const guest = await openGuest({ url: `http://127.0.0.1:${host.port}`, definition, ...options })
  cleanups.push(() => guest.close())
  return guest
}

async function serve(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('HO1 a host listens by itself, and tells where', async () => {
  const host = await open()
  expect(host.port).toBeGreaterThan(0)
  expect(host.url).toBe(`http://localhost:${host.port}`)
  expect((await fetch(`http://127.0.0.1:${host.port}/`)).status).toBe(404)
  const guest = await visit(host)
  expect(await guest.until('welcome')).toMatchObject({ kind: 'welcome', status: 'new' })
})

test('HO2 a port in use is an error that names it', async () => {
  const { port } = await open()
  const second = open({ port: port ?? 0 })
  await expect(second).rejects.toMatchObject({
    code: 'portInUse',
    message: `cannot listen on port "${port}": another program uses it. Stop that program or choose another port.`,
  })
  await expect(open({ port: 99_999 })).rejects.toMatchObject({ code: 'portRefused' })
})

test('HO3 attached to a server, a host takes its own path and leaves the rest, and the server outlives it', async () => {
  const server = createServer((request, response) => response.end(`app ${request.url}`))
  const upgraded: string[] = []
  server.on('upgrade', (request, socket: Socket) => {
    if (request.url?.startsWith('/banyan/')) return
    upgraded.push(request.url ?? '')
    socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n')
  })
  const url = await serve(server)
  const host = await open({ server })
  expect(host.url).toBe(url.replace('127.0.0.1', 'localhost'))
  const guest = await visit(host)
  await guest.until('welcome')
  expect(await (await fetch(`${url}/page`)).text()).toBe('app /page')
  expect(await (await fetch(`${url}/banyantree`)).text()).toBe('app /banyantree')
  const line = connect(Number(new URL(url).port), '127.0.0.1')
  line.write('GET /hmr HTTP/1.1\r\nHost: x\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n')
  const [answer] = (await once(line, 'data')) as [Buffer]
  expect([answer.toString().slice(0, 12), upgraded]).toEqual(['HTTP/1.1 101', ['/hmr']])
  line.destroy()
  await host.close()
  await guest.closed()
  expect(await (await fetch(`${url}/banyan/`)).text()).toBe('app /banyan/')
  expect([server.listening, server.listenerCount('request'), server.listenerCount('upgrade')]).toEqual([
    true,
    1,
    1,
  ])
})

test('HO3 where nobody else takes upgrades, a foreign one is refused and not left hanging', async () => {
  const host = await open()
  const line = connect(host.port ?? 0, '127.0.0.1')
  line.write('GET /other HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  await once(line, 'close')
})

test('HO4 a page of another origin cannot connect by either transport; the same origin can', async () => {
  const host = await open()
  for (const transports of [['websocket'], ['polling']] as const) {
    await expect(visit(host, { transports, headers: { origin: 'https://evil.example' } })).rejects.toThrow()
    const guest = await visit(host, { transports, headers: { origin: `http://127.0.0.1:${host.port}` } })
    await guest.until('welcome')
  }
})

test('HO5 listed origins can, and polling tells their browsers so', async () => {
  const host = await open({ origins: ['https://site.example'] })
  const handshake = `http://127.0.0.1:${host.port}/banyan/?EIO=4&transport=polling`
  const allowed = await fetch(handshake, { headers: { origin: 'https://site.example' } })
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
    200,
    'https://site.example',
  ])
  const other = await fetch(handshake, { headers: { origin: 'https://evil.example' } })
  expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null])
})

test('HO6 frames pass by polling where WebSockets cannot', async () => {
  const guest = await visit(await open(), { transports: ['polling'] })
  expect(guest.transport).toBe('polling')
  await guest.until('welcome')
  guest.send(encodePing({ clientMs: 5 }))
  expect(await guest.until('pong')).toMatchObject({ clientMs: 5 })
})

test('HO7 closing tells clients serverClosing, ends their lines, and frees the port', async () => {
  const host = await open()
  const { port } = host
  const guest = await visit(host)
  await guest.until('welcome')
  await Promise.all([host.close('Back soon.'), host.close()])
  await guest.closed()
  expect(guest.messages.at(-1)).toEqual({ kind: 'close', code: 'serverClosing', reason: 'Back soon.' })
  expect(host.port).toBeNull()
  const next = await open({ port: port ?? 0 })
  expect(next.port).toBe(port)
})

test('HO9 a message too large to be read cuts its own line and no other', async () => {
  const host = await open()
  const guest = await visit(host)
  const giant = await visit(host, { place: 'main' })
  await guest.until('close')
  const second = await visit(host)
  await second.until('welcome')
  giant.send(new Uint8Array(300_000))
  await giant.closed()
  second.send(encodePing({ clientMs: 9 }))
  expect(await second.until('pong')).toMatchObject({ clientMs: 9 })
})

test('HO10 metrics count connections, players and what each place does', async () => {
  const host = await open()
  expect(host.metrics()).toEqual({ connections: 0, players: 0, places: {} })
  const guest = await visit(host)
  await guest.until('welcome')
  expect(host.metrics()).toMatchObject({
    connections: 1,
    players: 1,
    places: { main: { players: 1, connected: 1 } },
  })
})

test('HO11 static files come with safe headers; nothing outside the folder, and no dotfile, does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'banyan-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  const pages = join(folder, 'pages')
  await mkdir(join(pages, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(pages, '.env'), 'secret')
  await writeFile(join(pages, 'index.html'), '<h1>home</h1>')
  await writeFile(join(pages, 'race.html'), '<h1>race</h1>')
  await writeFile(join(pages, 'assets', 'main-a1b2c3d4.js'), 'export {}')
  const host = await open({ static: pages })
  const at = (path: string) => fetch(`http://127.0.0.1:${host.port}${path}`)
  const home = await at('/?place=x')
  expect([await home.text(), home.headers.get('cache-control')]).toEqual(['<h1>home</h1>', 'no-cache'])
  expect(Object.fromEntries(home.headers)).toMatchObject({
    'content-type': expect.stringContaining('text/html'),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'same-origin',
  })
  expect(await (await at('/race')).text()).toBe('<h1>race</h1>')
  expect((await at('/assets/main-a1b2c3d4.js')).headers.get('cache-control')).toContain('immutable')
  for (const path of ['/.env', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/none', '/assets/']) {
    expect((await at(path)).status).toBe(404)
  }
})

test('HO12 options that contradict each other are refused', async () => {
  await expect(open({ server: createServer(), port: 3000 })).rejects.toMatchObject({ code: 'invalidOption' })
})

test('HO12 an app in place of its server, and a folder that is not built yet, are told at once', async () => {
  const app = Object.assign(() => {}, { listeners: () => [] })
  await expect(open({ server: app as unknown as Server })).rejects.toThrow(
    /it is no HTTP server\. Pass what createServer/,
  )
  await expect(open({ static: 'nowhere' })).rejects.toThrow(
    /cannot serve ".*nowhere": there is no such folder\./,
  )
})

test('HO13 a client that stops reading is closed before it fills the memory, and delays nobody', async () => {
  const place = createPlace({ definition, log: quiet, limits: { unreadBytes: 1_000_000 } })
  const host = await open({ places: { main: () => place } })
  const stalled = await visit(host, { guestKey: 'stalled' })
  const reader = await visit(host, { guestKey: 'reader' })
  await Promise.all([stalled.until('welcome'), reader.until('welcome')])
  stalled.stall()
  const workspace = place.game.getService('Workspace')
  for (let n = 0; place.stats.connected === 2 && n < 500; n += 1) {
    for (const name of ['a', 'b', 'c', 'd']) workspace.setAttribute(name, `${n}${'x'.repeat(150_000)}`)
    place.step()
    // The honest one shares this process: it gets the time to read what it was sent.
    const { seq } = place.game.snapshot
    await reader.until('patches', (sent) => sent.kind === 'patches' && sent.patches.at(-1)?.seq === seq)
  }
  expect(place.stats).toMatchObject({ players: 2, connected: 1 })
  reader.send(encodePing({ clientMs: 11 }))
  expect(await reader.until('pong')).toMatchObject({ clientMs: 11 })
  expect(workspace.getAttribute('a')).toMatch(/^\d+x/)
})

test('HO16 a host stands behind a network, which serves both directions of every socket', async () => {
  const clock = createManualClock()
  const network = createNetwork({ clock, seed: 1 })
  const host = await open({ wrapTransport: network.wrap })
  const guest = await visit(host)
  await guest.until('welcome')
  network.set('Ana', { up: { latencyMs: 100 }, down: { latencyMs: 200 } })
  const pings: number[] = []
  network.observe((event) => {
    if (event.kind === 'frame') pings.push(event.timeMs)
  })
  guest.send(encodePing({ clientMs: 5 }))
  while (network.underWay === 0) await turn()
  clock.advance(100)
  expect([pings, network.underWay]).toEqual([[100], 1])
  clock.advance(200)
  expect(await guest.until('pong')).toMatchObject({ clientMs: 5 })
  expect(pings).toEqual([100, 300])
  network.cut('Ana')
  await guest.closed()
  // The place keeps the player for the grace period, without a line.
  expect(host.metrics()).toMatchObject({ connections: 0, players: 1, places: { main: { connected: 0 } } })
})

test('HO16 closing does not wait for what a network holds', async () => {
  const network = createNetwork({ clock: createManualClock(), seed: 1 })
  const host = await open({ wrapTransport: network.wrap })
  const guest = await visit(host)
  await guest.until('welcome')
  network.partition('Ana')
  await host.close()
  await guest.closed()
})
