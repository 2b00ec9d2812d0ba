import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Random } from '@banyan/datamodel'

/** A way to a port on which each connection lives as long as chance says. */
export interface CuttingProxy {
  readonly url: string
  readonly cuts: number
  /** Connections from now on, and those that are open, are cut after so many milliseconds; null leaves them whole. */
  live: readonly [leastMs: number, mostMs: number] | null
  close(): Promise<void>
}

export async function createCuttingProxy(port: number, random: Pick<Random, 'next'>): Promise<CuttingProxy> {
  const lines = new Map<Socket, { readonly far: Socket; timer: NodeJS.Timeout | undefined }>()
  let life: readonly [number, number] | null = null
  let cuts = 0

  function time(near: Socket): void {
    const line = lines.get(near)
    if (line === undefined) return
    clearTimeout(line.timer)
    if (life === null) return
    const [least, most] = life
    line.timer = setTimeout(
      () => {
        cuts += 1
        // Half of them end as a crashed machine's do, half as a closed door.
        if (random.next() < 0.5) near.resetAndDestroy()
        near.destroy()
        line.far.destroy()
      },
      least + random.next() * (most - least),
    )
  }

  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) socket.setNoDelay(true)
    lines.set(near, { far, timer: undefined })
    near.pipe(far)
    far.pipe(near)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => {
        other.destroy()
        clearTimeout(lines.get(near)?.timer)
        lines.delete(near)
      })
    }
    time(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return cuts
    },
    get live() {
      return life
    },
    set live(next) {
      life = next
      for (const near of lines.keys()) time(near)
    },
    async close() {
      for (const [near, { far }] of lines) for (const socket of [near, far]) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
