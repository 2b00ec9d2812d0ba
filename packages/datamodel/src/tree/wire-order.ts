import type { Node } from '../instance/node.ts'

/**
 * The order in which a commit tells of nodes: those that are known by growing id, since the wire tells ids as differences,
 * which are small between neighbors; behind them what is new, in the order of its arrival.
 */
export function sortForWire(dirty: readonly Node[]): Node[] {
  const known: Node[] = []
  const made: Node[] = []
  for (let at = 0; at < dirty.length; at++) {
    const node = dirty[at]
    if (node !== undefined) (node.record === null ? made : known).push(node)
  }
  // Numbers are sorted without asking anybody, which takes a fraction of the time: each tells an id and a place.
  const places = 2 ** Math.ceil(Math.log2(known.length + 1))
  const keys = new Float64Array(known.length)
  for (let at = 0; at < keys.length; at++) keys[at] = (known[at]?.id ?? 0) * places + at
  keys.sort()
  const sorted: Node[] = []
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0
    const node = known[key - Math.floor(key / places) * places]
    if (node !== undefined) sorted.push(node)
  }
  return made.length === 0 ? sorted : sorted.concat(made)
}
