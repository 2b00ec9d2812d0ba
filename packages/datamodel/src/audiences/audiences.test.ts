import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, namesOf, operationsFor } from '../../fixtures/place.ts'
import { addPlayer } from '../classes/players.ts'
import { Folder, Team } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import { causedOperations } from '../tree/caused-operations.ts'
import { isVisibleNow } from '../tree/visibility.ts'
import { createAudiences } from './audiences.ts'

function setUp() {
  const place = createTestPlace()
  const [ana, bo] = [place.join('Ana'), place.join('Bo')]
  const audiences = createAudiences(place.game)
  const box = new Folder({ name: 'box', parent: place.workspace })
  place.commit()
  return {
    ...place,
    audiences,
    ana: ana.player,
    bo: bo.player,
    anas: ana.replica,
    bos: bo.replica,
    box,
  }
}

const names = ({ workspace }: { workspace: Instance }) => namesOf(workspace.getDescendants())

describe('a named audience', () => {
  it('VW13 brings what is visible to it, whole, and takes it away, once for all whom it concerns', () => {
    const { commit, ana, bo, anas, bos, box, audiences } = setUp()
    const north = audiences.create('north')
    box.visibleTo = north
    const coin = new Folder({ name: 'coin', parent: box })
    commit()
    north.add(ana)
    north.add(bo)
    const arrival = commit()
    expect(arrival.segments.size).toBe(0)
    expect([...arrival.arrivals.values()].map((operations) => operations.length)).toEqual([2])
    expect([names(anas), names(bos)]).toEqual([
      ['box', 'coin'],
      ['box', 'coin'],
    ])
    north.remove(bo)
    const departure = commit()
    expect(operationsFor(departure, bo.id)).toEqual([{ kind: 'remove', id: box.id }])
    expect(operationsFor(departure, ana.id)).toEqual([])
    coin.name = 'gold'
    const patch = commit()
    expect([operationsFor(patch, ana.id).length, operationsFor(patch, bo.id).length]).toEqual([1, 0])
  })

  it('VW13 counts what it is at the commit: in and out again is nothing', () => {
    const { commit, game, ana, box, audiences } = setUp()
    const north = audiences.create('north')
    box.visibleTo = north
    commit()
    const { seq } = game.snapshot
    north.add(ana)
    expect([north.has(ana), isVisibleNow(box, ana.id)]).toEqual([true, true])
    north.remove(ana)
    expect([north.has(ana), isVisibleNow(box, ana.id)]).toEqual([false, false])
    expect(commit().changes.size).toBe(0)
    expect(game.snapshot.seq).toBe(seq)
  })

  it('VW15 is found by its name, which it alone has', () => {
    const { audiences, ana, bo, game } = setUp()
    const north = audiences.create('north')
    expect([audiences.find('north'), audiences.find('south')]).toEqual([north, null])
    expect(createAudiences(game).find('north')).toBe(north)
    expect(() => audiences.create('north')).toThrow(
      'cannot create audience "north": there is one of that name. Use find(), or choose another.',
    )
    audiences.when('rich', { dependsOn: [], test: () => true })
    expect(audiences.find('rich')).toBeNull()
    expect(() => audiences.create('rich')).toThrow(
      'cannot create audience "rich": there is one of that name. Keep what when() returned, or choose another.',
    )
    expect(() => audiences.create('')).toThrow(expect.objectContaining({ code: 'invalidName' }))
    north.add(bo)
    north.add(ana)
    north.add(bo)
    expect(north.players).toEqual([bo, ana])
    north.destroy()
    north.destroy()
    expect([north.isDestroyed, north.players, audiences.find('north')]).toEqual([true, [], null])
    expect(audiences.create('north')).not.toBe(north)
    north.remove(ana)
    expect(() => north.add(ana)).toThrow(
      'cannot add "Ana" to audience "north": it is destroyed. Create another one.',
    )
  })

  it('VW15 takes players of its own place alone, and none who has left', () => {
    const { audiences, commit, ana, box, replicas } = setUp()
    const north = audiences.create('north')
    expect(() => north.add(box as never)).toThrow(expect.objectContaining({ code: 'invalidValue' }))
    const other = createTree('server')
    const stranger = addPlayer(other.game, { userId: 'x', name: 'X' })
    expect(() => north.add(stranger)).toThrow(expect.objectContaining({ code: 'otherDataModel' }))
    north.add(ana)
    ;(replicas as Map<unknown, unknown>).delete(ana)
    ana.destroy()
    commit()
    north.add(ana)
    expect([north.has(ana), north.players]).toEqual([false, []])
    expect(() => createAudiences(createTree('client').game)).toThrow(
      expect.objectContaining({ code: 'wrongSide' }),
    )
  })

  it('VW17 that is destroyed hides what is visible to it', () => {
    const { commit, ana, anas, box, audiences } = setUp()
    const north = audiences.create('north')
    north.add(ana)
    box.visibleTo = north
    commit()
    expect(names(anas)).toEqual(['box'])
    north.destroy()
    commit()
    expect(names(anas)).toEqual([])
    expect(box.visibleTo).toBe(north)
  })

  it('CA5 what comes and goes with it tells the cause of the last change', () => {
    const { game, commit, ana, box, audiences } = setUp()
    const north = audiences.create('north')
    box.visibleTo = north
    commit()
    game.queue.cause = 7
    north.add(ana)
    game.queue.cause = 0
    const [told] = causedOperations(commit())
    expect(told).toMatchObject({ cause: 7, operation: { kind: 'create', id: box.id } })
  })
})

