import { Folder, type Instance, IntValue, Model, type Players } from '@banyan/datamodel'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  addValue,
  createRenderCount,
  createTestWorld,
  modes,
  mount,
  Racer,
} from '../../fixtures/test-world.tsx'
import { useAttribute } from './use-attribute.ts'
import { useChildren } from './use-children.ts'
import { useLocalPlayer } from './use-local-player.ts'
import { usePlayers } from './use-players.ts'
import { useProperty } from './use-property.ts'
import { useService } from './use-service.ts'

describe.each(modes)('reading hooks in $name', (mode) => {
  test('HK11: useChildren gives one array until membership or order changes, filtered by class', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    const workspace = world.place.game.getService('Workspace')
    const ana = new Racer({ name: 'Ana', parent: workspace })
    new Folder({ name: 'Track', parent: workspace })
    const seen = new Set<readonly Instance[]>()
    function Names() {
      renders.mark('Names')
      const racers = useChildren(useService('Workspace'), Racer)
      expectTypeOf(racers).toEqualTypeOf<readonly Racer[]>()
      seen.add(racers)
      return racers.map(({ name }) => name).join()
    }
    const view = await mount(world.client, <Names />, mode)
    await world.advance(100)
    expect(view.text()).toBe('Ana')
    renders.take('Names')
    seen.clear()
    await world.tick(() => (ana.lap = 3))
    await world.tick(() => new Folder({ name: 'Props', parent: workspace }))
    await world.tick(() => workspace.setAttribute('weather', 'rain'))
    expect(renders.take('Names')).toBe(0)
    await world.tick(() => {
      new Racer({ name: 'Bea', parent: workspace })
      new Racer({ name: 'Cem', parent: workspace })
    })
    expect([view.text(), renders.take('Names'), seen.size]).toEqual(['Ana,Bea,Cem', 1, 1])
    await world.tick(() => ana.destroy())
    expect([view.text(), renders.take('Names')]).toEqual(['Bea,Cem', 1])
  })

  test('HK12: children of what is gone are none, and of a path they wait', async () => {
    const world = createTestWorld()
    const workspace = world.place.game.getService('Workspace')
    const track = new Model({ name: 'Track', parent: workspace })
    new Folder({ name: 'Start', parent: track })
    function Count({ parent }: { readonly parent: Instance | null | string }) {
      return useChildren(parent).length
    }
    const view = await mount(world.client, <Count parent="Workspace.Track" />, mode)
    expect(view.text()).toBe('loading')
    await world.advance(100)
    expect(view.text()).toBe('1')
    await view.show(<Count parent={world.onClient(track)} />)
    await world.tick(() => track.destroy())
    expect(view.text()).toBe('0')
    await view.show(<Count parent={null} />)
    expect(view.text()).toBe('0')
  })

  test('HK13: useProperty and useAttribute render for what they name alone', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    const ana = new Racer({ name: 'Ana', parent: world.place.game.getService('Workspace') })
    function Lap({ racer }: { readonly racer: Racer }) {
      renders.mark('Lap')
      const lap = useProperty(racer, 'lap')
      expectTypeOf(lap).toEqualTypeOf<number | null>()
      return `lap ${lap} `
    }
    function Name() {
      renders.mark('Name')
      return `${useProperty('Workspace.Ana', 'name', Racer)} `
    }
    function Team() {
      renders.mark('Team')
      return String(useAttribute('Workspace.Ana', 'team'))
    }
    const view = await mount(world.client, null, mode)
    await world.advance(100)
    const racer = world.onClient(ana)
    await view.show([<Lap key="1" racer={racer} />, <Name key="2" />, <Team key="3" />])
    expect(view.text()).toBe('lap 0 Ana null')
    for (const name of ['Lap', 'Name', 'Team']) renders.take(name)
    await world.tick(() => (ana.color = 'blue'))
    await world.tick(() => ana.setAttribute('speed', 3))
    expect(['Lap', 'Name', 'Team'].map(renders.take)).toEqual([0, 0, 0])
    await world.tick(() => (ana.lap = 2))
    await world.tick(() => ana.setAttribute('team', 'red'))
    expect(['Lap', 'Name', 'Team'].map(renders.take)).toEqual([1, 0, 1])
    expect(view.text()).toBe('lap 2 Ana red')
    await view.show(<Lap racer={racer} />)
    await world.tick(() => ana.destroy())
    expect(view.text()).toBe('lap null ')
  })

  test('HK14: usePlayers and useLocalPlayer follow who is there', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    function Who() {
      renders.mark('Who')
      const local = useLocalPlayer()
      return usePlayers()
        .map((player) => (player === local ? `(${player.name})` : player.name))
        .join()
    }
    const view = await mount(world.client, <Who />, mode)
    await world.advance(100)
    const [own] = world.place.players.getPlayers()
    expect(view.text()).toBe(`(${own?.name})`)
    renders.take('Who')
    const other = world.createClient({ name: 'Bea' })
    other.connect()
    await world.advance(100)
    expect([view.text(), renders.take('Who')]).toEqual([`(${own?.name}),Bea`, 1])
    other.close()
    await world.advance(100)
    expect([view.text(), renders.take('Who')]).toEqual([`(${own?.name})`, 1])
  })

  test('HK15: useService suspends until the join and outlives a lost connection', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    function Service() {
      renders.mark('Service')
      const players = useService('Players')
      expectTypeOf(players).toEqualTypeOf<Players>()
      return players.className
    }
    const view = await mount(world.client, <Service />, mode)
    expect(view.text()).toBe('loading')
    await world.advance(100)
    expect(view.text()).toBe('Players')
    await world.cut()
    expect(view.text()).toBe('Players')
    renders.take('Service')
    await world.advance(1000)
    expect(renders.take('Service')).toBe(0)
  })

  test('HK16: a short outage re-renders only what changed meanwhile', async () => {
    const world = createTestWorld()
    const renders = createRenderCount(mode)
    const calm = addValue(world.place, 'Calm', 1)
    const busy = addValue(world.place, 'Busy', 1)
    function Value({ name }: { readonly name: string }) {
      renders.mark(name)
      return Number(useProperty(`ReplicatedStorage.${name}`, 'value'))
    }
    const view = await mount(
      world.client,
      [<Value key="1" name="Calm" />, <Value key="2" name="Busy" />],
      mode,
    )
    await world.advance(6000)
    const before = [world.onClient(calm), world.client.localPlayer]
    for (const name of ['Calm', 'Busy']) renders.take(name)
    await world.cut()
    await world.tick(() => (busy.value = 2))
    expect(view.text()).toBe('11')
    await world.advance(1000)
    expect(world.client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    expect(view.text()).toBe('12')
    expect(['Calm', 'Busy'].map(renders.take)).toEqual([0, 1])
    expect([world.onClient(calm), world.client.localPlayer]).toEqual(before)
  })
})

test('HK13: a property that the class does not have is an error that names it', async () => {
  const world = createTestWorld()
  new IntValue({ name: 'Count', parent: world.place.game.getService('Workspace') })
  function Wrong() {
    return String(useProperty('Workspace.Count', 'valeu'))
  }
  const view = await mount(world.client, <Wrong />)
  await world.advance(100)
  expect(view.text()).toContain('cannot read "valeu" of "Count": IntValue has no such property')
})
