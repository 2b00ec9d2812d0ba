import type { Network } from '@banyan/protocol'

/** Knows the lines of a network that were opened and are not closed. */
export interface OpenLines {
  /** One sentence for each, with whose it is. */
  left(): readonly string[]
}

export function watchOpenLines(network: Network): OpenLines {
  const open = new Map<number, string>()
  network.observe((event) => {
    if (event.kind === 'close') open.delete(event.line)
    else if (event.kind === 'open') open.set(event.line, event.player ?? 'somebody')
    else if (event.kind === 'frame' && event.player !== null && open.has(event.line)) {
      open.set(event.line, event.player)
    }
  })
  return {
    left: () =>
      [...open].map(([line, player]) => `line ${line} of "${player}" is still open. Close what opened it.`),
  }
}
