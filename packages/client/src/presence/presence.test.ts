import { Folder, NumberValue, StringValue } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'

function createWorld() {
  const world = createScriptedWorld(defineGame({}))
  const storage = world.place.game.getService('ReplicatedStorage')
  return { ...world, storage, hud: new Folder({ name: 'HUD', parent: storage }) }
}

describe('presence', () => {
  test('PR1: finds by dotted path or by names, which may contain dots, and by class', () => {
    const { client, hud, join } = createWorld()
    new NumberValue({ name: 'v1.2', parent: hud, value: 3 })
    join()
    expect(client.find('ReplicatedStorage.HUD')?.name).toBe('HUD')
    expect(client.find(['ReplicatedStorage', 'HUD', 'v1.2'], NumberValue)?.value).toBe(3)
    expect(client.find(['ReplicatedStorage', 'HUD', 'v1.2'], StringValue)).toBeNull()
    expect(client.find('ReplicatedStorage.HUD.v1.2')).toBeNull()
    expectTypeOf(client.find('x', NumberValue)).toEqualTypeOf<NumberValue | null>()
  })

  test('PR2: resolves when the path is there with that class, with one promise per path and class', async () => {
    const { client, hud, join, step } = createWorld()
    const path = 'ReplicatedStorage.HUD.Clock'
    const first = client.whenPresent(path, NumberValue)
    expect(client.whenPresent(['ReplicatedStorage', 'HUD', 'Clock'], NumberValue)).toBe(first)
    expect(client.whenPresent(path, StringValue)).not.toBe(first)
    join()
    new StringValue({ name: 'Clock', parent: hud })
    step()
    const clock = new NumberValue({ name: 'Clock', parent: hud })
    step()
    expect((await first).id).toBe(clock.id)
    expect(await client.whenPresent(path, NumberValue)).toBe(await first)
    expectTypeOf(first).resolves.toEqualTypeOf<NumberValue>()
  })

  test('PR2: a rename or a move that completes the path counts', async () => {
    const { client, hud, join, step } = createWorld()
    const value = new NumberValue({ name: 'Other', parent: hud })
    join()
    const awaited = client.whenPresent('ReplicatedStorage.HUD.Clock', NumberValue)
    value.name = 'Clock'
    step()
    expect((await awaited).id).toBe(value.id)
  })

  test('PR3: a timeout rejects and names the deepest ancestor that exists', async () => {
    const { client, clock, hud, join } = createWorld()
    new StringValue({ name: 'Title', parent: hud })
    join()
    const missing = client.whenPresent('ReplicatedStorage.HUD.Clock.Hand', null, { timeoutMs: 1000 })
    const wrong = client.whenPresent('ReplicatedStorage.HUD.Title', NumberValue, { timeoutMs: 1000 })
    clock.advance(1000)
    await expect(missing).rejects.toMatchObject({
      code: 'waitTimeout',
      message:
        'cannot find "ReplicatedStorage.HUD.Clock.Hand": "ReplicatedStorage.HUD" has no child "Clock". Check the path, or allow more time.',
    })
    await expect(wrong).rejects.toThrow('it is a StringValue, not a NumberValue')
  })

  test('PR4: timeouts run while joined only: before that, the connection tells', async () => {
    const { client, clock, join, page, place, settle } = createWorld()
    const awaited = client.whenPresent('ReplicatedStorage.Never', null, { timeoutMs: 10_000 })
    let isRejected = false
    awaited.catch(() => {
      isRejected = true
    })
    clock.advance(60_000)
    join()
    clock.advance(3000)
    place.channel.cut()
    settle()
    page.wake()
    settle()
    for (let second = 0; second < 9; second += 1) {
      clock.advance(1000)
      settle()
    }
    await Promise.resolve()
    expect(isRejected).toBe(false)
    clock.advance(1000)
    await expect(awaited).rejects.toMatchObject({ code: 'waitTimeout' })
  })

  test('PR5: without a timeout it warns once after 5 s and goes on', async () => {
    const { client, clock, hud, join, lines, step } = createWorld()
    join()
    const awaited = client.whenPresent('ReplicatedStorage.HUD.Clock')
    clock.advance(4999)
    expect(lines).toEqual([])
    clock.advance(1)
    expect(lines).toEqual([expect.stringContaining('"ReplicatedStorage.HUD" has no child "Clock"')])
    clock.advance(4000)
    new Folder({ name: 'Clock', parent: hud })
    step()
    expect((await awaited).name).toBe('Clock')
    expect(lines).toHaveLength(1)
  })

  test('PR6: closing rejects those who wait', async () => {
    const { client, join } = createWorld()
    join()
    const awaited = client.whenPresent('ReplicatedStorage.Never')
    client.close()
    await expect(awaited).rejects.toMatchObject({ code: 'disconnected' })
  })

  test('PR7: for renderers a rejection is repeated within one attempt, and the next attempt waits anew', async () => {
    const { client, clock, join } = createWorld()
    join()
    const suspend = () => client.suspend('ReplicatedStorage.Never', null, { timeoutMs: 1000 })
    const first = suspend()
    expect(suspend()).toBe(first)
    clock.advance(1000)
    await expect(first).rejects.toMatchObject({ code: 'waitTimeout' })
    expect(suspend()).toBe(first)
    clock.advance(50)
    expect(suspend()).toBe(first)
    clock.advance(100)
    const second = suspend()
    expect(second).not.toBe(first)
    clock.advance(1000)
    await expect(second).rejects.toMatchObject({ code: 'waitTimeout' })
    clock.advance(60_000)
    expect(suspend()).not.toBe(second)
  })
})
