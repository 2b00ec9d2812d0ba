import {
  BoolValue,
  Configuration,
  Folder,
  type Instance,
  IntValue,
  NumberValue,
  StringValue,
} from '@banyan/datamodel'
import { describe, expect, test } from 'vitest'
import { createRenderCount, createTestWorld, modes, mount } from '../../fixtures/test-world.tsx'
import { useLeaderstats } from './use-leaderstats.ts'

describe.each(modes)('useLeaderstats in $name', (mode) => {
  async function setUp() {
    const world = createTestWorld()
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
    const view = await mount(world.client, <Board />, mode)
    await world.advance(100)
    const bea = world.createClient({ name: 'Bea' })
    bea.connect()
    await world.advance(100)
    const [first, second] = world.place.players.getPlayers()
    if (first === undefined || second === undefined) throw new Error('two players were expected')
    await world.tick(() => (first.name = 'Ana'))
    renders.take('Board')
    return { world, view, renders, first, second, leaderstats }
  }

  test('HK17: columns in the order of their making, rows by the first of them, one render per patch', async () => {
    const { world, view, renders, first, second, leaderstats } = await setUp()
    expect(view.text()).toBe(' | Ana | Bea')
    let points: IntValue | null = null
    await world.tick(() => {
      const mine = leaderstats(first)
      const others = leaderstats(second)
      points = new IntValue({ name: 'Points', value: 3, parent: mine })
      new StringValue({ name: 'Rank', value: 'novice', parent: mine })
      new IntValue({ name: 'Points', value: 5, parent: others })
    })
    expect([view.text(), renders.take('Board')]).toEqual(['Points,Rank | Bea 5 - | Ana 3 novice', 1])
    await world.tick(() => {
      if (points !== null) points.value = 9
    })
    expect([view.text(), renders.take('Board')]).toEqual(['Points,Rank | Ana 9 novice | Bea 5 -', 1])
  })

  test('HK17: IsPrimary comes first, then higher Priority', async () => {
    const { world, view, first, leaderstats } = await setUp()
    await world.tick(() => {
      const mine = leaderstats(first)
      const wins = new IntValue({ name: 'Wins', value: 1, parent: mine })
      const time = new NumberValue({ name: 'Time', value: 2, parent: mine })
      const laps = new IntValue({ name: 'Laps', value: 3, parent: mine })
      new NumberValue({ name: 'Priority', value: 1, parent: time })
      new BoolValue({ name: 'IsPrimary', value: true, parent: laps })
      expect(wins.parent).toBe(mine)
    })
    expect(view.text()).toBe('Laps,Time,Wins | Ana 3 2 1 | Bea - - -')
  })

  test('HK17: a Priority below 0 comes behind what has none, and any class may hold the statistics', async () => {
    const { world, view, first } = await setUp()
    await world.tick(() => {
      const mine = new Configuration({ name: 'leaderstats', parent: first })
      const time = new NumberValue({ name: 'Time', value: 2, parent: mine })
      new NumberValue({ name: 'Priority', value: -1, parent: time })
      new IntValue({ name: 'Wins', value: 1, parent: mine })
    })
    expect(view.text()).toBe('Wins,Time | Ana 1 2 | Bea - -')
  })

  test('HK17: numbers, and words that every object has, are names of statistics like any others', async () => {
    const { world, view, first, second, leaderstats } = await setUp()
    await world.tick(() => {
      const mine = leaderstats(first)
      for (const [index, name] of ['2', '1', '__proto__', 'constructor'].entries()) {
        new IntValue({ name, value: index, parent: mine })
      }
      new IntValue({ name: '2', value: 7, parent: leaderstats(second) })
    })
    expect(view.text()).toBe('2,1,__proto__,constructor | Bea 7 - - - | Ana 0 1 2 3')
  })

  test('HK18: what is not on the board renders nothing', async () => {
    const { world, renders, first, leaderstats } = await setUp()
    await world.tick(() => new IntValue({ name: 'Points', value: 3, parent: leaderstats(first) }))
    renders.take('Board')
    await world.tick(() => first.setAttribute('mood', 'good'))
    await world.tick(() => new Folder({ name: 'Other', parent: first }))
    await world.tick(() => new IntValue({ name: 'Secret', parent: world.place.game.getService('Workspace') }))
    expect(renders.take('Board')).toBe(0)
  })
})
