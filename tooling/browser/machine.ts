import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { runCommand } from '../command.js'

/** What the search for a browser asks of the computer; tests pass a made-up one. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isRoot: boolean
  /** Where Playwright keeps, or would keep, a Chromium of its own. */
  readonly playwrightChromium: string
  readonly playwrightInstall: readonly [string, ...string[]]
  /** The full path of a program on PATH. */
  onPath(name: string): string | null
  /** Whether the program exists and prints a version in good time. */
  answersVersion(path: string): boolean
  /** Whether Playwright has a browser of its own of that kind which starts. */
  launches(browser: OtherBrowser): Promise<boolean>
  /** Runs with streamed output; null when it succeeded, else what went wrong. */
  run(command: readonly [string, ...string[]], limitMs: number): Promise<string | null>
}

/** Browsers that are used where they are, and never installed. */
export const otherBrowsers = ['firefox', 'webkit'] as const
export type OtherBrowser = (typeof otherBrowsers)[number]

interface BrowserType {
  executablePath(): string
  launch(): Promise<{ close(): Promise<void> }>
}

const versionLimitMs = 20_000

/** This computer. `root` is the workspace, whose browser tests bring Playwright. */
export function createMachine(root: string): Machine {
  const require = createRequire(join(root, 'e2e', 'package.json'))
  const browsers = require('@playwright/test') as Readonly<Record<OtherBrowser | 'chromium', BrowserType>>
  return {
    env: process.env,
    isRoot: process.getuid?.() === 0,
    playwrightChromium: browsers.chromium.executablePath(),
    playwrightInstall: [process.execPath, require.resolve('@playwright/test/cli'), 'install', 'chromium'],
    onPath: (name) =>
      (process.env['PATH'] ?? '')
        .split(delimiter)
        .map((folder) => join(folder, name))
        .find(isExecutable) ?? null,
    answersVersion: (path) =>
      isExecutable(path) && spawnSync(path, ['--version'], { timeout: versionLimitMs }).status === 0,
    async launches(browser) {
      if (!existsSync(browsers[browser].executablePath())) return false
      try {
        await (await browsers[browser].launch()).close()
        return true
      } catch {
        return false
      }
    },
    run: async (command, limitMs) => {
      console.log(`$ ${command.join(' ')}`)
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      const { exitCode, timedOut, problem } = await runCommand(command, {
        cwd: root,
        group: 'shared',
        env,
        limitMs,
      })
      if (timedOut) return `not finished after ${limitMs / 60_000} minutes`
      return exitCode === 0 ? null : (problem ?? `exit code ${exitCode}`)
    },
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
