import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSocketTransport as createClientTransport } from '@banyan/client'
import { attachEngine, createSocketTransport } from '@banyan/node'
import { describeTransport } from '@banyan/protocol/transport-contract'

describeTransport('socket.io', async ({ report }) => {
  const http = createServer()
  const transport = createSocketTransport({
    maxMessageBytes: 1024 * 1024,
    origins: [],
    heartbeat: { intervalMs: 5000, timeoutMs: 5000 },
    report,
  })
  const detach = attachEngine(http, { engine: transport.engine, path: '/banyan' })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  return {
    server: transport,
    client: createClientTransport({ url: `http://127.0.0.1:${port}`, report }),
    async close() {
      await transport.close()
      detach()
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
})
