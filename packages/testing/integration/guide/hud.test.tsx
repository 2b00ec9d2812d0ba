// @vitest-environment jsdom
import { useChildren, useProperty, useService } from '@banyan/react'
import { renderAs } from '@banyan/testing/react'
import { createTestPlace } from '@banyan/testing/vitest'
import { expect, test } from 'vitest'
import { definition, Racer, race, remotes } from './potion-game.ts'

function Lap({ racer }: { readonly racer: InstanceType<typeof Racer> }) {
  const lap = useProperty(racer, 'lap')
  return <li>{`${racer.name}: lap ${lap}`}</li>
}

function Hud() {
  const racers = useChildren(useService('Workspace'), Racer)
  return (
    <ul>
      {racers.map((racer) => (
        <Lap key={racer.id} racer={racer} />
      ))}
    </ul>
  )
}

test('the HUD shows what its player sees', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana', 'bo'] })
  const hud = await renderAs(place, 'bo', <Hud />)
  place.player('ana').remote(remotes.drive).fireServer({ metersPerSecond: 5 })
  await place.advance(25_000)
  expect(hud.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'ana: lap 1',
    'bo: lap 0',
  ])
})
