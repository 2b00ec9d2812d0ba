import { type ClientTransport, decodeDown } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { definition, quiz, Racer } from '../../fixtures/quiz-game.ts'
import { createTestPlace } from './create-test-place.ts'

/** A way to the server on which patches come to nothing from some moment on, as if the server forgot to send them. */
function createForgetfulTransport(inner: () => ClientTransport) {
  let forgets = false
  const transport: ClientTransport = {
    connect: (handlers) =>
      inner().connect({
        ...handlers,
        onFrame(frame) {
          const decoded = decodeDown(definition, frame)
          if (!forgets || !decoded.ok || decoded.value.kind !== 'patches') handlers.onFrame(frame)
        },
      }),
  }
  return {
    transport,
    forget() {
      forgets = true
    },
  }
}

test.each([
  ['rests', 0],
  ['never rests', 1],
])('OR4 a replica that is left behind is found, also in a game that %s', async (_how, lap) => {
  const place = await createTestPlace({ definition, scripts: [quiz], players: ['ana'] })
  const { transport, forget } = createForgetfulTransport(() => place.transport)
  await place.join('bo', { client: { transport } })
  await place.tick()
  const racer = place.game.getService('Workspace').findFirstChild('ana', Racer)
  if (racer !== null) racer.lap = lap
  await place.tick()
  forget()
  if (racer !== null) racer.name = 'someone else'
  await place.advance(1000)
  await expect(place[Symbol.asyncDispose]()).rejects.toThrow(
    expect.objectContaining({ code: 'diverged', message: expect.stringContaining('"bo"') }),
  )
})
