import { describe, expect, expectTypeOf, it } from 'vitest'
import { createTree } from '../../fixtures/place.ts'
import { IntValue } from '../classes/value-objects.ts'
import { Folder } from '../classes/world.ts'

/** The state of a promise after all microtasks that are queued now. */
async function settle(promise: Promise<unknown>): Promise<unknown> {
  const pending = Promise.resolve().then(() => Promise.resolve('pending'))
  return await Promise.race([
    promise.catch((error: unknown) => error),
    pending.then((state) => Promise.resolve(state)),
  ])
}

function setUp() {
  const tree = createTree()
  const box = new Folder({ name: 'box', parent: tree.workspace })
  tree.game.drain()
  return { ...tree, box }
}

describe('waitForChild', () => {
  it('DM29 resolves at once with a child that is there', async () => {
    const { box, clock } = setUp()
    const coin = new Folder({ name: 'coin', parent: box })
    expect(await box.waitForChild('coin')).toBe(coin)
    expect(clock.pending).toBe(0)
  })

  it('DM29 resolves with the child that arrives, at the next drain', async () => {
    const { game, box, clock } = setUp()
    const waiting = box.waitForChild('coin')
    new Folder({ name: 'other', parent: box })
    game.drain()
    expect(await settle(waiting)).toBe('pending')
    const coin = new Folder({ name: 'coin', parent: box })
    game.drain()
    expect(await waiting).toBe(coin)
    expect(clock.pending).toBe(0)
  })

  it('DM29 passes over a child of another class, where one is given', async () => {
    const { game, box } = setUp()
    const folder = new Folder({ name: 'coin', parent: box })
    expect(await box.waitForChild('coin', Folder)).toBe(folder)
    const waiting = box.waitForChild('coin', IntValue, { timeoutMs: 100 })
    expectTypeOf(waiting).resolves.toEqualTypeOf<IntValue>()
    expect(await settle(waiting)).toBe('pending')
    const coin = new IntValue({ name: 'coin', parent: box })
    game.drain()
    expect(await waiting).toBe(coin)
  })

  it('DM30 says on the timeout that what is there has another class', async () => {
    const { box, clock } = setUp()
    new Folder({ name: 'coin', parent: box })
    const waiting = box.waitForChild('coin', IntValue, { timeoutMs: 100 })
    clock.advance(100)
    await expect(waiting).rejects.toThrow(
      'cannot find "coin" in "Workspace.box": what has that name is a Folder, and no IntValue appeared within 100 ms. Check the class.',
    )
  })

  it('DM29 resolves with a child that gets the name', async () => {
    const { game, box } = setUp()
    const coin = new Folder({ name: 'stone', parent: box })
    const waiting = box.waitForChild('coin')
    game.drain()
    coin.name = 'coin'
    game.drain()
    expect(await waiting).toBe(coin)
  })

  it('DM29 passes over a child that is gone again at the drain', async () => {
    const { game, box } = setUp()
    const waiting = box.waitForChild('coin')
    new Folder({ name: 'coin', parent: box }).destroy()
    game.drain()
    expect(await settle(waiting)).toBe('pending')
    const coin = new Folder({ name: 'coin', parent: box })
    game.drain()
    expect(await waiting).toBe(coin)
  })

  it('DM29 serves several who wait', async () => {
    const { game, box } = setUp()
    const waiting = [box.waitForChild('a'), box.waitForChild('b'), box.waitForChild('a')]
    const [a, b] = [new Folder({ name: 'a', parent: box }), new Folder({ name: 'b', parent: box })]
    game.drain()
    expect(await Promise.all(waiting)).toEqual([a, b, a])
  })

  it('DM30 rejects at the timeout, naming what is there', async () => {
    const { box, clock, warnings } = setUp()
    const waiting = box.waitForChild('coin', { timeoutMs: 6_000 })
    clock.advance(5_999)
    expect(await settle(waiting)).toBe('pending')
    clock.advance(1)
    await expect(waiting).rejects.toMatchObject({
      code: 'waitTimeout',
      message:
        'cannot find "coin" in "Workspace.box": it did not appear within 6000 ms. Check the name, or wait longer.',
    })
    expect([clock.pending, warnings]).toEqual([0, []])
  })

  it('DM31 warns once after five seconds without a timeout, and goes on waiting', async () => {
    const { game, box, clock, warnings } = setUp()
    const waiting = box.waitForChild('coin')
    clock.advance(4_999)
    expect(warnings).toEqual([])
    clock.advance(60_000)
    expect(warnings).toEqual([
      'waiting for "coin" in "Workspace.box" for 5 s already, without a timeout. Pass { timeoutMs }, or check the name.',
    ])
    const coin = new Folder({ name: 'coin', parent: box })
    game.drain()
    expect(await waiting).toBe(coin)
  })

  it('DM32 rejects with the reason of its AbortSignal, before and while it waits', async () => {
    const { box, clock } = setUp()
    const reason = new Error('not needed')
    await expect(box.waitForChild('coin', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const waiting = box.waitForChild('coin', { signal: controller.signal, timeoutMs: 1_000 })
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(clock.pending).toBe(0)
  })

  it('DM33 rejects when its instance is destroyed, alone or with an ancestor', async () => {
    const { game, box, clock, workspace } = setUp()
    const inner = new Folder({ name: 'inner', parent: box })
    const waiting = inner.waitForChild('coin')
    box.destroy()
    game.drain()
    const destroyed = { code: 'destroyed' }
    await expect(waiting).rejects.toMatchObject(destroyed)
    await expect(inner.waitForChild('coin')).rejects.toMatchObject({
      ...destroyed,
      message: 'cannot wait for "coin" in "inner": the latter is destroyed. Wait on a living instance.',
    })
    expect([clock.pending, workspace.getChildren()]).toEqual([0, []])
  })

  it('DM33 goes on while its instance is only out of the tree', async () => {
    const { game, box, workspace } = setUp()
    const waiting = box.waitForChild('coin')
    box.parent = null
    game.drain()
    expect(await settle(waiting)).toBe('pending')
    const coin = new Folder({ name: 'coin', parent: box })
    box.parent = workspace
    game.drain()
    expect(await waiting).toBe(coin)
  })

  it('DM34 outside of any DataModel there is no clock: it waits, but takes no timeout', async () => {
    const folder = new Folder({ name: 'loose' })
    const waiting = folder.waitForChild('coin')
    const coin = new Folder({ name: 'coin', parent: folder })
    expect(await waiting).toBe(coin)
    await expect(folder.waitForChild('gem', { timeoutMs: 10 })).rejects.toMatchObject({
      code: 'notFound',
      message: expect.stringContaining('it is not in a DataModel, which owns the clock. Parent it first.'),
    })
    const gone = folder.waitForChild('gem')
    folder.destroy()
    await expect(gone).rejects.toMatchObject({ code: 'destroyed' })
  })

  it('DM29 leaves no connections behind, however it ends', async () => {
    const { game, box, clock } = setUp()
    const controller = new AbortController()
    const all = [
      box.waitForChild('coin'),
      box.waitForChild('gem', { timeoutMs: 10 }),
      box.waitForChild('pearl', { signal: controller.signal }),
    ]
    const ends = Promise.allSettled(all)
    expect(box.destroying.listenerCount).toBe(3)
    new Folder({ name: 'coin', parent: box })
    game.drain()
    clock.advance(10)
    controller.abort()
    expect((await ends).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect([box.destroying.listenerCount, clock.pending]).toEqual([0, 0])
  })
})
