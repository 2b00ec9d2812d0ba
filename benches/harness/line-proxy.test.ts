import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { openLineProxy } from './line-proxy.ts'

test('passes bytes, counts those of the server, and lets nobody through while it is cut', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data: Buffer) => socket.write(`${data.toString()}!`))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await openLineProxy((server.address() as AddressInfo).port)
  const open = () => {
    const socket = connect(proxy.port, '127.0.0.1')
    socket.on('error', () => {})
    return socket
  }
  const speak = async (socket: ReturnType<typeof open>): Promise<string> => {
    socket.write('hello')
    const [data] = (await once(socket, 'data')) as [Buffer]
    return data.toString()
  }

  const first = open()
  expect(await speak(first)).toBe('hello!')
  expect(proxy.bytes).toBe(6)
  const ended = once(first, 'close')
  await proxy.cut()
  await ended
  const [refused] = (await once(open(), 'error')) as [{ code: string }]
  expect(refused.code).toBe('ECONNREFUSED')
  expect(proxy.returnedMs).toBeNull()

  await proxy.mend()
  const second = open()
  expect(await speak(second)).toBe('hello!')
  expect(proxy.returnedMs).toBeGreaterThan(0)
  second.destroy()
  proxy.close()
  server.close()
})
