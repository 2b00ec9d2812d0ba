import { isolate, type Report } from './isolation.ts'

/**
 * An AbortController for a signal that user code gets. What one of the signal's listeners throws is reported: platforms
 * would end the process by it, and it is often a client that causes the abort.
 */
export function createAbort(source: string, report: Report): AbortController {
  const abort = new AbortController()
  const { signal } = abort
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  const guards = new WeakMap<object, (event: Event) => void>()

  function guard(listener: EventListenerOrEventListenerObject): (event: Event) => void {
    const known = guards.get(listener)
    if (known !== undefined) return known
    const made = (event: Event): void => {
      isolate(source, report, () =>
        typeof listener === 'function' ? listener.call(signal, event) : listener.handleEvent(event),
      )
    }
    guards.set(listener, made)
    return made
  }

  let onabort: AbortSignal['onabort'] = null
  Object.defineProperty(signal, 'onabort', {
    get: () => onabort,
    set(handler: AbortSignal['onabort']) {
      if (onabort !== null) signal.removeEventListener('abort', onabort)
      onabort = handler
      if (handler !== null) signal.addEventListener('abort', handler)
    },
  })
  Object.assign(signal, {
    addEventListener(
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: AddEventListenerOptions | boolean,
    ) {
      if (listener !== null) add(type, guard(listener), options)
    },
    removeEventListener(
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: EventListenerOptions | boolean,
    ) {
      if (listener !== null) remove(type, guards.get(listener) ?? listener, options)
    },
  })
  return abort
}
