import { Folder, type Instance, NumberValue, RemoteEvent, RemoteFunction } from '@banyan/datamodel'
import { decodeArguments, defineGame, defineRemotes, request, toClient, toServer } from '@banyan/protocol'
import { pipe, regex, string, transform } from 'valibot'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'
import { forPlayer, type ScriptedPlace } from '../../fixtures/scripted-place.ts'

/** Its input is text, its output a number. */
const digits = pipe(string(), regex(/^\d+$/, 'expected digits'), transform(Number))

const contracts = defineRemotes({
  vote: toServer(digits),
  counted: toClient(digits),
  buy: request(digits, digits, { deadlineMs: 2000 }),
})
const other = defineRemotes({ vote: toServer(digits) })
const definition = defineGame({ remotes: contracts })

function makeRemotes(place: ScriptedPlace) {
  const folder = new Folder({ name: 'Remotes', parent: place.game.getService('ReplicatedStorage') })
  return {
    vote: new RemoteEvent({ name: 'vote', parent: folder }),
    counted: new RemoteEvent({ name: 'counted', parent: folder }),
    buy: new RemoteFunction({ name: 'buy', parent: folder }),
  }
}

function createWorld() {
  const world = createScriptedWorld(definition)
  return { ...world, remotes: makeRemotes(world.place) }
}

function argsOf(call: ScriptedPlace['channel']['calls'][number] | undefined): readonly unknown[] {
  if (call === undefined || call.kind === 'cancel') throw new Error('no such call')
  const decoded = decodeArguments(call.args.bytes, call.args.instances, { allowNonFinite: true })
  if (!decoded.ok) throw new Error(decoded.problem)
  return decoded.value
}

