import { expect, test } from 'vitest'
import { findOthers } from './other-browsers.ts'

test('each other browser is used where it starts, and told of where it does not', async () => {
  expect(await findOthers({ launches: async (browser) => browser === 'webkit' })).toEqual([
    { browser: 'firefox', isInstalled: false },
    { browser: 'webkit', isInstalled: true },
  ])
})
