import { Folder, type Instance, IntValue, Model, type Player, type Players } from '@banyan/datamodel'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { Racer } from '../../fixtures/definition.ts'
import { createRenderCount, modes } from '../../fixtures/modes.ts'
import { mount } from '../../fixtures/mount.tsx'
import { addValue, onClient, openPlace } from '../../fixtures/place.ts'
import { useAttribute } from './use-attribute.ts'
import { useChildren } from './use-children.ts'
import { useLocalPlayer } from './use-local-player.ts'
import { usePlayers } from './use-players.ts'
import { useProperty } from './use-property.ts'
import { useService } from './use-service.ts'

describe.each(modes)('reading hooks in $name', (mode) => {
  test('HK11: useChildren gives one array until membership or order changes, filtered by class', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    const workspace = place.game.getService('Workspace')
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
    const view = await mount(place, <Names />, mode)
    await place.advance(100)
    expect(view.text()).toBe('Ana')
    renders.take('Names')
    seen.clear()
    ana.lap = 3
    await place.tick()
    new Folder({ name: 'Props', parent: workspace })
    await place.tick()
    workspace.setAttribute('weather', 'rain')
    await place.tick()
    expect(renders.take('Names')).toBe(0)
    new Racer({ name: 'Bea', parent: workspace })
    new Racer({ name: 'Cem', parent: workspace })
    await place.tick()
    expect([view.text(), renders.take('Names'), seen.size]).toEqual(['Ana,Bea,Cem', 1, 1])
    ana.destroy()
    await place.tick()
    expect([view.text(), renders.take('Names')]).toEqual(['Bea,Cem', 1])
  })

  test('HK12: children of what is gone are none, and of a path they wait', async () => {
    await using place = await openPlace()
    const workspace = place.game.getService('Workspace')
    const track = new Model({ name: 'Track', parent: workspace })
    new Folder({ name: 'Start', parent: track })
    function Count({ parent }: { readonly parent: Instance | null | string }) {
      return useChildren(parent).length
    }
    const view = await mount(place, <Count parent="Workspace.Track" />, mode)
    expect(view.text()).toBe('loading')
    await place.advance(100)
    expect(view.text()).toBe('1')
    await view.show(<Count parent={onClient(place, track)} />)
    track.destroy()
    await place.tick()
    expect(view.text()).toBe('0')
    await view.show(<Count parent={null} />)
    expect(view.text()).toBe('0')
  })

  test('HK13: useProperty and useAttribute render for what they name alone', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    const ana = new Racer({ name: 'Ana', parent: place.game.getService('Workspace') })
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
    const view = await mount(place, null, mode)
    await place.advance(100)
    const racer = onClient(place, ana)
    await view.show([<Lap key="1" racer={racer} />, <Name key="2" />, <Team key="3" />])
    expect(view.text()).toBe('lap 0 Ana null')
    for (const name of ['Lap', 'Name', 'Team']) renders.take(name)
    ana.color = 'blue'
    await place.tick()
    ana.setAttribute('speed', 3)
    await place.tick()
    expect(['Lap', 'Name', 'Team'].map(renders.take)).toEqual([0, 0, 0])
    ana.lap = 2
    await place.tick()
    ana.setAttribute('team', 'red')
    await place.tick()
    expect(['Lap', 'Name', 'Team'].map(renders.take)).toEqual([1, 0, 1])
    expect(view.text()).toBe('lap 2 Ana red')
    await view.show(<Lap racer={racer} />)
    ana.destroy()
    await place.tick()
    expect(view.text()).toBe('lap null ')
  })

  test('HK14: a local player that was hidden and is shown again is the new handle', async () => {
    await using place = await openPlace()
    const seen: Player[] = []
    function Name() {
      const player = useLocalPlayer()
      seen.push(player)
      return player.name
    }
    const view = await mount(place, <Name />, mode)
    await place.advance(100)
    const [player] = place.server.players.getPlayers()
    const { client } = place.player(player?.name ?? '')
    const first = client.localPlayer
    expect([view.text(), seen.at(-1)]).toEqual([player?.name, first])
    if (player !== undefined) player.visibleTo = 'nobody'
    await place.advance(100)
    expect([client.localPlayer, first?.isDestroyed]).toEqual([first, true])
    if (player !== undefined) player.visibleTo = 'everyone'
    await place.advance(100)
    expect(client.localPlayer).not.toBe(first)
    expect([client.localPlayer?.isDestroyed, seen.at(-1) === client.localPlayer]).toEqual([false, true])
  })

  test('HK14: usePlayers and useLocalPlayer follow who is there', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    function Who() {
      renders.mark('Who')
      const local = useLocalPlayer()
      return usePlayers()
        .map((player) => (player === local ? `(${player.name})` : player.name))
        .join()
    }
    const view = await mount(place, <Who />, mode)
    await place.advance(100)
    const [own] = place.server.players.getPlayers()
    expect(view.text()).toBe(`(${own?.name})`)
    renders.take('Who')
    const other = await place.join('Bea')
    await place.tick()
    expect([view.text(), renders.take('Who')]).toEqual([`(${own?.name}),Bea`, 1])
    await other.leave()
    await place.tick()
    expect([view.text(), renders.take('Who')]).toEqual([`(${own?.name})`, 1])
  })

  test('HK15: useService suspends until the join and outlives a lost connection', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    function Service() {
      renders.mark('Service')
      const players = useService('Players')
      expectTypeOf(players).toEqualTypeOf<Players>()
      return players.className
    }
    const view = await mount(place, <Service />, mode)
    expect(view.text()).toBe('loading')
    await place.advance(100)
    expect(view.text()).toBe('Players')
    place.player('Ana').network.cut()
    await place.rest()
    expect(view.text()).toBe('Players')
    renders.take('Service')
    await place.advance(1000)
    expect(renders.take('Service')).toBe(0)
  })

  test('HK16: a short outage re-renders only what changed meanwhile', async () => {
    await using place = await openPlace()
    const renders = createRenderCount(mode)
    const calm = addValue(place, 'Calm', 1)
    const busy = addValue(place, 'Busy', 1)
    function Value({ name }: { readonly name: string }) {
      renders.mark(name)
      return Number(useProperty(`ReplicatedStorage.${name}`, 'value'))
    }
    const view = await mount(place, [<Value key="1" name="Calm" />, <Value key="2" name="Busy" />], mode)
    await place.advance(6000)
    const { client, network } = place.player('Ana')
    const before = [onClient(place, calm), client.localPlayer]
    for (const name of ['Calm', 'Busy']) renders.take(name)
    network.block()
    busy.value = 2
    await place.tick()
    expect([client.state.kind, view.text()]).toEqual(['reconnecting', '11'])
    network.heal()
    await place.advance(1000)
    expect(client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    expect(view.text()).toBe('12')
    expect(['Calm', 'Busy'].map(renders.take)).toEqual([0, 1])
    expect([onClient(place, calm), client.localPlayer]).toEqual(before)
  })
})

test('HK13: a property that the class does not have is an error that names it', async () => {
  await using place = await openPlace()
  new IntValue({ name: 'Count', parent: place.game.getService('Workspace') })
  function Wrong() {
    return String(useProperty('Workspace.Count', 'valeu'))
  }
  const view = await mount(place, <Wrong />)
  await place.advance(100)
  expect(view.text()).toContain('cannot read "valeu" of "Count": IntValue has no such property')
})
