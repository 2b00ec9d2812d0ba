import { defineConfig, devices } from '@playwright/test'

const executablePath = process.env['CHROMIUM_PATH']
const isRoot = process.getuid?.() === 0
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** Which browsers to use, as `pnpm e2e` found them; Chromium alone when Playwright is run by hand. */
const browsers = (process.env['BROWSERS'] ?? 'chromium').split(',')

/** Servers are started by the tests' fixtures, one per worker on a free port, so nothing is shared between runs. */
export default defineConfig({
  testDir: 'specs',
  outputDir: 'test-results',
  // Most of the time the tests wait for races and clocks. The longest one comes first by its name.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  // What the packages publish needs no compiling.
  build: { external: ['**/packages/*/dist/**'] },
  use: {
    // A trace's film would take two thirds of the frames from pages that paint sixty a second.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: true },
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: {
          ...(executablePath === undefined ? {} : { executablePath }),
          // Chromium's sandbox refuses to run as root.
          args: isRoot ? ['--no-sandbox', ...quiet] : quiet,
        },
      },
    },
    // Touches are made with Chromium's own protocol.
    { name: 'firefox', use: devices['Desktop Firefox'], testIgnore: 'touch.spec.ts' },
    { name: 'webkit', use: devices['Desktop Safari'], testIgnore: 'touch.spec.ts' },
  ].filter(({ name }) => browsers.includes(name)),
})
