// R6: views that come and go under StrictMode leave no listener and no memory. `pnpm soak mounts` runs ten thousand.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { listenerCensus } from '@banyan/datamodel'
import {
  BanyanProvider,
  useChildren,
  useConnection,
  useCountdown,
  useFrame,
  useInstance,
  useLocalPlayer,
  usePlayers,
  useProperty,
  useRemoteEvent,
  useServerTime,
  useService,
  useSignal,
} from '@banyan/react'
import { act, cleanup, render } from '@testing-library/react'
import { type ReactNode, StrictMode, Suspense } from 'react'
import { expect, test } from 'vitest'
import { definition, quiz, Racer, remotes } from '../../fixtures/quiz-game.ts'
import { createTestPlace } from '../place/create-test-place.ts'

/** Less than a kilobyte for each of ten thousand, which is what the place's own recorder keeps of the ticks between them. */
const leakCap = 8 * 1024 * 1024
const isLong = process.env['SOAK_MOUNTS'] !== undefined
const mounts = Number(process.env['SOAK_MOUNTS'] ?? 40)
const rounds = 10

function Row({ racer }: { readonly racer: Racer }): ReactNode {
  return `${racer.name} ${useProperty(racer, 'lap')} `
}

/** A view that listens to everything that a view can listen to. */
function Everything(): ReactNode {
  const workspace = useService('Workspace')
  const racers = useChildren(workspace, Racer)
  const first = useInstance('Workspace.ana', Racer)
  const say = useRemoteEvent(remotes.said)
  const player = useLocalPlayer()
  useRemoteEvent(remotes.told, () => {})
  useSignal(workspace.childAdded, () => {})
  useFrame(() => {})
  useCountdown(usePlayers().length * 1000)
  useServerTime()
  return (
    <button type="button" onClick={() => say({ text: 'hello' })}>
      {useConnection().kind} {player?.name} {first?.name}
      {racers.map((racer) => (
        <Row key={racer.id} racer={racer} />
      ))}
    </button>
  )
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  for (let time = 0; time < 3; time += 1) if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed
}

test(`SO5 R6 ${mounts} mounts and unmounts in StrictMode leave no listener and no memory`, async () => {
  await using place = await createTestPlace({ definition, scripts: [quiz], players: ['ana', 'ben'] })
  await place.tick()
  const { client, game } = place.player('ana')
  // Otherwise the last view would take the connection with it.
  const release = client.retain()
  const before = listenerCensus(game)
  const racer = place.game.getService('Workspace').findFirstChild('ana', Racer)
  const unwrap = place.wrap((run) => act(run))
  const heaps: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (let count = 0; count < mounts / rounds; count += 1) {
      const view = await act(async () =>
        render(
          <StrictMode>
            <BanyanProvider client={client}>
              <Suspense fallback="loading">
                <Everything />
              </Suspense>
            </BanyanProvider>
          </StrictMode>,
        ),
      )
      expect(view.container.textContent).toContain('joined ana')
      if (count % 10 === 0) {
        if (racer !== null) racer.lap += 1
        await place.tick()
        expect(view.container.textContent).toContain(`ana ${racer?.lap}`)
      }
      // Testing Library keeps what it mounted until it cleans up by itself.
      await act(async () => cleanup())
    }
    expect(listenerCensus(game)).toEqual(before)
    if (isLong) heaps.push(heapBytes())
  }
  unwrap()
  release()
  const told = heaps.map((bytes) => (bytes / 1024 / 1024).toFixed(1)).join(', ')
  if (isLong) console.log(`heap after each tenth, in MiB: ${told}`)
  // What is compiled and cached once fills in the first rounds; a short run is nothing else.
  const [, , early = 0] = heaps
  if (isLong) expect((heaps.at(-1) ?? 0) - early, told).toBeLessThan(leakCap)
}, 3_600_000)
