import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { monotonicMs } from './monotonic-time.ts'

/** A way to a server that can be cut, as by a tunnel or a dead access point. */
export interface LineProxy {
  readonly port: number
  /** From the server to the clients, since the start. */
  readonly bytes: number
  /** When the first line after the last outage was opened; null while there is none. */
  readonly returnedMs: number | null
  /** Ends all lines without a word and refuses new ones. */
  cut(): Promise<void>
  mend(): Promise<void>
  close(): void
}

export async function openLineProxy(serverPort: number): Promise<LineProxy> {
  const lines = new Set<Socket>()
  let bytes = 0
  let returnedMs: number | null = null
  const server = createServer({ noDelay: true }, (near) => {
    returnedMs ??= monotonicMs()
    const far = connect({ port: serverPort, host: '127.0.0.1', noDelay: true })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      lines.add(from)
      // A reset is one more way to end.
      from.on('error', () => {})
      from.on('close', () => {
        lines.delete(from)
        to.destroy()
      })
    }
    far.on('data', (data: Buffer) => {
      bytes += data.length
    })
    near.pipe(far)
    far.pipe(near)
  })
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    port,
    get bytes() {
      return bytes
    },
    get returnedMs() {
      return returnedMs
    },
    async cut() {
      const closed = once(server, 'close')
      server.close()
      for (const line of lines) line.destroy()
      await closed
      returnedMs = null
    },
    mend: () => listen(port),
    close() {
      server.close()
      for (const line of lines) line.destroy()
    },
  }
}
