/** Where a page under virtual time tells what went over its open lines. */
export const pageLinesKey = 'banyan.lines'

/** Frames over the lines that are open now. */
export interface PageLines {
  readonly up: number
  readonly down: number
}

/** Runs in the page, before its own scripts: counts the binary messages of its WebSockets, which are what frames travel as. */
export function watchPageLines(key: string): void {
  const open = new Map<WebSocket, { up: number; down: number }>()
  const Native = WebSocket

  class CountedWebSocket extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      const count = { up: 0, down: 0 }
      open.set(this, count)
      // The first listener, so that whoever sees the count knows that the page has had the message in this task.
      this.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string') count.down += 1
      })
      this.addEventListener('close', () => open.delete(this))
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      const count = open.get(this)
      if (count !== undefined && typeof data !== 'string') count.up += 1
      super.send(data)
    }

    override close(code?: number, reason?: string): void {
      open.delete(this)
      super.close(code, reason)
    }
  }

  Reflect.set(globalThis, 'WebSocket', CountedWebSocket)
  Reflect.set(globalThis, key, () => {
    const counts = [...open.values()]
    return {
      up: counts.reduce((sum, { up }) => sum + up, 0),
      down: counts.reduce((sum, { down }) => sum + down, 0),
    }
  })
}
