import { BanyanProvider } from '@banyan/react'
import { act, type RenderOptions, type RenderResult, render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import type { TestPlace } from '../place/test-place.ts'

export interface RenderAsOptions {
  /** True when left out. */
  readonly isStrict?: boolean
}

/** What Testing Library's `render` gives, with queries of this player's screen alone and a `rerender` under the same provider. */
export interface RenderedAs extends Omit<RenderResult, 'rerender' | 'unmount'> {
  rerender(node: ReactNode): Promise<void>
  /** Throws nothing; listeners that the view leaves behind are told at the end of the test place. */
  unmount(): Promise<void>
}

/**
 * Renders what a player sees, with their client. From now on time passes inside React's `act`, so that what a tick
 * changes is on the screen when `place.tick()` has resolved. Unmounted at the end of the place, which fails the test
 * if the view left listeners behind. Throws 'unknownPlayer'.
 */
export async function renderAs(
  place: TestPlace,
  name: string,
  node: ReactNode,
  { isStrict = true }: RenderAsOptions = {},
): Promise<RenderedAs> {
  const { client, views } = place.player(name)
  const wrap = (children: ReactNode): ReactNode => {
    const tree = <BanyanProvider client={client}>{children}</BanyanProvider>
    return isStrict ? <StrictMode>{tree}</StrictMode> : tree
  }
  const screen = document.body.appendChild(document.createElement('div'))
  // Queries look at this element alone, so that each player's screen is a place of its own.
  const options: RenderOptions = { container: screen }
  // A render that suspends goes on within an `act` only when that is waited for.
  const result = await views.track(() => act(async () => render(wrap(node), options)))
  const unwrap = place.wrap((run) => views.track(() => act(run)))
  let isMounted = true

  async function unmount(): Promise<void> {
    if (!isMounted) return
    isMounted = false
    unwrap()
    await views.track(() => act(async () => result.unmount()))
    screen.remove()
  }

  place.onEnd(async () => {
    await unmount()
    return []
  })
  return {
    ...result,
    rerender: (next) => views.track(() => act(async () => result.rerender(wrap(next)))),
    unmount,
  }
}
