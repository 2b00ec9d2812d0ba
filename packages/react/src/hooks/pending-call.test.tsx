import { defineRemotes, request } from '@banyan/protocol'
import { script } from '@banyan/server'
import { useEffect, useRef } from 'react'
import { unknown } from 'valibot'
import { describe, expect, test } from 'vitest'
import { remotes } from '../../fixtures/definition.ts'
import { modes } from '../../fixtures/modes.ts'
import { mount } from '../../fixtures/mount.tsx'
import { openPlace } from '../../fixtures/place.ts'
import { useRemoteFunction } from './use-remote-function.ts'

const stranger = defineRemotes({ buy: request(unknown(), unknown()) })

describe.each(modes)('a call in $name', (mode) => {
  test('HK22: made once by an effect that StrictMode repeats, it does not stay pending for ever', async () => {
    const shop = script(({ remote }) => {
      remote(remotes.buy).onServerInvoke = () => ({ coins: 7 })
    })
    await using place = await openPlace(shop)
    function Shop() {
      const [buy, { pending, data }] = useRemoteFunction(remotes.buy)
      const hasBought = useRef(false)
      useEffect(() => {
        if (hasBought.current) return
        hasBought.current = true
        void buy({ item: 'sword' })
      }, [buy])
      return pending ? 'pending' : String(data?.coins)
    }
    const view = await mount(place, <Shop />, mode)
    await place.advance(100)
    expect(view.text()).toBe('7')
  })

  test('HK22: refused where it is made, its state tells why, and the promise rejects', async () => {
    await using place = await openPlace()
    let answer: Promise<unknown> = Promise.resolve()
    function Shop() {
      const [buy, { pending, error }] = useRemoteFunction(stranger.buy)
      const onClick = () => {
        answer = buy('sword')
      }
      return (
        <button type="button" onClick={onClick}>
          {pending ? 'pending' : String(error?.message)}
        </button>
      )
    }
    const view = await mount(place, <Shop />, mode)
    await place.advance(100)
    await view.click()
    await expect(answer).rejects.toMatchObject({ code: 'unknownRemote' })
    expect(view.text()).toMatch(/^cannot use remote "buy"/)
  })
})
