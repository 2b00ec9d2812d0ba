import { renderAs } from '@banyan/testing/react'
import { fireEvent } from '@testing-library/react'
import { useChildren, useInstance, useLocalPlayer, useRemoteEvent, useService } from 'banyan/react'
import { describe, expect, it } from 'vitest'
import { driverOf, openRace } from '../../../fixtures/race-driver.ts'
import { Race, Racer, remotes } from '../definition.ts'
import { potionMs } from '../rules.ts'
import { RaceHud } from './race-hud.tsx'

/** What the race's page hands to it. */
function Hud() {
  const race = useInstance('ReplicatedStorage.Race', Race).properties
  const racers = useChildren(useService('Workspace'), Racer)
  const localPlayer = useLocalPlayer()
  const drink = useRemoteEvent(remotes.drinkPotion)
  const self = racers.find(({ userId }) => userId === localPlayer.userId) ?? null
  return <RaceHud race={race} racers={racers} self={self} onDrink={() => drink({})} />
}

const isDisabled = (button: HTMLElement) => button.hasAttribute('disabled')
const both = { players: ['Ana', 'Ben'] }

describe('the numbers of a race', () => {
  it('tell what there is to know in the lobby, and one’s own place and time in the race', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    const view = await renderAs(place, 'Ana', <Hud />)
    await place.tick()
    const textOf = (label: string) => view.getByText(label).nextElementSibling?.textContent
    expect([textOf('Laps'), textOf('On the grid')]).toEqual(['3', '0/8'])
    ana.setReady()
    await place.tick()
    expect(textOf('On the grid')).toBe('1/8')
    ben.setReady()
    await place.tick()
    await place.advance(100)
    expect([textOf('Place'), textOf('Lap'), textOf('Time')]).toEqual(['1st of 2', '1/3', '0:00.0'])
    await place.advance(3_000)
    await place.until('two seconds of racing', () => place.clock.now() >= ana.race.startsAt + 2_000)
    await place.advance(20)
    expect(textOf('Time')).toBe('0:02.0')
  })
})

describe('the potion button', () => {
  it('is not there for who only watches', async () => {
    await using place = await openRace(both)
    const view = await renderAs(place, 'Ben', <Hud />)
    await place.tick()
    expect(view.queryByRole('button')).toBeTruthy()
    driverOf(place, 'Ana').setReady()
    driverOf(place, 'Ana').startNow()
    await place.tick()
    await place.advance(100)
    expect(view.getByText('Watching').nextElementSibling?.textContent).toBe('1 racing')
    expect(view.queryByRole('button')).toBeNull()
  })

  it('drinks one in the race only, counts down while unseen, and tells what is left', async () => {
    await using place = await openRace(both)
    const [ana, ben] = [driverOf(place, 'Ana'), driverOf(place, 'Ben')]
    const view = await renderAs(place, 'Ana', <Hud />)
    await place.tick()
    const button = view.getByRole('button')
    const anasCar = () => ben.racers.find(({ name }) => name === 'Ana')
    expect([button.textContent, isDisabled(button)]).toEqual(['2 potionsP', true])
    ana.setReady()
    ben.setReady()
    await place.advance(4_000)
    expect(isDisabled(button)).toBe(false)
    fireEvent.click(button)
    await place.tick()
    expect([button.textContent, isDisabled(button), anasCar()?.visible]).toEqual(['Unseen 6 sP', true, false])
    await place.advance(1_000)
    expect(button.textContent).toBe('Unseen 5 sP')
    await place.advance(potionMs)
    expect([button.textContent, isDisabled(button), anasCar()?.visible]).toEqual(['1 potionP', false, true])
    fireEvent.click(button)
    await place.advance(potionMs + 100)
    expect([button.textContent, isDisabled(button)]).toEqual(['0 potionsP', true])
  })
})
