import type { Node } from './node.ts'

/** Overlay keys beyond property names, which begin with a lower-case letter and hold no such characters. */
export const nameKey = '#name'
export const tagsKey = '#tags'

/** The overlay key of an attribute. */
export function attributeKey(name: string): string {
  return `@${name}`
}

/** Whether the server owns this node: on a client, what replication brought. */
export function isServerOwned(node: Node): boolean {
  return node.tree?.side === 'client' && node.id > 0
}

/**
 * Before a client writes over something that the server owns: remembers the server's value, which patches and the
 * convergence oracle go by, and warns once per class and key in development.
 */
export function keepBase(node: Node, key: string, value: unknown): void {
  if (!isServerOwned(node)) return
  node.base ??= new Map()
  if (node.base.has(key)) return
  node.base.set(key, value)
  node.tree?.warnOnce(
    `overlay ${node.schema.name} ${key}`,
    `"${node.now.name}" (${node.schema.name}): this client wrote over ${key}, which the server owns. Nobody else sees it, and the server's next write ends it. Fire a remote to change it for all.`,
  )
}

/** The server's value: what lies under a local write, or what is there. */
export function baseOf(node: Node, key: string, shown: unknown): unknown {
  return node.base?.has(key) === true ? node.base.get(key) : shown
}

/** The server wrote: its value counts again. */
export function dropBase(node: Node, key: string): void {
  if (node.base === null) return
  // What the server told changes here, even where the value that is shown does not.
  node.tree?.sums?.touch(node)
  node.base.delete(key)
  if (node.base.size === 0) node.base = null
}
