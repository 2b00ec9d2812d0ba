import { DataModelError } from '../errors.ts'
import type { Signal } from '../signals/signal.ts'
import type { Instance } from './instance.ts'
import { nodeOf } from './node.ts'
import { signalOf } from './signals.ts'

/** How long to wait. */
export interface WaitForChildOptions {
  /** Rejects with `waitTimeout` after this long; without it the wait goes on, and warns once after five seconds. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const warnAfterMs = 5_000

/**
 * The child of that name, now or as soon as there is one. Rejects on the timeout, the AbortSignal, or the parent's
 * destruction. (Instance.WaitForChild of the reference model, which yields forever instead of rejecting.)
 */
export function waitForChild(
  parent: Instance,
  name: string,
  options: WaitForChildOptions,
): Promise<Instance> {
  const node = nodeOf(parent)
  const present = parent.findFirstChild(name)
  if (present !== null) return Promise.resolve(present)
  if (node.isDestroyed) return Promise.reject(destroyedError(parent, name))
  const { signal: abort, timeoutMs } = options
  if (abort?.aborted === true) return Promise.reject(abort.reason as Error)
  const clock = node.tree?.clock ?? null
  if (clock === null && timeoutMs !== undefined) {
    return Promise.reject(
      new DataModelError(
        'notFound',
        `cannot wait ${timeoutMs} ms for "${name}" in "${parent.name}": it is not in a DataModel, which owns the clock. Parent it first.`,
      ),
    )
  }
  return new Promise((resolve, reject) => {
    const ends: (() => void)[] = []
    const end = (settle: () => void): void => {
      for (const stop of ends) stop()
      settle()
    }
    const named: Signal<[]> = signalOf(node, 'childNamed')
    const connection = named.connect(() => {
      const found = parent.findFirstChild(name)
      if (found !== null) end(() => resolve(found))
    })
    ends.push(() => connection.disconnect())
    const destroying: Signal<[]> = signalOf(node, 'destroying')
    const gone = destroying.connect(() => end(() => reject(destroyedError(parent, name))))
    ends.push(() => gone.disconnect())
    if (abort !== undefined) {
      const onAbort = (): void => end(() => reject(abort.reason as Error))
      abort.addEventListener('abort', onAbort, { once: true })
      ends.push(() => abort.removeEventListener('abort', onAbort))
    }
    if (clock === null) return
    ends.push(
      timeoutMs === undefined
        ? clock.after(warnAfterMs, () =>
            node.tree?.warn(
              `waiting for "${name}" in "${parent.getFullName()}" for ${warnAfterMs / 1000} s already, without a timeout. Pass { timeoutMs }, or check the name.`,
            ),
          )
        : clock.after(timeoutMs, () => end(() => reject(timeoutError(parent, name, timeoutMs)))),
    )
  })
}

function timeoutError(parent: Instance, name: string, timeoutMs: number): DataModelError {
  return new DataModelError(
    'waitTimeout',
    `cannot find "${name}" in "${parent.getFullName()}": it did not appear within ${timeoutMs} ms. Check the name, or wait longer.`,
  )
}

function destroyedError(parent: Instance, name: string): DataModelError {
  return new DataModelError(
    'destroyed',
    `cannot wait for "${name}" in "${parent.name}": the latter is destroyed. Wait on a living instance.`,
  )
}
