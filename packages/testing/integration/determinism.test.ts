// What one seed gives is the same, byte for byte; SPEC.md tells what that covers.
import { createSeededRandom } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { definition, quiz, Racer, remotes } from '../fixtures/quiz-game.ts'
import { createTestPlace } from '../src/index.ts'

/** Some busy seconds: three players on bad lines, one of whom flaps, with joins, leaves, cuts and hidden tabs. */
async function play(seed: number): Promise<string> {
  await using place = await createTestPlace({
    definition,
    scripts: [quiz],
    players: ['ana', 'bo', 'cy'],
    seed,
    network: { latencyMs: 60, jitterMs: 30, loss: 0.05 },
  })
  const random = createSeededRandom(1)
  place.player('bo').network.set({ flap: { upMs: [1000, 3000], downMs: [100, 500] } })
  const listen = (name: string) =>
    place
      .player(name)
      .remote(remotes.told)
      .onClientEvent.connect(() => {})
  for (const { name } of place.players) listen(name)
  for (let step = 0; step < 24; step += 1) {
    await place.advance(random.next() * 500)
    const racer = place.game
      .getService('Workspace')
      .getChildren()
      .at(step % 3)
    if (racer?.isA(Racer) === true) racer.lap += 1
    place
      .player('ana')
      .remote(remotes.said)
      .fireServer({ text: `step ${step}` })
    if (step === 8) place.player('cy').network.cut()
    if (step === 10) place.player('cy').hide()
    if (step === 16) place.player('cy').show()
    if (step === 12) await place.join('dee')
    if (step === 13) listen('dee')
    if (step === 20) await place.player('dee').leave()
  }
  return place.recorder.messageLog()
}

test('DT1 one seed gives one message log, a hundred times, and another seed another', async () => {
  const first = await play(1)
  expect(first.length).toBeGreaterThan(10_000)
  for (let repetition = 1; repetition < 100; repetition += 1) expect(await play(1)).toBe(first)
  expect(await play(2)).not.toBe(first)
})
