import { type Instance, NumberValue } from '@banyan/datamodel'
import { type Channel, encodePing, protocolVersion } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

function createScene() {
  const scene = createTestPlace({ definition })
  const workspace = scene.place.game.getService('Workspace')
  const score = new NumberValue({ name: 'Score', parent: workspace })
  /** Writes, and then fires what it has written. */
  const announce = (value: number): void => {
    score.value = value
    scene.place.remote(remotes.note).fireAllClients(value)
  }
  const valueAt = (replica: { getInstanceById(id: number): Instance | null }): unknown =>
    replica.getInstanceById(score.id)?.record?.properties
  return { ...scene, workspace, announce, valueAt }
}

test('RM13 what a store fires while a commit runs arrives after its writes, not in the frame of that commit', async () => {
  const { announce, join, place, tick, valueAt, workspace } = createScene()
  const ana = await join()
  const seen: unknown[] = []
  const stop = workspace.observe(() => announce(7))
  workspace.setAttribute('round', 1)
  await tick()
  stop()
  seen.push(ana.events('note').length, valueAt(ana.replica))
  await tick()
  expect([...seen, ana.events('note'), valueAt(ana.replica)]).toEqual([0, { value: 0 }, [[7]], { value: 7 }])
  expect(place.stats.framesOut).toBe(2)
})

test.each(['a store', 'who hears of commits'])(
  'PL13 what %s destroys was written first, and then goes',
  async (by) => {
    let isDue = false
    const score = new NumberValue({ name: 'Score' })
    const end = (): void => {
      if (isDue) score.destroy()
      isDue = false
    }
    const scene = createTestPlace({ definition, onCommit: by === 'a store' ? () => {} : end })
    const workspace = scene.place.game.getService('Workspace')
    score.parent = workspace
    if (by === 'a store') score.observe(end)
    const ana = await scene.join()
    const heard: unknown[] = []
    const copy = ana.replica.getInstanceById(score.id)
    copy?.observe(() => heard.push(copy.isDestroyed || copy.record?.properties))
    isDue = true
    score.value = 5
    // All of the commit arrives, and not only what is there still.
    workspace.setAttribute('round', 1)
    await scene.tick()
    await scene.tick()
    expect(heard).toEqual([{ value: 5 }, true])
    expect(ana.replica.getService('Workspace').getAttribute('round')).toBe(1)
    expect(scene.log.errors).toEqual([])
  },
)

test('RM13 what handlers fire when a slow reader is dismissed reaches the others after its writes', async () => {
  const { announce, join, place, tick, valueAt, workspace } = createScene()
  const unread = { bytes: 0 }
  const stuck: Channel = {
    send: () => {},
    close: () => {},
    get bufferedBytes() {
      return unread.bytes
    },
  }
  const stuckLine = place.accept(stuck, {
    protocolVersion,
    definitionHash: definition.hash,
    place: 'main',
    guestKey: 'stuck',
    name: 'Stuck',
    turn: 0,
    credentials: null,
    resume: null,
  })
  const ana = await join()
  const [slow] = place.players.getPlayers()
  slow?.getPropertyChangedSignal('connected').connect(() => announce(slow.connected ? 1 : 7))
  unread.bytes = 10_000_000
  workspace.setAttribute('round', 1)
  stuckLine.onFrame(encodePing({ clientMs: 1 }))
  expect(slow?.connected).toBe(false)
  expect([ana.events('note'), valueAt(ana.replica)]).toEqual([[], { value: 0 }])
  await tick()
  expect([ana.events('note'), valueAt(ana.replica)]).toEqual([[[7]], { value: 7 }])
})
