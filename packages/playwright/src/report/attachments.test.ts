import { TestingError } from '@banyan/testing'
import type { TestHost } from '@banyan/testing/host'
import type { BrowserContext, Page, TestInfo } from '@playwright/test'
import { expect, test } from 'vitest'
import { createWorldPlayer, type OwnedPlayer } from '../player/create-world-player.ts'
import { attachWorld } from './attachments.ts'

/** Where no place runs, since nobody has joined one. */
const host = {
  isVirtual: false,
  network: {},
  place(name: string) {
    throw new TestingError('unknownPlace', `cannot find the place "${name}": none runs yet.`)
  },
  timeline: () => 'nothing was said',
} as unknown as TestHost

/** A page that loads, and has no door. */
const page = {
  isClosed: () => false,
  goto: async () => null,
  url: () => 'about:blank',
  evaluate: async () => null,
} as unknown as Page

async function createStray(name: string): Promise<OwnedPlayer> {
  const stray = createWorldPlayer({
    name,
    context: {} as BrowserContext,
    page,
    host,
    addressOf: (path) => path,
    placeOf: (path) => path.slice(1),
    advance: async () => {},
  })
  await expect(stray.open('/nope')).rejects.toMatchObject({ code: 'noDoor' })
  return stray
}

async function attachmentsOf(members: readonly OwnedPlayer[]): Promise<ReadonlyMap<string, string>> {
  const attached = new Map<string, string>()
  const attach = async (name: string, { body }: { readonly body: string }) => void attached.set(name, body)
  await attachWorld({ attach } as unknown as TestInfo, { host, members })
  return attached
}

test('PW25 a player whose page is in no place has a report like everybody', async () => {
  const ana = await createStray('Ana')
  expect(ana.player).toBeNull()
  const attached = await attachmentsOf([ana])
  expect([...attached.keys()]).toEqual(['Ana.tree.txt', 'server.nope.tree.txt', 'messages.nope.txt'])
  expect(attached.get('Ana.tree.txt')).toContain('has no door')
  expect(attached.get('server.nope.tree.txt')).toContain('cannot find the place "nope"')
  expect(attached.get('messages.nope.txt')).toBe('nothing was said')
})

test('PW25 a player of whom nothing can be told takes nothing from the others', async () => {
  const broken = {
    ...(await createStray('Ana')),
    placeName: 'nope',
    door: {
      isOpen: () => {
        throw new Error('it fell off')
      },
    },
  } as unknown as OwnedPlayer
  const attached = await attachmentsOf([broken, await createStray('Ben')])
  expect(attached.get('Ana.tree.txt')).toContain('it fell off')
  expect(attached.get('Ben.tree.txt')).toContain('has no door')
})
