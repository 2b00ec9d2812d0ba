import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
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
  /** Runs with streamed output; null when it succeeded, else what went wrong. */
  run(command: readonly [string, ...string[]], limitMs: number): Promise<string | null>
}

const versionLimitMs = 20_000

/** This computer. `root` is the workspace, whose browser tests bring Playwright. */
export function createMachine(root: string): Machine {
  const require = createRequire(join(root, 'e2e', 'package.json'))
  const { chromium } = require('@playwright/test') as { chromium: { executablePath(): string } }
  return {
    env: process.env,
    isRoot: process.getuid?.() === 0,
    playwrightChromium: chromium.executablePath(),
    playwrightInstall: [process.execPath, require.resolve('@playwright/test/cli'), 'install', 'chromium'],
    onPath: (name) =>
      (process.env['PATH'] ?? '')
        .split(delimiter)
        .map((folder) => join(folder, name))
        .find(isExecutable) ?? null,
    answersVersion: (path) =>
      isExecutable(path) && spawnSync(path, ['--version'], { timeout: versionLimitMs }).status === 0,
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
