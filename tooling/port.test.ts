import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { parsePort, portProblem } from './port.js'

test.each([
  [undefined, 3000],
  ['', 3000],
  ['0', null],
  ['1', 1],
  ['8080', 8080],
  ['65535', 65_535],
  ['65536', null],
  ['-1', null],
  ['3e3', null],
  ['http', null],
])('PORT=%s is %s', (text, port) => {
  expect(parsePort(text)).toBe(port)
})

test('a port in use is a problem, a free one is not', async () => {
  const holder = createServer().listen(0)
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  expect(await portProblem(port)).toBe('it is in use')
  holder.close()
  await once(holder, 'close')
  expect(await portProblem(port)).toBeNull()
})
