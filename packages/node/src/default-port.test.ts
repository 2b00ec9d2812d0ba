import { expect, test } from 'vitest'
import { defaultPort } from './default-port.ts'

test('HO1 a host that is told no port takes that of the environment, or 3000', () => {
  expect([undefined, '', '0', '8300', '65535'].map(defaultPort)).toEqual([3000, 3000, 0, 8300, 65_535])
})

test.each(['65536', '80.5', '-1', 'http', '3000x', ' '])('HO12 "%s" is no port', (setting) => {
  expect(() => defaultPort(setting)).toThrow(`cannot listen on PORT "${setting}": it is no port.`)
})
