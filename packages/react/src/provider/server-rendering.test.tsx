// @vitest-environment node

import { Writable } from 'node:stream'
import { createClient, createMemoryStorage } from '@banyan/client'
import { NumberValue } from '@banyan/datamodel'
import { createManualClock, createMemoryTransport, createSeededRandom } from '@banyan/protocol'
import { type ReactNode, Suspense } from 'react'
import { renderToPipeableStream, renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { definition, remotes } from '../../fixtures/definition.ts'
import { useAttribute } from '../hooks/use-attribute.ts'
import { useChildren } from '../hooks/use-children.ts'
import { useConnection } from '../hooks/use-connection.ts'
import { useCountdown } from '../hooks/use-countdown.ts'
import { useFrame } from '../hooks/use-frame.ts'
import { useInstance } from '../hooks/use-instance.ts'
import { useLeaderstats } from '../hooks/use-leaderstats.ts'
import { useLocalPlayer } from '../hooks/use-local-player.ts'
import { usePlayers } from '../hooks/use-players.ts'
import { useProperty } from '../hooks/use-property.ts'
import { useRemoteEvent } from '../hooks/use-remote-event.ts'
import { useRemoteFunction } from '../hooks/use-remote-function.ts'
import { useServerTime } from '../hooks/use-server-time.ts'
import { useService } from '../hooks/use-service.ts'
import { useSignal } from '../hooks/use-signal.ts'
import { useClient } from './banyan-context.ts'
import { BanyanProvider } from './banyan-provider.tsx'

function createIdleClient() {
  const clock = createManualClock()
  const client = createClient({
    definition,
    transport: createMemoryTransport().client,
    clock,
    random: createSeededRandom(1),
    storage: createMemoryStorage(),
  })
  return { client, clock }
}

const suspending: Readonly<Record<string, () => ReactNode>> = {
  useInstance: () => useInstance('ReplicatedStorage.Round', NumberValue).properties.value,
  useProperty: () => String(useProperty('ReplicatedStorage.Round', 'value')),
  useChildren: () => useChildren('Workspace.Cars').length,
  usePlayers: () => usePlayers().length,
  useLocalPlayer: () => useLocalPlayer().name,
  useLeaderstats: () => useLeaderstats().rows.length,
  useAttribute: () => String(useAttribute('Workspace', 'mood')),
  useService: () => useService('Workspace').name,
  useRemoteFunction: () => {
    useRemoteFunction('ReplicatedStorage.add')
    return 'add'
  },
  useRemoteEvent: () => {
    useRemoteEvent('ReplicatedStorage.Chat')
    return 'chat'
  },
}

describe('rendering to HTML', () => {
  test.each(Object.entries(suspending))('HK35: %s shows its fallback, and leaves no timer', (_name, Hook) => {
    const { client, clock } = createIdleClient()
    const html = renderToString(
      <BanyanProvider client={client}>
        <Suspense fallback="loading">
          <Hook />
        </Suspense>
      </BanyanProvider>,
    )
    expect(html).toContain('loading')
    expect(clock.pending).toBe(0)
    expect(client.state.kind).toBe('idle')
  })

  test('HK36: hooks that do not wait render at once', () => {
    const { client } = createIdleClient()
    function Page() {
      useFrame(() => {})
      useSignal(useClient().game.getService('Workspace').childAdded, () => {})
      useRemoteEvent(remotes.announced, () => {})
      useRemoteEvent(remotes.steer)
      const [, { pending }] = useRemoteFunction(remotes.buy)
      const { seconds, isOver } = useCountdown(Date.UTC(2001))
      return <p>{[useConnection().kind, pending, useServerTime(), seconds, isOver].join(' ')}</p>
    }
    const html = renderToString(
      <BanyanProvider client={client}>
        <Page />
      </BanyanProvider>,
    )
    expect(html).toBe('<p>idle false 0 0 false</p>')
  })

  test('HK37: a streamed page has its shell at once, with the fallback in it, and ends when aborted', async () => {
    const { client } = createIdleClient()
    const Round = suspending['useInstance'] ?? (() => null)
    const html = await new Promise<string>((resolve, reject) => {
      let text = ''
      const sink = new Writable({
        write(chunk, _encoding, done) {
          text += String(chunk)
          done()
        },
        final(done) {
          done()
          resolve(text)
        },
      })
      const stream = renderToPipeableStream(
        <BanyanProvider client={client}>
          <h1>Race</h1>
          <Suspense fallback="loading">
            <Round />
          </Suspense>
        </BanyanProvider>,
        {
          onShellReady() {
            stream.pipe(sink)
            stream.abort(new Error('the page is out'))
          },
          onShellError: reject,
          onError: () => {},
        },
      )
    })
    expect(html).toContain('<h1>Race</h1>')
    expect(html).toContain('loading')
  })
})
