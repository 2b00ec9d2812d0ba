import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { portOf } from './free-port.ts'

/** A line to a server that a test can cut: real sockets that break, whichever way the browser uses them. */
export interface Wire {
  /** Where browsers find the server through this line. */
  readonly url: string
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>
  /** Lets connections through again. */
  mend(): Promise<void>
}

/** Lays a line to the server at `target`, whole. It ends with `cut`. */
export async function layWire(target: string): Promise<Wire> {
  const { hostname, port: targetPort } = new URL(target)
  const sockets = new Set<Socket>()

  function join(near: Socket): void {
    const far = connect(Number(targetPort), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  }

  let port = 0
  let server = createServer(join)
  async function mend(): Promise<void> {
    server = createServer(join).listen(port)
    await once(server, 'listening')
    port = portOf(server.address())
  }

  await mend()
  return {
    url: `http://localhost:${port}`,
    mend,
    async cut() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
