import { TestingError } from '@banyan/testing'
import type { Done } from '../door/door.ts'
import { fromPortable, type Portable, toPortable } from '../door/portable.ts'
import { pathNames } from '../replica/path-names.ts'
import type { PageDoor } from './page-door.ts'
import type { WorldPlayer } from './world-player.ts'

/** What a test does in a player's place, through the door of their page. Nothing that it is given is taken in silence. */
export function createPlayerActs({
  name,
  door,
}: {
  readonly name: string
  readonly door: PageDoor
}): Pick<WorldPlayer, 'fire' | 'invoke' | 'write'> {
  function remoteName(contract: unknown, action: string): string {
    if (typeof contract === 'object' && contract !== null && 'name' in contract) {
      if (typeof contract.name === 'string') return contract.name
    }
    throw new TestingError(
      'invalidOption',
      `cannot ${action} as "${name}": what came first is no contract. Pass one of those that defineRemotes returned.`,
    )
  }

  function carried(what: string, value: unknown): Portable {
    try {
      return toPortable(value)
    } catch (error) {
      const problem =
        error instanceof RangeError
          ? 'it holds itself, or is too deep. Use plain data'
          : error instanceof Error
            ? error.message
            : String(error)
      throw new TestingError('invalidOption', `cannot ${what} as "${name}": ${sentence(problem)}`)
    }
  }

  function expectDone(what: string, done: Done): unknown {
    if (done.ok) return fromPortable(done.value)
    throw new TestingError('refused', `cannot ${what} as "${name}": ${sentence(done.problem)}`)
  }

  return {
    async fire(contract, payload) {
      const remote = remoteName(contract, 'fire')
      const what = `fire "${remote}"`
      expectDone(what, await door.call('fire', remote, carried(what, payload)))
    },
    async invoke(contract, payload) {
      const remote = remoteName(contract, 'invoke')
      const what = `invoke "${remote}"`
      return expectDone(what, await door.call('invoke', remote, carried(what, payload))) as never
    },
    async write(path, values) {
      const names = pathNames(path)
      const what = `write to "${names.join('.')}"`
      expectDone(what, await door.call('write', names, carried(what, values)))
    },
  }
}

/** Ends once: what the page's errors say ends already. */
function sentence(problem: string): string {
  return /[.!?]$/.test(problem) ? problem : `${problem}.`
}
