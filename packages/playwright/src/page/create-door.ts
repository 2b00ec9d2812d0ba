import type { Client } from '@banyan/client'
import { type Instance, isPlainObject, replicaView } from '@banyan/datamodel'
import type { Done, Door } from '../door/door.ts'
import { fromPortable, type Portable, toPortable } from '../door/portable.ts'
import { lookAt, schemaOf, type Walk, walk } from './sight.ts'
import { createWatches } from './watches.ts'

/** Costs nothing until it is asked. */
export function createDoor(client: Client): Door {
  const { game } = client
  const watches = createWatches(client)

  function remoteNamed(name: string): object {
    const path = ['ReplicatedStorage', 'Remotes', name]
    const found = walk(game, path)
    if (found.kind === 'present') return found.instance
    throw new Error(pathProblem(found))
  }

  const received = (portable: Portable): unknown =>
    fromPortable(portable, (word) => game.getInstanceById(Number(word)))

  return {
    client,
    tree: () => ({
      seq: game.snapshot.seq,
      playerId: client.localPlayer?.id ?? null,
      creates: toPortable(replicaView(game)),
    }),
    state: () => client.state,
    look: (path) => lookAt(game, path),
    watch: watches.add,
    next: watches.next,
    unwatch: watches.remove,
    fire: (name, payload) =>
      attempt(() => {
        const remote = remoteNamed(name)
        if (!('fireServer' in remote) || typeof remote.fireServer !== 'function') {
          throw new Error(`"${name}" is no event. Use invoke`)
        }
        remote.fireServer(received(payload))
        return null
      }),
    async invoke(name, payload) {
      try {
        const remote = remoteNamed(name)
        if (!('invokeServer' in remote) || typeof remote.invokeServer !== 'function') {
          throw new Error(`"${name}" is no request. Use fire`)
        }
        return { ok: true, value: toPortable(await remote.invokeServer(received(payload))) }
      } catch (error) {
        return failed(error)
      }
    },
    write: (path, values) =>
      attempt(() => {
        const found = walk(game, path)
        if (found.kind === 'absent') throw new Error(pathProblem(found))
        writeTo(found.instance, received(values))
        return null
      }),
  }
}

/** What every instance has beside the properties of its class, and lets anybody set. */
const ownFields = ['name', 'parent', 'archivable']

/** A field that the instance does not have would be one more on a JavaScript object, and nothing of the tree. */
function writeTo(instance: Instance, values: unknown): void {
  if (typeof values !== 'object' || values === null || !isPlainObject(values)) {
    throw new Error('the values are no object. Pass one of properties, such as { name: "Box" }')
  }
  const properties = schemaOf(instance).properties.map(({ name }) => name)
  for (const name of Object.keys(values)) {
    if (properties.includes(name) || ownFields.includes(name)) continue
    const known = [...properties, ...ownFields].join(', ')
    throw new Error(`a ${instance.className} has no property "${name}". Write any of ${known}`)
  }
  Object.assign(instance, values)
}

function pathProblem({ deepest, missing, children }: Extract<Walk, { kind: 'absent' }>): string {
  return `${deepest} has no "${missing}". It has: ${children.join(', ') || 'no children'}`
}

function attempt(run: () => unknown): Done {
  try {
    return { ok: true, value: toPortable(run()) }
  } catch (error) {
    return failed(error)
  }
}

function failed(error: unknown): Done {
  return { ok: false, problem: error instanceof Error ? error.message : String(error) }
}
