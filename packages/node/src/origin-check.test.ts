import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { mayConnect } from './origin-check.ts'

function from(headers: Record<string, string>): IncomingMessage {
  return { headers } as unknown as IncomingMessage
}

test('HO4 a page of the same origin, or no page at all, may connect', () => {
  expect(mayConnect(from({ origin: 'http://localhost:3000', host: 'localhost:3000' }), [])).toBe(true)
  expect(mayConnect(from({ origin: 'https://play.example', host: 'Play.Example' }), [])).toBe(true)
  expect(mayConnect(from({ host: 'localhost:3000' }), [])).toBe(true)
})

test('HO4 a page of another origin, port or opaque origin may not', () => {
  expect(mayConnect(from({ origin: 'https://evil.example', host: 'play.example' }), [])).toBe(false)
  expect(mayConnect(from({ origin: 'http://localhost:5173', host: 'localhost:3000' }), [])).toBe(false)
  expect(mayConnect(from({ origin: 'null', host: 'localhost:3000' }), [])).toBe(false)
  expect(mayConnect(from({ origin: 'http://localhost:3000' }), [])).toBe(false)
})

test('HO5 the listed origins, or any, may connect', () => {
  const request = from({ origin: 'https://site.example', host: 'play.example' })
  expect(mayConnect(request, ['https://Site.example'])).toBe(true)
  expect(mayConnect(request, ['https://site.example:8443'])).toBe(false)
  expect(mayConnect(request, 'any')).toBe(true)
})
