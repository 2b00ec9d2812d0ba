import type { Client } from '@banyan/client'
import type { Instance } from '@banyan/datamodel'
import type { Look } from '../door/door.ts'
import { lookAt, walk } from './sight.ts'

/** What tests wait for, path by path. */
export interface Watches {
  readonly add: (id: string, path: readonly string[]) => void
  readonly next: (id: string, version: number) => Promise<Look | null>
  readonly remove: (id: string) => void
}

interface Watch {
  readonly path: readonly string[]
  version: number
  waiting: (() => void)[]
  readonly stop: () => void
}

export function createWatches(client: Client): Watches {
  const { game } = client
  const watches = new Map<string, Watch>()

  function add(id: string, path: readonly string[]): void {
    let at: Instance | null = null
    let stopRecord = (): void => {}
    const follow = (): void => {
      const found = walk(game, path)
      const now = found.kind === 'present' ? found.instance : null
      if (now === at) return
      stopRecord()
      stopRecord = now?.observe(changed) ?? (() => {})
      at = now
    }
    const changed = (): void => {
      watch.version += 1
      const waiting = watch.waiting
      watch.waiting = []
      for (const go of waiting) go()
    }
    const stops = [
      client.onState(changed),
      game.observeStructure(() => {
        follow()
        changed()
      }),
    ]
    const watch: Watch = {
      path,
      version: 0,
      waiting: [],
      stop() {
        for (const stop of stops) stop()
        stopRecord()
        for (const go of watch.waiting) go()
      },
    }
    follow()
    watches.set(id, watch)
  }

  return {
    add,
    async next(id, version) {
      const watch = watches.get(id)
      if (watch !== undefined && watch.version <= version) {
        await new Promise<void>((resolve) => void watch.waiting.push(resolve))
      }
      if (watch === undefined || !watches.has(id)) return null
      return { version: watch.version, sight: lookAt(game, watch.path), state: client.state }
    },
    remove(id) {
      const watch = watches.get(id)
      watches.delete(id)
      watch?.stop()
    },
  }
}
