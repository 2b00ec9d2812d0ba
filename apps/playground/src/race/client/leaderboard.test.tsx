import { type RenderedAs, renderAs } from '@banyan/testing/react'
import { expect, it } from 'vitest'
import { drive, driverOf, openRace } from '../../../fixtures/race-driver.ts'
import { Leaderboard } from './leaderboard.tsx'

/** The table as its lines of text, without the head. */
function linesOf(view: RenderedAs): readonly string[] {
  const rows = view.getAllByRole('row').slice(1)
  return rows.map((row) => [...row.children].map((cell) => cell.textContent).join(' '))
}

it('has the leader on top as the race goes on, and who watches below', async () => {
  await using place = await openRace({ players: ['Cleo', 'Ana', 'Ben'] })
  const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
  await place.tick()
  const view = await renderAs(place, 'Cleo', <Leaderboard />)
  expect(linesOf(view)).toEqual(['Cleo – – –', 'Ana – – –', 'Ben – – –'])
  const columns = view.getAllByRole('columnheader').map(({ textContent }) => textContent)
  expect(columns).toEqual(['Driver', 'Place', 'Lap', 'Wins'])
  ana.setReady()
  await place.tick()
  ben.setReady()
  await place.tick()
  ana.startNow()
  await place.advance(3_100)
  expect(linesOf(view)).toEqual(['Ana 1 1 –', 'Ben 2 1 –', 'Cleo – – –'])
  // Nobody steers Ana's car around the first corner.
  await drive(place, [ben], { what: 'Ben leads', until: () => ben.own?.standing === 1, limitMs: 20_000 })
  expect(linesOf(view)).toEqual(['Ben 1 1 –', 'Ana 2 1 –', 'Cleo – – –'])
  await drive(place, [ben], { what: 'a lap', until: () => ben.own?.lap === 1, limitMs: 30_000 })
  expect(linesOf(view)).toEqual(['Ben 1 2 –', 'Ana 2 1 –', 'Cleo – – –'])
  expect(view.getByText('Cleo').closest('tr')?.dataset['self']).toBe('true')
})
