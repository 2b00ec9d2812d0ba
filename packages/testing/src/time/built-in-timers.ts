import { createRequire, syncBuiltinESMExports } from 'node:module'

type Refuse = (name: string) => void

/** Who is told of calls; kept on the global object, since every copy of this module shares the platform's functions. */
const listenerKey = Symbol.for('@banyan/testing/built-in-timers')
const installedKey = Symbol.for('@banyan/testing/built-in-timers-installed')

/**
 * Tells of the waiting functions of `node:timers` and `node:timers/promises`, imported ones too. They are wrapped once
 * for the life of the process, because the exchange of imported functions is slow, and pass calls on from then on.
 */
export function watchBuiltInTimers(refuse: Refuse): () => void {
  if (Reflect.get(globalThis, installedKey) === undefined) install()
  Reflect.set(globalThis, listenerKey, refuse)
  return () => {
    if (Reflect.get(globalThis, listenerKey) === refuse) Reflect.deleteProperty(globalThis, listenerKey)
  }
}

function install(): void {
  const require = createRequire(import.meta.url)
  for (const module of ['node:timers', 'node:timers/promises']) {
    const functions: object = require(module)
    for (const key of ['setTimeout', 'setInterval']) wrap(functions, { key, name: `${key} of ${module}` })
  }
  syncBuiltinESMExports()
  Reflect.set(globalThis, installedKey, true)
}

function wrap(functions: object, { key, name }: { readonly key: string; readonly name: string }): void {
  const original: unknown = Reflect.get(functions, key)
  if (typeof original !== 'function') return
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    const refuse = Reflect.get(globalThis, listenerKey) as Refuse | undefined
    refuse?.(name)
    return Reflect.apply(original as () => unknown, this, args)
  }
  Reflect.set(functions, key, Object.assign(wrapped, original))
}
