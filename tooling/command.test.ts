import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { runCommand } from './command.js'

const cwd = tmpdir()
const evaluate = (code: string) => [process.execPath, '--eval', code] as const

test('the exit code comes back', async () => {
  expect(await runCommand(evaluate('process.exit(7)'), { cwd, group: 'own' })).toEqual({
    exitCode: 7,
    timedOut: false,
    interrupted: false,
    problem: null,
  })
})

test('a program that does not exist is a problem, not an exception', async () => {
  const outcome = await runCommand(['/no/such/program'], { cwd, group: 'own' })
  expect(outcome).toMatchObject({ exitCode: null, problem: expect.stringContaining('ENOENT') })
})

test('a signal is named', async () => {
  const outcome = await runCommand(evaluate("process.kill(process.pid, 'SIGKILL')"), { cwd, group: 'own' })
  expect(outcome).toMatchObject({ exitCode: null, problem: 'ended by SIGKILL' })
})

test('a command that takes too long is ended', async () => {
  const outcome = await runCommand(evaluate('setInterval(() => {}, 1000)'), { cwd, group: 'own', limitMs: 1 })
  expect(outcome).toMatchObject({ timedOut: true })
})

test('a child that the command leaves behind is ended with it', async () => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const child = `require('node:net').connect(${port}, () => process.send('connected'))`
  const leader = `require('node:child_process').fork('-e', [${JSON.stringify(child)}], { execArgv: [] }).on('message', () => process.exit(0))`
  const connected = once(server, 'connection')
  expect(await runCommand(evaluate(leader), { cwd, group: 'own' })).toMatchObject({ exitCode: 0 })
  const [socket] = (await connected) as [Socket]
  socket.on('error', () => {}).resume()
  if (!socket.closed) await once(socket, 'close')
  server.close()
})
