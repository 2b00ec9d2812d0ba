import { afterEach, describe, expect, test, vi } from 'vitest'
import { openLine } from './fallback-line.ts'
import type { LineHandlers } from './line.ts'

/** They do nothing by themselves. */
const sockets: FakeWebSocket[] = []
const made = (): FakeWebSocket | undefined => sockets.at(-1)

class FakeWebSocket {
  readonly sent: unknown[] = []
  readonly bufferedAmount = 0
  isClosed = false
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly url: string

  constructor(url: string) {
    this.url = url
    sockets.push(this)
  }

  send(data: unknown): void {
    this.sent.push(data)
  }

  close(): void {
    this.isClosed = true
  }
}

function createScene(load: 'loads' | 'fails' | 'throws' = 'loads') {
  vi.stubGlobal('WebSocket', FakeWebSocket)
  const heard: unknown[] = []
  const polled: string[] = []
  const handlers: LineHandlers = {
    onOpen: () => heard.push('open'),
    onMessage: (message) => heard.push(message),
    onEnd: (cause) => heard.push(`end: ${cause}`),
  }
  const open = () =>
    openLine('https://example.org', handlers, async () => {
      if (load === 'fails') throw new Error('there is no such file')
      return (origin) => {
        if (load === 'throws') throw new Error('polling is forbidden')
        polled.push(origin)
        return { bufferedBytes: 7, write: () => {}, close: () => polled.push('closed') }
      }
    })
  return { heard, open, polled }
}

/** Lets what was loaded arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

afterEach(() => {
  sockets.length = 0
  vi.unstubAllGlobals()
})

describe('TR18 a line of our client', () => {
  test('is a WebSocket, which carries messages and answers pings', async () => {
    const { heard, open, polled } = createScene()
    const line = open()
    expect(made()?.url).toBe('wss://example.org/banyan/?EIO=4&transport=websocket')
    for (const data of ['0{}', '2', '4hello', Uint8Array.of(1).buffer]) made()?.onmessage?.({ data })
    line.write('text')
    line.write(Uint8Array.of(2))
    expect(heard).toEqual(['open', 'hello', Uint8Array.of(1)])
    expect(made()?.sent).toEqual(['3', '4text', Uint8Array.of(2)])
    made()?.onclose?.({ code: 1006 })
    await settle()
    expect([heard.at(-1), polled]).toEqual(['end: the WebSocket closed with 1006', []])
  })

  test.each(['0{}', '6', '2probe', ''])('ends at the text %o behind its beginning', (data) => {
    const { heard, open } = createScene()
    open()
    made()?.onmessage?.({ data: '0{}' })
    made()?.onmessage?.({ data })
    expect([heard, made()?.isClosed]).toEqual([
      ['open', 'end: the server sent what is not spoken here'],
      true,
    ])
  })

  test('ends when the platform says that the network is gone, and listens no longer', () => {
    const page = new EventTarget()
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    const { heard, open } = createScene()
    open()
    made()?.onmessage?.({ data: '0{}' })
    for (let time = 0; time < 2; time += 1) page.dispatchEvent(new Event('offline'))
    expect([heard, made()?.isClosed]).toEqual([['open', 'end: the network is gone'], true])
  })

  test('polls where no WebSocket comes about, or none may be made', async () => {
    const { heard, open, polled } = createScene()
    const line = open()
    made()?.onclose?.({ code: 1006 })
    await settle()
    expect([polled, heard, line.bufferedBytes]).toEqual([['https://example.org'], [], 7])
    vi.stubGlobal('WebSocket', () => {
      throw new Error('not on this page')
    })
    open()
    await settle()
    expect(polled).toHaveLength(2)
  })

  test('tells why where polling cannot be loaded, and opens nothing once it is closed', async () => {
    const failing = createScene('fails')
    failing.open()
    made()?.onclose?.({ code: 1006 })
    await settle()
    expect(failing.heard).toEqual(['end: the WebSocket closed with 1006, and polling could not be loaded'])
    const { heard, open, polled } = createScene()
    const line = open()
    made()?.onclose?.({ code: 1006 })
    line.close()
    await settle()
    expect([heard, polled]).toEqual([[], []])
  })
})

test('TR18 a way to poll that cannot be opened ends the attempt with a cause', async () => {
  const { heard, open, polled } = createScene('throws')
  open()
  made()?.onclose?.({ code: 1006 })
  await settle()
  expect(heard).toEqual([
    'end: the WebSocket closed with 1006, and polling failed: Error: polling is forbidden',
  ])
  expect(polled).toEqual([])
})
