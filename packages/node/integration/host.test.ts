import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { forgetUngreeted, open, refused, visit, welcome } from './open-host.ts'

async function serve(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('HO1 a host listens by itself, and tells where', async () => {
  const host = await open()
  expect(host.server.port).toBeGreaterThan(0)
  expect(host.server.url).toBe(`http://localhost:${host.server.port}`)
  expect((await fetch(`${host.url}/`)).status).toBe(404)
  const guest = await welcome(host)
  expect(guest.last('welcome')).toMatchObject({ kind: 'welcome', status: 'new' })
})

test('HO2 a port in use is an error that names it', async () => {
  const { port } = await open()
  await expect(refused({ port, address: '127.0.0.1' })).rejects.toMatchObject({
    code: 'portInUse',
    message: `cannot listen on port "${port}": another program uses it. Stop that program or choose another port.`,
  })
  await expect(refused({ port: 99_999, address: '127.0.0.1' })).rejects.toMatchObject({ code: 'portRefused' })
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
  const host = await open({ host: { server } })
  expect(host.server.url).toBe(url.replace('127.0.0.1', 'localhost'))
  const guest = await welcome(host)
  expect(await (await fetch(`${url}/page`)).text()).toBe('app /page')
  expect(await (await fetch(`${url}/banyantree`)).text()).toBe('app /banyantree')
  const line = connect(host.port, '127.0.0.1')
  line.write('GET /hmr HTTP/1.1\r\nHost: x\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n')
  const [answer] = (await once(line, 'data')) as [Buffer]
  expect([answer.toString().slice(0, 12), upgraded]).toEqual(['HTTP/1.1 101', ['/hmr']])
  line.destroy()
  await host.server.close()
  await host.until('the guest’s line is gone', () => !guest.isOpen)
  expect(await (await fetch(`${url}/banyan/`)).text()).toBe('app /banyan/')
  expect([server.listening, server.listenerCount('request'), server.listenerCount('upgrade')]).toEqual([
    true,
    1,
    1,
  ])
})

test('HO3 where nobody else takes upgrades, a foreign one is refused and not left hanging', async () => {
  const host = await open()
  const line = connect(host.port, '127.0.0.1')
  line.write('GET /other HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  await host.until('the upgrade is refused', () => line.destroyed)
})

test('HO4 a page of another origin cannot connect by either transport; the same origin can', async () => {
  const host = await open()
  for (const transports of [['websocket'], ['polling']] as const) {
    await expect(visit(host, { transports, headers: { origin: 'https://evil.example' } })).rejects.toThrow()
    await welcome(host, { transports, headers: { origin: host.url } })
  }
})

test('HO5 listed origins can, and polling tells their browsers so', async () => {
  const host = await open({ clock: 'still', host: { origins: ['https://site.example'] } })
  const handshake = `${host.url}/banyan/?EIO=4&transport=polling`
  const allowed = await fetch(handshake, { headers: { origin: 'https://site.example' } })
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
    200,
    'https://site.example',
  ])
  const other = await fetch(handshake, { headers: { origin: 'https://evil.example' } })
  expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null])
  await forgetUngreeted(host)
})

test('HO7 closing tells clients serverClosing, ends their lines, and frees the port', async () => {
  const host = await open()
  const { port, server } = host
  const guest = await welcome(host)
  await Promise.all([server.close('Back soon.'), server.close()])
  await host.until('the guest’s line is gone', () => !guest.isOpen)
  expect(guest.messages.at(-1)).toEqual({ kind: 'close', code: 'serverClosing', reason: 'Back soon.' })
  expect(server.port).toBeNull()
  const next = await open({ host: { port } })
  expect(next.port).toBe(port)
})

test('HO10 metrics count connections, players and what each place does', async () => {
  const host = await open()
  expect(host.server.metrics()).toEqual({ connections: 0, players: 0, places: {} })
  await welcome(host)
  expect(host.server.metrics()).toMatchObject({
    connections: 1,
    players: 1,
    places: { main: { players: 1, connected: 1 } },
  })
})

test('HO11 static files come with safe headers; nothing outside the folder, and no dotfile, does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'banyan-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const pages = join(folder, 'pages')
  await mkdir(join(pages, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(pages, '.env'), 'secret')
  await writeFile(join(pages, 'index.html'), '<h1>home</h1>')
  await writeFile(join(pages, 'race.html'), '<h1>race</h1>')
  await writeFile(join(pages, 'assets', 'main-a1b2c3d4.js'), 'export {}')
  const host = await open({ files: pages })
  const at = (path: string) => fetch(`${host.url}${path}`)
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

test('HO17 an address that leads nowhere is a page with a way back for browsers, and a line for programs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'banyan-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'index.html'), '<h1>home</h1>')
  const host = await open({ files: folder })
  const page = await fetch(`${host.url}/none`, { headers: { accept: 'text/html,*/*;q=0.8' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  const text = await page.text()
  for (const part of ['name="viewport"', 'rel="icon" href="data:,"', '<a href="/">'])
    expect(text).toContain(part)
  const line = await fetch(`${host.url}/none`)
  expect([line.status, await line.text()]).toEqual([404, 'Not found\n'])
})

test('HO12 options that contradict each other are refused', async () => {
  await expect(refused({ server: createServer(), port: 3000 })).rejects.toMatchObject({
    code: 'invalidOption',
  })
})

test('HO12 an app in place of its server, and a folder that is not built yet, are told at once', async () => {
  const app = Object.assign(() => {}, { listeners: () => [] })
  await expect(refused({ server: app as unknown as Server })).rejects.toThrow(
    /it is no HTTP server\. Pass what createServer/,
  )
  await expect(refused({ port: 0, static: 'nowhere' })).rejects.toThrow(
    /cannot serve ".*nowhere": there is no such folder\./,
  )
})