describe('a predicate', () => {
  function setUpPredicate() {
    const place = setUp()
    const door = new Folder({ name: 'door', parent: place.workspace })
    const asked: string[] = []
    const open = place.audiences.when('open', {
      dependsOn: [door],
      test: (player) => {
        asked.push(player.name)
        return (
          door.parent !== null &&
          door.getAttribute('isOpen') === true &&
          player.getAttribute('isBanned') !== true
        )
      },
    })
    place.box.visibleTo = open
    place.commit()
    asked.length = 0
    return { ...place, door, asked, open }
  }

  it('VW16 is asked again for all at a commit that touches what it depends on, and only then', () => {
    const { commit, door, anas, bos, asked, open, ana, bo, box } = setUpPredicate()
    expect([names(anas), names(bos)]).toEqual([['door'], ['door']])
    box.name = 'chest'
    commit()
    expect(asked).toEqual([])
    door.setAttribute('isOpen', true)
    commit()
    expect(asked).toEqual(['Ana', 'Bo'])
    expect([names(anas), open.players]).toEqual([
      ['chest', 'door'],
      [ana, bo],
    ])
    door.destroy()
    commit()
    expect([names(bos), open.players]).toEqual([[], []])
  })

  it('VW16 is asked for one who joins, or whose Player was touched', () => {
    const { commit, door, asked, bo, bos, join } = setUpPredicate()
    door.setAttribute('isOpen', true)
    commit()
    asked.length = 0
    bo.setAttribute('isBanned', true)
    commit()
    expect(asked).toEqual(['Bo'])
    expect(names(bos)).toEqual(['door'])
    const { replica } = join('Cy')
    expect(names(replica)).toEqual(['box', 'door'])
    expect(asked).toEqual(['Bo', 'Cy'])
  })

  it('VW16 that throws, or answers with something else than true, is false, and reported', () => {
    const { commit, server, audiences, box, anas, bos, ana } = setUp()
    box.visibleTo = audiences.when('shaky', {
      dependsOn: [],
      test: (player) => {
        if (player === ana) throw new Error('no idea')
        return 'yes' as never
      },
    })
    commit()
    expect([names(anas), names(bos)]).toEqual([[], []])
    expect(server.reports).toMatchObject([
      { error: { message: 'no idea' }, source: 'test of audience "shaky"' },
    ])
  })

  it('VW16 needs a test, and instances of its own place', () => {
    const { audiences, workspace } = setUp()
    expect(() => audiences.when('a', { dependsOn: [new Folder()], test: () => true })).toThrow(
      expect.objectContaining({ code: 'invalidValue' }),
    )
    expect(() => audiences.when('a', { dependsOn: [workspace], test: null as never })).toThrow(
      expect.objectContaining({ code: 'invalidValue' }),
    )
    expect(audiences.find('a')).toBeNull()
  })
})

it('VW13 work is for what changed: a team of many who see nothing of their own costs no operation', () => {
  const { game, commit, ana } = setUp()
  ana.team = new Team({ parent: game.getService('Teams') })
  commit()
  ana.team = null
  const patch = commit()
  expect([patch.arrivals.size, patch.departures.size]).toEqual([0, 0])
})
