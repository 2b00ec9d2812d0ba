import { Configuration, defineClass, int } from '@banyan/datamodel'
import { defineGame, defineRemotes, request, toServer } from '@banyan/protocol'
import { script } from '@banyan/server'
import { createTestPlace } from '@banyan/testing'
import { number } from 'valibot'
import { expect, test } from 'vitest'
import { createDoor } from '../page/create-door.ts'
import type { PageDoor } from './page-door.ts'
import { createPlayerActs } from './player-acts.ts'

const Kite = defineClass('Kite', { extends: Configuration, properties: { height: int(0) } })
const remotes = defineRemotes({ rise: toServer(number()), double: request(number(), number()) })
const definition = defineGame({ classes: [Kite], remotes })
const game = script(({ workspace }) => void new Kite({ name: 'Kite', parent: workspace }))

/** A player whose page is this process. */
async function createAct() {
  const place = await createTestPlace({ definition, scripts: [game], players: ['Ana'], seed: 1 })
  const door = createDoor(place.player('Ana').client)
  const call = async (method: keyof typeof door, ...given: unknown[]): Promise<unknown> => {
    const run = door[method] as (...args: unknown[]) => unknown
    return run(...(JSON.parse(JSON.stringify(given)) as unknown[]))
  }
  return {
    ...createPlayerActs({ name: 'Ana', door: { call } as unknown as PageDoor }),
    place,
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  }
}

const refusal = (code: string, message: string | RegExp) => ({
  name: 'TestingError',
  code,
  message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
})

test('PW24 a write of what the class does not have is refused, and says what it has', async () => {
  await using ana = await createAct()
  await expect(ana.write('Workspace.Kite', { height: 1, hieght: 3 })).rejects.toMatchObject(
    refusal('refused', /a Kite has no property "hieght"\. Write any of height, name, parent, archivable\.$/),
  )
  // Nothing of it was written.
  expect(ana.place.player('Ana').client.find('Workspace.Kite', Kite)?.height).toBe(0)
  for (const values of [undefined, null, 'name', ['name']]) {
    await expect(ana.write('Workspace.Kite', values as never)).rejects.toMatchObject(
      refusal('refused', 'the values are no object'),
    )
  }
})

test('PW24 a problem that is a sentence ends once', async () => {
  await using ana = await createAct()
  await expect(ana.write('Workspace.Kite', { height: 1.5 })).rejects.toMatchObject(
    refusal('refused', /of type int\.$/),
  )
  await expect(ana.write('Workspace.Kiet', { height: 1 })).rejects.toMatchObject(
    refusal('refused', /Workspace has no "Kiet"\. It has: Kite\.$/),
  )
})

test('PW24 what is no contract, no path, or cannot travel says what to use instead', async () => {
  await using ana = await createAct()
  for (const contract of [undefined, null, 'rise', {}]) {
    const refused = refusal('invalidOption', 'Pass one of those that defineRemotes returned.')
    await expect(ana.fire(contract as never, 1 as never)).rejects.toMatchObject(refused)
    await expect(ana.invoke(contract as never, 1 as never)).rejects.toMatchObject(refused)
  }
  await expect(ana.fire(remotes.rise, (() => 1) as never)).rejects.toMatchObject(
    refusal('invalidOption', 'cannot carry a function'),
  )
  const endless: unknown[] = []
  endless.push(endless)
  await expect(ana.invoke(remotes.double, endless as never)).rejects.toMatchObject(
    refusal('invalidOption', 'it holds itself'),
  )
  for (const path of [undefined, null, 5, ['Workspace', 1]]) {
    await expect(ana.write(path as never, {})).rejects.toMatchObject(
      refusal('invalidOption', 'it is no path'),
    )
  }
})
