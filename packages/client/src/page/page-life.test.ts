import { afterEach, describe, expect, test, vi } from 'vitest'
import { createPageLife } from './page-life.ts'

function stubPage() {
  const scope = new EventTarget()
  const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' })
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', scope.addEventListener.bind(scope))
  vi.stubGlobal('removeEventListener', scope.removeEventListener.bind(scope))
  return {
    tell: (name: string) => scope.dispatchEvent(new Event(name)),
    show(visibilityState: string) {
      page.visibilityState = visibilityState
      page.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

describe('createPageLife', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('CN5: the network, a page that is seen again and one from the cache wake; a page that hides does not', () => {
    const { show, tell } = stubPage()
    let wakes = 0
    const stop = createPageLife().onWake(() => {
      wakes += 1
    })
    show('hidden')
    expect(wakes).toBe(0)
    show('visible')
    tell('online')
    tell('pageshow')
    expect(wakes).toBe(3)
    stop()
    show('visible')
    tell('online')
    expect(wakes).toBe(3)
  })

  test('CN12: pagehide is leaving, until stopped', () => {
    const { tell } = stubPage()
    let leaves = 0
    const stop = createPageLife().onLeave(() => {
      leaves += 1
    })
    tell('pagehide')
    stop()
    tell('pagehide')
    expect(leaves).toBe(1)
  })

  test('CN5: without a page it is silent', () => {
    vi.stubGlobal('document', undefined)
    vi.stubGlobal('addEventListener', undefined)
    vi.stubGlobal('removeEventListener', undefined)
    const life = createPageLife()
    expect(() => {
      life.onWake(() => {})()
      life.onLeave(() => {})()
    }).not.toThrow()
  })
})