describe('remotes', () => {
  test('RC1: fires travel in order, those of one task in one frame, as they were when fired', () => {
    const { client, join, place, remotes, settle } = createWorld()
    join()
    const { fireServer } = client.remote(contracts.vote)
    fireServer('1')
    fireServer('2')
    const loose = client.find('ReplicatedStorage.Remotes.vote', RemoteEvent)
    const changing = { count: 1 }
    loose?.fireServer('3', changing)
    changing.count = 99
    settle()
    expect(place.channel.calls.map((call) => call.kind !== 'cancel' && call.remote)).toEqual([
      remotes.vote.id,
      remotes.vote.id,
      remotes.vote.id,
    ])
    expect(place.channel.calls.map(argsOf)).toEqual([['1'], ['2'], ['3', { count: 1 }]])
    expect(place.channel.acks).toHaveLength(2)
  })

  test('RC2: what is fired before the join waits for it', () => {
    const { client, join, place } = createWorld()
    const { instance, fireServer } = client.remote(contracts.vote)
    expect(instance).toBeNull()
    fireServer('1')
    join()
    expect(place.channel.calls.map(argsOf)).toEqual([['1']])
    expect(client.remote(contracts.vote).instance?.name).toBe('vote')
  })

  test('RC2: what is fired while the connection is lost waits for the session, and is dropped with another one', () => {
    const { client, join, lines, page, place, settle } = createWorld()
    join()
    const { fireServer } = client.remote(contracts.vote)
    place.channel.cut()
    settle()
    fireServer('1')
    place.status = 'resumed'
    page.wake()
    settle()
    expect(place.channel.calls.map(argsOf)).toEqual([['1']])
    place.channel.cut()
    settle()
    fireServer('2')
    place.status = 'new'
    page.wake()
    settle()
    expect(place.channel.calls).toEqual([])
    expect(lines).toEqual([expect.stringContaining('the session is over')])
  })

  test('RC3: handlers of a contract get the output of its schema, and what breaks the schema is reported', () => {
    const { client, join, lines, place, remotes, step } = createWorld()
    const seen: number[] = []
    const { onClientEvent } = client.remote(contracts.counted)
    const connection = onClientEvent.connect((count) => seen.push(count))
    onClientEvent.once((count) => seen.push(count * 100))
    join()
    place.fire(remotes.counted, '4')
    place.fire(remotes.counted, 'four')
    place.fire(remotes.counted, '5')
    step()
    expect(seen).toEqual([4, 400, 5])
    expect(lines).toEqual([expect.stringContaining('expected digits')])
    connection.disconnect()
    expect(connection.connected).toBe(false)
    place.fire(remotes.counted, '6')
    step()
    expect(seen).toHaveLength(3)
  })

  test('RC3: events that came before the first listener are kept for it', () => {
    const { client, join, place, remotes, settle, step } = createWorld()
    join()
    place.fire(remotes.counted, '1')
    step()
    const seen: number[] = []
    client.remote(contracts.counted).onClientEvent.connect((count) => seen.push(count))
    settle()
    expect(seen).toEqual([1])
  })

  test('RC10: listeners follow their contract into a new run of the place', () => {
    const { client, join, page, place, replacePlace, settle } = createWorld()
    const seen: number[] = []
    client.remote(contracts.counted).onClientEvent.connect((count) => seen.push(count))
    join()
    place.channel.cut()
    settle()
    const next = replacePlace()
    const { counted } = makeRemotes(next)
    page.wake()
    settle()
    next.fire(counted, '7')
    next.step()
    settle()
    expect(seen).toEqual([7])
  })

  test('RC11: wait gives the next payload, and rejects when aborted or when the client closes', async () => {
    const { client, join, place, remotes, step } = createWorld()
    join()
    const { onClientEvent } = client.remote(contracts.counted)
    const next = onClientEvent.wait()
    const abort = new AbortController()
    const aborted = onClientEvent.wait({ signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(aborted).rejects.toThrow('enough')
    place.fire(remotes.counted, '3')
    step()
    expect(await next).toBe(3)
    const last = onClientEvent.wait()
    client.close()
    await expect(last).rejects.toMatchObject({ code: 'disconnected' })
  })

  test('RC4: a request is answered with the output of its schema, in its place among the events', async () => {
    const { client, join, place, settle, step } = createWorld()
    join()
    const answer = client.remote(contracts.buy).invokeServer('10')
    settle()
    expect(place.channel.calls).toMatchObject([{ kind: 'request', request: 1, deadlineMs: 2000 }])
    place.answer({ kind: 'answer', request: 1, ok: true, args: forPlayer(['90']) })
    step()
    expect(await answer).toBe(90)
    expectTypeOf(answer).resolves.toBeNumber()
  })

  test.each(['invalid', 'throttled', 'noHandler', 'handlerError', 'unknownRemote'] as const)(
    'RC12: the server refuses a request as %s',
    async (code) => {
      const { client, join, place, settle, step } = createWorld()
      join()
      const answer = client.remote(contracts.buy).invokeServer('10')
      settle()
      place.answer({ kind: 'answer', request: 1, ok: false, code, message: 'the server said so' })
      step()
      await expect(answer).rejects.toMatchObject({
        name: 'RemoteError',
        code,
        message: expect.stringMatching(/^cannot invoke "buy": the server said so\. /),
      })
    },
  )

  test('RC12: an answer that breaks its schema rejects as invalid', async () => {
    const { client, join, place, settle, step } = createWorld()
    join()
    const answer = client.remote(contracts.buy).invokeServer('10')
    settle()
    place.answer({ kind: 'answer', request: 1, ok: true, args: forPlayer([true]) })
    step()
    await expect(answer).rejects.toMatchObject({ code: 'invalid' })
  })

  test('RC9: requests survive a resume, and reject with another session or a close', async () => {
    const { client, join, page, place, settle, step } = createWorld()
    join()
    const { invokeServer } = client.remote(contracts.buy)
    const first = invokeServer('1')
    settle()
    place.channel.cut()
    settle()
    const second = invokeServer('2')
    place.status = 'resumed'
    page.wake()
    settle()
    expect(place.channel.calls.map(argsOf)).toEqual([['2']])
    place.answer({ kind: 'answer', request: 1, ok: true, args: forPlayer(['11']) })
    place.answer({ kind: 'answer', request: 2, ok: true, args: forPlayer(['12']) })
    step()
    expect(await Promise.all([first, second])).toEqual([11, 12])

    const third = invokeServer('3')
    settle()
    place.channel.cut()
    settle()
    place.status = 'new'
    page.wake()
    settle()
    await expect(third).rejects.toMatchObject({ code: 'disconnected' })
    const fourth = invokeServer('4')
    client.close()
    await expect(fourth).rejects.toMatchObject({ code: 'disconnected' })
    await expect(invokeServer('5')).rejects.toMatchObject({ code: 'disconnected' })
  })

  test('RC7: a request ends when its RemoteFunction is destroyed', async () => {
    const { client, join, place, settle, step } = createWorld()
    const loose = new RemoteFunction({ name: 'ask', parent: place.game.getService('Workspace') })
    join()
    const here = client.find('Workspace.ask', RemoteFunction)
    const answer = here?.with({ deadlineMs: 60_000 }).invokeServer(1)
    settle()
    loose.destroy()
    step()
    await expect(answer).rejects.toMatchObject({ code: 'destroyed' })
  })

  test('RC13: instances travel as themselves, those that only this client has as null', () => {
    const { client, join, place, settle } = createWorld()
    const value = new NumberValue({ name: 'Value', parent: place.game.getService('Workspace') })
    join()
    const here = client.game.getInstanceById(value.id) as Instance
    const own = new Folder({ name: 'Own', parent: client.game.getService('Workspace') })
    client.remote(contracts.vote).instance?.fireServer(here, own, new Folder())
    settle()
    expect(argsOf(place.channel.calls[0])).toEqual([value.id, 0, 0])
  })

  test('RC14: wrong use throws where it happens and says the way out', () => {
    const { client, join, remotes } = createWorld()
    join()
    const { instance } = client.remote(contracts.vote)
    expect(() => instance?.fireServer(() => {})).toThrow(expect.objectContaining({ code: 'invalidArgument' }))
    expect(() => client.remote(other.vote)).toThrow(expect.objectContaining({ code: 'unknownRemote' }))
    expect(() => remotes.vote.fireServer('1')).toThrow(/cannot fireServer/)
    client.close()
    expect(() => client.remote(contracts.vote).fireServer('1')).toThrow(
      expect.objectContaining({
        code: 'disconnected',
        message: expect.stringContaining('cannot call "vote"'),
      }),
    )
  })

  test('RC15: types follow the contract', () => {
    const { client } = createWorld()
    expectTypeOf(client.remote(contracts.vote).fireServer).parameter(0).toBeString()
    expectTypeOf(client.remote(contracts.counted).onClientEvent.wait()).resolves.toBeNumber()
    expectTypeOf(client.remote(contracts.buy).invokeServer).parameter(0).toBeString()
  })
})
