import type { Entity } from './entity.ts'

/** Null when both say the same, else the first difference in words. */
export function findDifference(server: readonly Entity[], client: readonly Entity[]): string | null {
  if (server.length !== client.length) {
    return `the server has ${server.length} entities, the client ${client.length}`
  }
  for (const [index, expected] of server.entries()) {
    const found = client[index]
    for (const key of ['name', 'x', 'y', 'z', 'rotation', 'hp'] as const) {
      if (found !== undefined && Object.is(expected[key], found[key])) continue
      return `entity ${index} has ${key} ${expected[key]} on the server and ${found?.[key]} on the client`
    }
  }
  return null
}
