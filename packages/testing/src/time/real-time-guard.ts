import { TestingError } from '../testing-error.ts'
import { watchBuiltInTimers } from './built-in-timers.ts'
import { linesOf, rememberCallSite, whereOf } from './call-site.ts'

/** Keeps the code under test from reading real time and real chance, which differ from run to run. */
export interface RealTimeGuard {
  /** What was refused so far, since the code that tried may have swallowed the error. */
  readonly refusals: readonly string[]
  /** The last one to leave gives the platform its own functions back. */
  release(): void
}

interface Guarded {
  readonly holder: object
  readonly key: string
  readonly name: string
  readonly instead: string
}

const inVirtualTime =
  'Use task.wait or task.delay in scripts, the client’s clock in pages, and place.advance(ms) in tests'
const seeded = 'Use the scope’s random in scripts, and createSeededRandom in tests'

function listGuarded(): readonly Guarded[] {
  const timers = ['setTimeout', 'setInterval'] as const
  return [
    ...timers.map((key) => ({ holder: globalThis, key, name: key, instead: inVirtualTime })),
    { holder: Date, key: 'now', name: 'Date.now', instead: inVirtualTime },
    { holder: performance, key: 'now', name: 'performance.now', instead: inVirtualTime },
    // Before its holder, whose copy takes this one along.
    { holder: process.hrtime, key: 'bigint', name: 'process.hrtime.bigint', instead: inVirtualTime },
    { holder: process, key: 'hrtime', name: 'process.hrtime', instead: inVirtualTime },
    { holder: AbortSignal, key: 'timeout', name: 'AbortSignal.timeout', instead: inVirtualTime },
    { holder: Math, key: 'random', name: 'Math.random', instead: seeded },
    { holder: crypto, key: 'randomUUID', name: 'crypto.randomUUID', instead: seeded },
    { holder: crypto, key: 'getRandomValues', name: 'crypto.getRandomValues', instead: seeded },
  ]
}

/** Shared by the test places that stand at the same time; kept on the global object, where the functions are. */
interface Watch {
  /** With where each guard was set up. */
  readonly refusals: Map<string[], Error>
  readonly restore: () => void
}

const watchKey = Symbol.for('@banyan/testing/real-time-watch')

/** Watches from now on. Libraries in `node_modules` and the platform itself may go on as they do. */
export function guardRealTime(): RealTimeGuard {
  const site = rememberCallSite()
  const watch = (Reflect.get(globalThis, watchKey) as Watch | undefined) ?? startWatch()
  const refusals: string[] = []
  watch.refusals.set(refusals, site)
  return {
    refusals,
    release() {
      watch.refusals.delete(refusals)
      if (watch.refusals.size > 0) return
      Reflect.deleteProperty(globalThis, watchKey)
      watch.restore()
    },
  }
}

function startWatch(): Watch {
  const refusals = new Map<string[], Error>()
  let isOver = false
  const refuse = (name: string, instead: string): void => {
    // Fake timers that began meanwhile give these functions back when they end.
    if (isOver) return
    const [caller = ''] = linesOf(rememberCallSite())
    if (isPlatform(caller)) return
    const problem = `cannot use ${name} while a test place stands: it would make runs differ. ${instead}.`
    for (const list of refusals.keys()) list.push(`${problem} It was called ${caller}`)
    // The one who reads it may be another test, after one that left its place standing.
    const where = [...refusals.values()].map(whereOf).join(' and ')
    throw new TestingError('realTime', `${problem} The place was made ${where}.`)
  }
  const restores = [
    ...listGuarded().map((guarded) => replace(guarded, refuse)),
    replaceDate(refuse),
    watchBuiltInTimers((name) => refuse(name, inVirtualTime)),
  ]
  const watch: Watch = {
    refusals,
    restore() {
      isOver = true
      for (const restore of restores) restore()
    },
  }
  Reflect.set(globalThis, watchKey, watch)
  return watch
}

type Refuse = (name: string, instead: string) => void

function replace({ holder, key, name, instead }: Guarded, refuse: Refuse): () => void {
  const own = Object.getOwnPropertyDescriptor(holder, key)
  const original: unknown = Reflect.get(holder, key)
  if (typeof original !== 'function') return () => {}
  function guarded(this: unknown, ...args: unknown[]): unknown {
    refuse(name, instead)
    return Reflect.apply(original as () => unknown, this, args)
  }
  Object.defineProperty(holder, key, {
    configurable: true,
    writable: true,
    // What a platform hangs on its functions, such as the promise form of setTimeout, stays.
    value: Object.assign(guarded, original),
  })
  return () => {
    // Whoever replaced it meanwhile, such as fake timers, keeps theirs.
    if (Reflect.get(holder, key) !== guarded) return
    if (own === undefined) Reflect.deleteProperty(holder, key)
    else Object.defineProperty(holder, key, own)
  }
}

/** `new Date()` tells real time; `new Date(ms)` does not. */
function replaceDate(refuse: Refuse): () => void {
  const original = Date
  const guarded = new Proxy(original, {
    construct(target, args, newTarget) {
      if (args.length === 0) refuse('new Date()', inVirtualTime)
      return Reflect.construct(target, args, newTarget) as object
    },
    apply(target, self, args) {
      refuse('Date()', inVirtualTime)
      return Reflect.apply(target, self, args)
    },
  })
  globalThis.Date = guarded
  return () => {
    if (globalThis.Date === guarded) globalThis.Date = original
  }
}

/** The platform, libraries, and the kit itself, whose hosts wait for real sockets. */
function isPlatform(caller: string): boolean {
  return caller === '' || /[\\/]node_modules[\\/]|\bnode:|<anonymous>\)?$/.test(caller) || kit.test(caller)
}

const kit = /[\\/]testing[\\/](src|dist)[\\/](?!.*\.test\.)/
