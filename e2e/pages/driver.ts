import type { WorldPlayer } from '@banyan/playwright'
import type { JSHandle } from '@playwright/test'
import type { Client } from 'banyan/client'
import type { Road } from './road.ts'

/** Someone at the wheel of a window's own car, steering with real keys. */
export interface Driver {
  /** Resolves when the car has finished, when the race is over, or when the hands were taken off. */
  readonly done: Promise<void>
  /** Takes the hands off the keys. */
  letGo(): Promise<void>
}

type Key = 'ArrowLeft' | 'ArrowRight' | 'none'

/** Drives along the road. The window is asked only for changes, so that watching it costs little. */
export function drive(player: WorldPlayer, road: Road): Driver {
  const { page } = player
  let isDriving = true

  async function steer(): Promise<void> {
    const client = await player.client()
    let held: Key = 'none'
    while (isDriving) {
      const wanted: Key | null = await nextKey(client, { road, held })
      if (held !== 'none') await page.keyboard.up(held)
      if (wanted === null) return
      if (wanted !== 'none' && isDriving) await page.keyboard.down(wanted)
      held = wanted
    }
  }

  const done = steer()
  // A test that fails elsewhere closes the window under the driver; that is no second failure.
  done.catch(() => {})
  return {
    done,
    async letGo() {
      isDriving = false
      await page.evaluate(() => Reflect.set(window, 'handsOff', true))
      await done
    },
  }
}

/** Waits in the page until the car needs another key than the one that is held; null when there is nothing to drive. */
function nextKey(
  client: JSHandle<Client>,
  given: { readonly road: Road; readonly held: Key },
): Promise<Key | null> {
  return client.evaluate(async ({ game, localPlayer }, { road, held }) => {
    const aheadMeters = 36
    const straightRadians = 0.25
    const race = game.getService('ReplicatedStorage').findFirstChild('Race')
    const own = game
      .getService('Workspace')
      .getChildren()
      .find(({ record }) => Reflect.get(record?.properties ?? {}, 'userId') === localPlayer?.userId)
    const [first = { x: 0, y: 0 }, second = first] = road
    const ahead = Math.round(aheadMeters / Math.hypot(second.x - first.x, second.y - first.y))

    for (;;) {
      await new Promise(requestAnimationFrame)
      const car = own?.findFirstChild('Body')?.record?.properties as unknown as
        | { x: number; y: number; heading: number }
        | undefined
      const finishMs: unknown = Reflect.get(own?.record?.properties ?? {}, 'finishMs')
      const isOver = Reflect.get(race?.record?.properties ?? {}, 'phase') === 'results'
      if (car === undefined || finishMs !== 0 || isOver || Reflect.has(window, 'handsOff')) return null
      const metersTo = (point: { x: number; y: number }) => Math.hypot(point.x - car.x, point.y - car.y)
      const nearest = road.reduce(
        (best, point, index) => (metersTo(point) < metersTo(road[best] ?? first) ? index : best),
        0,
      )
      const aim = road[(nearest + ahead) % road.length] ?? first
      const turn = Math.atan2(aim.y - car.y, aim.x - car.x) - car.heading
      const error = Math.atan2(Math.sin(turn), Math.cos(turn))
      const wanted = Math.abs(error) < straightRadians ? 'none' : error > 0 ? 'ArrowRight' : 'ArrowLeft'
      if (wanted !== held) return wanted
    }
  }, given)
}
