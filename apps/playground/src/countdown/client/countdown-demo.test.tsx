import { type RenderedAs, renderAs } from '@banyan/testing/react'
import { createTestPlace } from '@banyan/testing/vitest'
import { fireEvent } from '@testing-library/react'
import { expect, it } from 'vitest'
import { countdownScript } from '../countdown.server.ts'
import { definition, goMs } from '../definition.ts'
import { CountdownDemo } from './countdown-demo.tsx'

const numberOf = (view: RenderedAs) => view.getByRole('timer').textContent
const ringOf = (view: RenderedAs) => view.container.querySelector('.countdown-dial__ring')
const isDisabled = (button: HTMLElement) => button.hasAttribute('disabled')
const buttonOf = (view: RenderedAs, name: string) => view.getByRole('button', { name })

it('counts down for everyone at once, wherever it was started, and is ready again', async () => {
  await using place = await createTestPlace({
    definition,
    scripts: [countdownScript],
    players: ['Ana', 'Ben'],
  })
  await place.tick()
  const ana = await renderAs(place, 'Ana', <CountdownDemo />)
  const ben = await renderAs(place, 'Ben', <CountdownDemo />)
  const numbers = () => [ana, ben].map(numberOf)
  expect(numbers()).toEqual(['Ready', 'Ready'])
  fireEvent.click(buttonOf(ana, '3 s'))
  await place.tick()
  expect(ben.getByText('Ana started 3 seconds.')).toBeTruthy()
  const shown: (string | null)[][] = [numbers()]
  for (let second = 0; second < 3; second += 1) {
    await place.advance(1_000)
    shown.push(numbers())
  }
  expect(shown).toEqual([
    ['3', '3'],
    ['2', '2'],
    ['1', '1'],
    ['Go', 'Go'],
  ])
  expect(isDisabled(buttonOf(ben, '5 s'))).toBe(true)
  await place.advance(goMs)
  await place.tick()
  expect(numbers()).toEqual(['Ready', 'Ready'])
  expect(isDisabled(buttonOf(ben, '5 s'))).toBe(false)
})

it('empties its ring frame by frame', async () => {
  await using place = await createTestPlace({ definition, scripts: [countdownScript], players: ['Ana'] })
  await place.tick()
  const view = await renderAs(place, 'Ana', <CountdownDemo />)
  const dashes = () => ringOf(view)?.getAttribute('stroke-dasharray')
  await place.advance(50)
  expect(dashes()).toBe('none')
  fireEvent.click(buttonOf(view, '10 s'))
  const parts: number[] = []
  await place.advance(2_500)
  for (let frame = 0; frame < 10; frame += 1) {
    await place.advance(1_000 / 60)
    parts.push(Number.parseFloat(dashes() ?? ''))
  }
  expect(parts[0]).toBeCloseTo(0.75, 1)
  expect(parts).toEqual([...new Set(parts)].toSorted((a, b) => b - a))
  await place.advance(7_600)
  expect(ringOf(view)?.getAttribute('visibility')).toBe('hidden')
})
