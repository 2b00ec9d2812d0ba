import { expect, test } from 'vitest'
import { openBareSockets } from './fixtures/bare-sockets.ts'

/** A client's line to a server whose engine says one message of its own, before it answers the greeting or behind that. */
async function hear(message: string | Uint8Array, when: 'at once' | 'when open') {
  const sockets = await openBareSockets({ report: (error) => expect.unreachable(String(error)) })
  sockets.server.engine.on('connection', (connection) => {
    if (when === 'at once') return void connection.write(message)
    connection.on('packetCreate', ({ data }: { readonly data?: unknown }) => {
      if (String(data).startsWith('0{')) setImmediate(() => connection.write(message))
    })
  })
  const stop = sockets.server.listen(() => ({ onFrame: () => {}, onClose: () => {} }))
  const heard: string[] = []
  const cause = await new Promise<string>((resolve) => {
    sockets.client.connect({
      onOpen: () => heard.push('open'),
      onFrame: () => heard.push('frame'),
      onClose: resolve,
    })
  })
  stop()
  await sockets.close()
  return [...heard, cause]
}

test('TR17 a refusal ends the attempt, in the words of the server', async () => {
  expect(await hear('4{"message":"Not today"}', 'at once')).toEqual([
    'open',
    'cannot connect: the server refuses with {"message":"Not today"}',
  ])
})

test.each([
  ['an event', '2["f","AAAA"]'],
  ['a greeting in another namespace', '0/admin,{"sid":"a"}'],
  ['an announcement of attachments', '51-["f",{"_placeholder":true,"num":0}]'],
])('TR17 %s ends the line, before the answer and behind it', async (_, text) => {
  const cause = 'the server sent a text that is not spoken here'
  expect(await hear(text, 'at once')).toEqual(['open', cause])
  expect(await hear(text, 'when open')).toEqual(['open', cause])
})

test('TR17 a second greeting and a refusal behind it end the line', async () => {
  const cause = 'the server sent a text that is not spoken here'
  expect(await hear('0{"sid":"b"}', 'when open')).toEqual(['open', cause])
  expect(await hear('4{"message":"Not today"}', 'when open')).toEqual(['open', cause])
})

test('TR17 a frame before the answer to the greeting ends the line, whatever it says', async () => {
  expect(await hear(Buffer.from('0{}'), 'at once')).toEqual([
    'open',
    'the server sent a message that is not spoken here',
  ])
})

test('TR17 a goodbye ends the line', async () => {
  expect(await hear('1', 'when open')).toEqual(['open', 'the server closed the line'])
})

test.each([
  ['WebSocket', true],
  ['polling', false],
])(
  'TR19 frames right behind the greeting, by %s, are heard first and in their order',
  async (_, passesWebSockets) => {
    const report = (error: unknown) => expect.unreachable(String(error))
    const sockets = await openBareSockets({ report, passesWebSockets })
    const heard: number[] = []
    const all = new Promise<void>((resolve) => {
      sockets.server.listen(() => ({
        onFrame(frame) {
          heard.push(frame[0] ?? 0)
          if (heard.length === 4) resolve()
        },
        onClose: () => {},
      }))
    })
    const channel = sockets.client.connect({
      onOpen() {
        for (const n of [1, 2, 3]) channel.send(Uint8Array.of(n))
        setImmediate(() => channel.send(Uint8Array.of(4)))
      },
      onFrame: () => {},
      onClose: () => {},
    })
    await all
    expect(heard).toEqual([1, 2, 3, 4])
    channel.close()
    await sockets.close()
  },
)

test('TR18 the client answers the pings of the server', async () => {
  const sockets = await openBareSockets({
    report: (error) => expect.unreachable(String(error)),
    heartbeat: { intervalMs: 20, timeoutMs: 5000 },
  })
  const answered = new Promise((resolve) => {
    sockets.server.engine.on('connection', (connection) => connection.once('heartbeat', resolve))
  })
  const stop = sockets.server.listen(() => ({ onFrame: () => {}, onClose: () => {} }))
  const channel = sockets.client.connect({ onOpen: () => {}, onFrame: () => {}, onClose: () => {} })
  await answered
  channel.close()
  stop()
  await sockets.close()
})
