import { defineClass, int, string } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { createPlace, defaultLimits } from '@banyan/server'
import type { TestHost } from '@banyan/testing/host'
import { expect, test } from 'vitest'
import type { Guest } from './guest.ts'
import { open, welcome } from './open-host.ts'

const Kart = defineClass('Kart', { properties: { lap: int(0), trace: string('', { maySkip: true }) } })
const definition = defineGame({ classes: [Kart] })
const trace = Kart.schema.propertyByName.get('trace')?.index ?? -1

async function openRace(): Promise<TestHost> {
  // Far from where all patches are held back, which has a test of its own.
  const limits = { ...defaultLimits, unsentBytes: 1e9, unreadBytes: 1e9 }
  return open({ clock: 'still', places: { main: (given) => createPlace({ ...given, definition, limits }) } })
}

/** What a guest was told of traces, and of laps. */
function toldTo({ messages }: Guest): { readonly traces: string[]; readonly laps: unknown[] } {
  const operations = messages.flatMap((message) =>
    message.kind === 'patches' ? message.patches.flatMap((patch) => patch.operations) : [],
  )
  const entries = operations.flatMap((operation) => (operation.kind === 'set' ? operation.properties : []))
  return {
    traces: entries.flatMap(([index, value]) => (index === trace ? [String(value)] : [])),
    laps: entries.flatMap(([index, value]) => (index === trace ? [] : [value])),
  }
}

test('HO24 SK2 SK3 who stops reading is queued no values that may skip, and gets the newest when they read on', async () => {
  const host = await openRace()
  const stalled = await welcome(host, { guestKey: 'stalled', definition })
  const reader = await welcome(host, { guestKey: 'reader', definition })
  const place = host.place('main')
  const kart = new Kart({ parent: place.game.getService('Workspace') })
  place.step()
  let lap = 0
  const step = async (): Promise<void> => {
    lap += 1
    kart.lap = lap
    kart.trace = `${lap}`.padEnd(100_000, 'x')
    place.step()
    await host.until('the reader has it', () => toldTo(reader).laps.at(-1) === lap)
  }
  stalled.stall()
  for (let round = 0; round < 500 && place.stats.skipping === 0; round += 1) await step()
  const [from, before] = [lap, place.stats.bytesOut]
  for (let round = 0; round < 60; round += 1) await step()
  // The reader's, and the laps of the other one.
  expect(place.stats.bytesOut - before).toBeLessThan(60 * 100_300)
  expect(place.stats).toMatchObject({ connected: 2, behind: 0, skipping: 1 })
  stalled.readOn()
  await host.until('the other one has it too', () => {
    place.step()
    return place.stats.skipping === 0 && toldTo(stalled).traces.at(-1) === kart.trace
  })
  expect(toldTo(reader).traces).toHaveLength(lap)
  const told = toldTo(stalled)
  expect(told.traces.length).toBeLessThan(from + 2)
  expect(told.laps).toEqual(Array.from({ length: lap }, (_, n) => n + 1))
})
