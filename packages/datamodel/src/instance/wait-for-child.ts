import { DataModelError } from '../errors.ts'
import type { AnyInstanceClass } from '../schema/define-class.ts'
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

/** The class that a child is to have, unless any will do, and how long to wait. */
export type ClassAndOptions =
  | [options?: WaitForChildOptions | undefined]
  | [key: AnyInstanceClass, options?: WaitForChildOptions | undefined]

interface SoughtChild {
  readonly name: string
  readonly made: AnyInstanceClass | null
}

const warnAfterMs = 5_000

/**
 * The child of that name and class, now or as soon as there is one. Rejects on the timeout, the AbortSignal, or the parent's
 * destruction. (Instance.WaitForChild of the reference model, which yields forever instead of rejecting.)
 */
export function waitForChild(
  parent: Instance,
  name: string,
  [first, second]: ClassAndOptions,
): Promise<Instance> {
  const node = nodeOf(parent)
  const [made, options = {}] = typeof first === 'function' ? [first, second] : [null, first]
  const sought: SoughtChild = { name, made }
  const present = find(parent, sought)
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
      const found = find(parent, sought)
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
        : clock.after(timeoutMs, () => end(() => reject(timeoutError(parent, sought, timeoutMs)))),
    )
  })
}

function find(parent: Instance, { name, made }: SoughtChild): Instance | null {
  return made === null ? parent.findFirstChild(name) : parent.findFirstChild(name, made)
}

function timeoutError(parent: Instance, { name, made }: SoughtChild, timeoutMs: number): DataModelError {
  const other = made === null ? null : parent.findFirstChild(name)
  const why =
    made === null || other === null
      ? `it did not appear within ${timeoutMs} ms. Check the name, or wait longer`
      : `what has that name is a ${other.className}, and no ${made.schema.name} appeared within ${timeoutMs} ms. Check the class`
  return new DataModelError('waitTimeout', `cannot find "${name}" in "${parent.getFullName()}": ${why}.`)
}

function destroyedError(parent: Instance, name: string): DataModelError {
  return new DataModelError(
    'destroyed',
    `cannot wait for "${name}" in "${parent.name}": the latter is destroyed. Wait on a living instance.`,
  )
}
