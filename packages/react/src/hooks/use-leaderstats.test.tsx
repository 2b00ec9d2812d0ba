import {
  BoolValue,
  Configuration,
  Folder,
  type Instance,
  IntValue,
  NumberValue,
  StringValue,
} from '@banyan/datamodel'
import type { TestPlace } from '@banyan/testing'
import { describe, expect, test } from 'vitest'
import { createRenderCount, modes } from '../../fixtures/modes.ts'
import { mount } from '../../fixtures/mount.tsx'
import { openPlace } from '../../fixtures/place.ts'
import { useLeaderstats } from './use-leaderstats.ts'

describe.each(modes)('useLeaderstats in $name', (mode) => {
  async function setUp(place: TestPlace) {
    const renders = createRenderCount(mode)
    const leaderstats = (player: Instance | undefined) =>
      new Folder({ name: 'leaderstats', ...(player && { parent: player }) })
    function Board() {
      renders.mark('Board')
      const { columns, rows } = useLeaderstats()
      const lines = rows.map(({ name, values }) =>
        [name, ...columns.map((column) => values[column] ?? '-')].join(' '),
      )
      return [columns.join(), ...lines].join(' | ')
    }
    const view = await mount(place, <Board />, mode)
    await place.advance(100)
    await place.join('Bea')
    await place.tick()
    const [first, second] = place.server.players.getPlayers()
    if (first === undefined || second === undefined) throw new Error('two players were expected')
    renders.take('Board')
    return { view, renders, first, second, leaderstats }
  }

  test('HK17: columns in the order of their making, rows by the first of them, one render per patch', async () => {
    await using place = await openPlace()
    const { view, renders, first, second, leaderstats } = await setUp(place)
    expect(view.text()).toBe(' | Ana | Bea')
    const mine = leaderstats(first)
    const others = leaderstats(second)
    const points = new IntValue({ name: 'Points', value: 3, parent: mine })
    new StringValue({ name: 'Rank', value: 'novice', parent: mine })
    new IntValue({ name: 'Points', value: 5, parent: others })
    await place.tick()
    expect([view.text(), renders.take('Board')]).toEqual(['Points,Rank | Bea 5 - | Ana 3 novice', 1])
    points.value = 9
    await place.tick()
    expect([view.text(), renders.take('Board')]).toEqual(['Points,Rank | Ana 9 novice | Bea 5 -', 1])
  })

  test('HK17: IsPrimary comes first, then higher Priority', async () => {
    await using place = await openPlace()
    const { view, first, leaderstats } = await setUp(place)
    const mine = leaderstats(first)
    const wins = new IntValue({ name: 'Wins', value: 1, parent: mine })
    const time = new NumberValue({ name: 'Time', value: 2, parent: mine })
    const laps = new IntValue({ name: 'Laps', value: 3, parent: mine })
    new NumberValue({ name: 'Priority', value: 1, parent: time })
    new BoolValue({ name: 'IsPrimary', value: true, parent: laps })
    expect(wins.parent).toBe(mine)
    await place.tick()
    expect(view.text()).toBe('Laps,Time,Wins | Ana 3 2 1 | Bea - - -')
  })

  test('HK17: a Priority below 0 comes behind what has none, and any class may hold the statistics', async () => {
    await using place = await openPlace()
    const { view, first } = await setUp(place)
    const mine = new Configuration({ name: 'leaderstats', parent: first })
    const time = new NumberValue({ name: 'Time', value: 2, parent: mine })
    new NumberValue({ name: 'Priority', value: -1, parent: time })
    new IntValue({ name: 'Wins', value: 1, parent: mine })
    await place.tick()
    expect(view.text()).toBe('Wins,Time | Ana 1 2 | Bea - -')
  })

  test('HK17: numbers, and words that every object has, are names of statistics like any others', async () => {
    await using place = await openPlace()
    const { view, first, second, leaderstats } = await setUp(place)
    const mine = leaderstats(first)
    for (const [index, name] of ['2', '1', '__proto__', 'constructor'].entries()) {
      new IntValue({ name, value: index, parent: mine })
    }
    new IntValue({ name: '2', value: 7, parent: leaderstats(second) })
    await place.tick()
    expect(view.text()).toBe('2,1,__proto__,constructor | Bea 7 - - - | Ana 0 1 2 3')
  })

  test('HK18: what is not on the board renders nothing', async () => {
    await using place = await openPlace()
    const { renders, first, leaderstats } = await setUp(place)
    new IntValue({ name: 'Points', value: 3, parent: leaderstats(first) })
    await place.tick()
    renders.take('Board')
    first.setAttribute('mood', 'good')
    await place.tick()
    new Folder({ name: 'Other', parent: first })
    await place.tick()
    new IntValue({ name: 'Secret', parent: place.game.getService('Workspace') })
    await place.tick()
    expect(renders.take('Board')).toBe(0)
  })
})
