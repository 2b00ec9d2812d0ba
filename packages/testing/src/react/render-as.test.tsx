import { useChildren, useClient, useProperty, useRemoteEvent, useService } from '@banyan/react'
import { fireEvent, screen } from '@testing-library/react'
import { type ReactNode, useEffect, useState } from 'react'
import { describe, expect, test } from 'vitest'
import { definition, quiz, Racer, remotes } from '../../fixtures/quiz-game.ts'
import { createTestPlace } from '../place/create-test-place.ts'
import { renderAs } from './render-as.tsx'

const open = (...players: readonly string[]) => createTestPlace({ definition, scripts: [quiz], players })

function Row({ racer }: { readonly racer: Racer }): ReactNode {
  const lap = useProperty(racer, 'lap')
  return `${racer.name} ${lap} `
}

function Hud(): ReactNode {
  const racers = useChildren(useService('Workspace'), Racer)
  const say = useRemoteEvent(remotes.said)
  const [told, setTold] = useState('nothing')
  useRemoteEvent(remotes.told, ({ text }) => setTold(text))
  return (
    <>
      <p>
        {racers.map((racer) => (
          <Row key={racer.id} racer={racer} />
        ))}
      </p>
      <p>told: {told}</p>
      <button type="button" onClick={() => say({ text: 'hello' })}>
        Say
      </button>
    </>
  )
}

describe('a component on a test place', () => {
  test('RA1 shows what its player sees when a tick has passed, and acts for that player', async () => {
    await using place = await open('ana', 'bo')
    await place.tick()
    const view = await renderAs(place, 'bo', <Hud />)
    expect(view.container.textContent).toContain('ana 0 bo 0')
    const racer = place.game.getService('Workspace').findFirstChild('ana', Racer)
    if (racer !== null) racer.lap = 2
    await place.tick()
    expect(view.container.textContent).toContain('ana 2 bo 0')
    fireEvent.click(screen.getByRole('button', { name: 'Say' }))
    await place.tick()
    expect(view.container.textContent).toContain('told: bo: hello')
    await view.unmount()
    await place.tick()
  })

  test('RA2 a listener that a view leaves behind fails the test and is named', async () => {
    function Leaky(): ReactNode {
      const { game } = useClient()
      useEffect(() => {
        game.getService('Workspace').childAdded.connect(() => {})
      }, [game])
      return null
    }
    const place = await open('ana')
    await renderAs(place, 'ana', <Leaky />)
    // A listener of the test's own is no leak of the view.
    place
      .player('ana')
      .game.getService('Workspace')
      .childRemoved.connect(() => {})
    await expect(place[Symbol.asyncDispose]()).rejects.toThrow(
      expect.objectContaining({
        code: 'leaked',
        message: expect.stringMatching(/^the view of "ana" left a listener on Workspace\.childAdded\..*$/),
      }),
    )
  })

  test('RA3 knows the listeners of two views of one player apart from leaks', async () => {
    await using place = await open('ana')
    const views = [await renderAs(place, 'ana', <Hud />), await renderAs(place, 'ana', <Hud />)]
    await place.tick()
    await views[0]?.unmount()
    expect(views[1]?.getByText('told: nothing')).toBeTruthy()
  })

  test('RA3 renders for several players at once, strict or not, each on a screen of its own', async () => {
    await using place = await open('ana', 'bo')
    const ana = await renderAs(place, 'ana', <Hud />, { isStrict: false })
    const bo = await renderAs(place, 'bo', <Hud />)
    await place.tick()
    for (const { container } of [ana, bo]) expect(container.textContent).toContain('ana 0 bo 0')
    fireEvent.click(bo.getByRole('button', { name: 'Say' }))
    await place.tick()
    for (const view of [ana, bo]) expect(view.getByText('told: bo: hello')).toBeTruthy()
    await expect(renderAs(place, 'zed', <Hud />)).rejects.toThrow('cannot find player "zed"')
  })
})
