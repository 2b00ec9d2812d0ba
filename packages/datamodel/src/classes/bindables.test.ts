import { describe, expect, it } from 'vitest'
import { createTree } from '../../fixtures/place.ts'
import { BindableEvent, BindableFunction } from './bindables.ts'
import { Folder } from './world.ts'

describe('a BindableEvent', () => {
  it('PC15 tells its listeners, deferred, what a remote would have carried: copies', () => {
    const { game, workspace } = createTree()
    const event = new BindableEvent({ parent: workspace })
    const heard: unknown[][] = []
    event.event.connect((...args) => heard.push(args))
    const list = [1, { a: undefined }]
    event.fire(list, workspace, undefined)
    list.push(2)
    expect(heard).toEqual([])
    game.drain()
    expect(heard).toEqual([[[1, {}], workspace, null]])
    expect(event.event).toBe(event.event)
  })

  it('PC15 tells every fire, also with the same arguments', () => {
    const { game, workspace } = createTree()
    const event = new BindableEvent({ parent: workspace })
    let count = 0
    event.event.connect(() => {
      count += 1
    })
    event.fire(1)
    event.fire(1)
    game.drain()
    expect(count).toBe(2)
  })

  it('PC15 refuses what cannot travel, at the call', () => {
    const event = new BindableEvent()
    expect(() => event.fire({ f: () => 1 })).toThrow(
      'cannot send "args[0].f": a function cannot travel. Send plain data.',
    )
  })

  it('PC15 works outside of a DataModel, and ends when it is destroyed', async () => {
    const event = new BindableEvent()
    const heard: unknown[] = []
    event.event.connect((value) => heard.push(value))
    event.fire(1)
    await Promise.resolve()
    event.destroy()
    event.fire(2)
    await Promise.resolve()
    expect(heard).toEqual([1])
  })
})

describe('a BindableFunction', () => {
  it('PC16 answers with copies in both directions', async () => {
    const ask = new BindableFunction()
    const kept: unknown[] = []
    ask.onInvoke = async (value) => {
      kept.push(value)
      return value
    }
    const question = { items: [1] }
    const answer = await ask.invoke(question)
    expect(answer).toEqual(question)
    expect(answer).not.toBe(kept[0])
    expect(kept[0]).not.toBe(question)
    const folder = new Folder()
    expect(await ask.invoke(folder)).toBe(folder)
    expect(await ask.invoke()).toBeNull()
  })

  it('PC16 uses the last handler that was set', async () => {
    const ask = new BindableFunction()
    ask.onInvoke = () => 1
    ask.onInvoke = () => 2
    expect(await ask.invoke()).toBe(2)
  })

  it('PC16 rejects without a handler, when it is destroyed, with what the handler throws, and with what cannot travel', async () => {
    const ask = new BindableFunction({ name: 'Price' })
    await expect(ask.invoke()).rejects.toThrow(
      'cannot invoke "Price": it has no handler. Set onInvoke first.',
    )
    const error = new Error('broken')
    ask.onInvoke = () => {
      throw error
    }
    await expect(ask.invoke()).rejects.toBe(error)
    ask.onInvoke = () => () => 1
    await expect(ask.invoke()).rejects.toMatchObject({ code: 'invalidArgument' })
    await expect(ask.invoke(Symbol('s'))).rejects.toMatchObject({ code: 'invalidArgument' })
    ask.onInvoke = null
    await expect(ask.invoke()).rejects.toMatchObject({ code: 'notFound' })
    ask.destroy()
    await expect(ask.invoke()).rejects.toMatchObject({ code: 'destroyed' })

    const slow = new BindableFunction({ name: 'Slow' })
    slow.onInvoke = () => new Promise(() => {})
    const waiting = slow.invoke()
    slow.destroy()
    await expect(waiting).rejects.toMatchObject({ code: 'destroyed' })
  })
})
