import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port that nobody listens on. The system hands out others for a while, so it is still free when it is used. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const port = portOf(server.address())
  server.close()
  await once(server, 'close')
  return port
}

/** The port of a listening server's address. */
function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string')
    throw new Error('cannot tell the port: nothing listens.')
  return address.port
}
