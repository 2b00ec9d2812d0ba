import { expect, it, vi } from 'vitest'
import { createFakePeer } from '../../fixtures/fake-peer.ts'
import { createTestPlace, createTree } from '../../fixtures/place.ts'
import { invokeHandlerOf, onHandlerSet, RemoteFunction } from './remote-function.ts'

function setUpClient() {
  const place = createTestPlace()
  const peer = createFakePeer()
  new RemoteFunction({ name: 'Buy', parent: place.workspace })
  const { replica } = place.join('Ana', { peer })
  const remote = replica.workspace.findFirstChild('Buy', RemoteFunction)
  if (remote === null) throw new Error('the remote is there')
  return { ...replica, peer, remote }
}

it('PC13 a client invokes the server, with options of its own if it likes', async () => {
  const { remote, peer } = setUpClient()
  expect(await remote.invokeServer('apple')).toBe('answer')
  const { signal } = new AbortController()
  await remote.with({ deadlineMs: 50, signal }).invokeServer('pear', 2)
  expect(peer.calls).toEqual([
    ['invokeServer', 'Buy', {}, 'apple'],
    ['invokeServer', 'Buy', { deadlineMs: 50, signal }, 'pear', 2],
  ])
})

it('PC13 on the wrong side invoking throws, and so does setting a handler', () => {
  const { workspace } = createTree('server', { peer: createFakePeer() })
  const remote = new RemoteFunction({ name: 'Buy', parent: workspace })
  expect(() => void remote.invokeServer()).toThrow(
    'cannot invokeServer "Buy" on the server: only the client does that. On the server, call the handler, or use a BindableFunction.',
  )
  const client = setUpClient()
  expect(() => {
    client.remote.onServerInvoke = () => 1
  }).toThrow('cannot set onServerInvoke of "Buy" on the client: the server answers. Use invokeServer.')
  expect(() => void new RemoteFunction().invokeServer()).toThrow(expect.objectContaining({ code: 'noPeer' }))
})

it('PC14 the last handler wins, null removes it, and whoever waits for one hears of each', () => {
  const { workspace } = createTree('server')
  const remote = new RemoteFunction({ name: 'Buy', parent: workspace })
  const isSet = vi.fn()
  const stop = onHandlerSet(remote, isSet)
  expect(invokeHandlerOf(remote)).toBeNull()
  const [first, second] = [() => 1, () => 2]
  remote.onServerInvoke = first
  remote.onServerInvoke = second
  expect(invokeHandlerOf(remote)).toBe(second)
  remote.onServerInvoke = null
  expect(invokeHandlerOf(remote)).toBeNull()
  expect(isSet).toHaveBeenCalledTimes(2)
  stop()
  remote.onServerInvoke = first
  expect(isSet).toHaveBeenCalledTimes(2)
})

it('PC14 one that waits may stop while it is called', () => {
  const remote = new RemoteFunction()
  const heard: string[] = []
  const stops = ['a', 'b'].map((name) =>
    onHandlerSet(remote, () => {
      heard.push(name)
      for (const stop of stops) stop()
    }),
  )
  remote.onServerInvoke = () => 1
  remote.onServerInvoke = () => 2
  expect(heard).toEqual(['a'])
})
