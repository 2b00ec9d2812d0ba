import { expect, test } from 'vitest'
import { ensureChromium } from './chromium.ts'
import type { Machine } from './machine.ts'

interface Computer {
  env?: Record<string, string>
  isRoot?: boolean
  /** Programs on PATH, by name. */
  path?: readonly string[]
  /** Full paths of programs that run. */
  working?: string[]
  /** What a command leads to: an error, or a program that runs afterwards. */
  outcomes?: Record<string, { error: string } | { brings: string }>
}

function createComputer({ env = {}, isRoot = false, path = [], working = [], outcomes = {} }: Computer) {
  const ran: string[] = []
  const onPath = new Set(path)
  const machine: Machine = {
    env,
    isRoot,
    playwrightChromium: '/playwright/chrome',
    playwrightInstall: ['playwright', 'install'],
    onPath: (name) => (onPath.has(name) ? `/bin/${name}` : null),
    answersVersion: (file) => working.includes(file),
    launches: async () => false,
    run: async (command) => {
      const name = command
        .filter((part) => ['apt-get', 'update', 'install', 'playwright'].includes(part))
        .join(' ')
      ran.push(name)
      const outcome = outcomes[name]
      if (outcome === undefined) return null
      if ('error' in outcome) return outcome.error
      working.push(outcome.brings)
      onPath.add('chromium')
      return null
    },
  }
  return { machine, ran }
}

test('CHROMIUM_PATH comes first', async () => {
  const { machine } = createComputer({
    env: { CHROMIUM_PATH: '/mine' },
    path: ['chromium'],
    working: ['/mine', '/bin/chromium'],
  })
  expect(await ensureChromium(machine)).toEqual({ found: true, path: '/mine', source: 'CHROMIUM_PATH' })
})

test('a CHROMIUM_PATH that does not run is an error, even beside an installed Chromium', async () => {
  const { machine, ran } = createComputer({
    env: { CHROMIUM_PATH: '/gone' },
    path: ['chromium'],
    working: ['/bin/chromium'],
  })
  expect(await ensureChromium(machine)).toMatchObject({
    found: false,
    problem: expect.stringContaining('"/gone"'),
  })
  expect(ran).toEqual([])
})

test('an installed browser is used, past one that does not run', async () => {
  const { machine, ran } = createComputer({
    path: ['chromium-browser', 'google-chrome'],
    working: ['/bin/google-chrome'],
  })
  expect(await ensureChromium(machine)).toMatchObject({ found: true, path: '/bin/google-chrome' })
  expect(ran).toEqual([])
})

test("Playwright's own is used when it is there already", async () => {
  const { machine, ran } = createComputer({
    isRoot: true,
    path: ['apt-get'],
    working: ['/playwright/chrome'],
  })
  expect(await ensureChromium(machine)).toMatchObject({ found: true, source: 'Playwright' })
  expect(ran).toEqual([])
})

test("root on Debian installs Debian's package", async () => {
  const { machine, ran } = createComputer({
    isRoot: true,
    path: ['apt-get'],
    outcomes: { 'apt-get install': { brings: '/bin/chromium' } },
  })
  expect(await ensureChromium(machine)).toMatchObject({ found: true, path: '/bin/chromium' })
  expect(ran).toEqual(['apt-get update', 'apt-get install'])
})

test("who is not root gets Playwright's download", async () => {
  const { machine, ran } = createComputer({
    path: ['apt-get'],
    outcomes: { 'playwright install': { brings: '/playwright/chrome' } },
  })
  expect(await ensureChromium(machine)).toMatchObject({ found: true, source: 'Playwright' })
  expect(ran).toEqual(['playwright install'])
})

test('every way that failed is named', async () => {
  const { machine, ran } = createComputer({
    isRoot: true,
    path: ['apt-get'],
    outcomes: {
      'apt-get update': { error: 'exit code 100' },
      'playwright install': { error: 'not finished after 5 minutes' },
    },
  })
  const search = await ensureChromium(machine)
  expect(search).toMatchObject({ found: false })
  expect(search).toHaveProperty(
    'problem',
    expect.stringMatching(/apt-get update: exit code 100.*not finished after 5 minutes.*CHROMIUM_PATH/),
  )
  expect(ran).toEqual(['apt-get update', 'playwright install'])
})
