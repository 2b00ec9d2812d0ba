import type { Machine } from './machine.ts'

/** A Chromium that answered `--version`, or the sentence that says why there is none. */
export type ChromiumSearch = { found: true; path: string; source: string } | { found: false; problem: string }

const installedNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const installedPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const aptLimitMs = 8 * 60_000
const downloadLimitMs = 5 * 60_000

/**
 * Finds a Chromium, or installs one: CHROMIUM_PATH, then an installed one, then Playwright's own if it is there,
 * then Debian's package, then Playwright's download. A CHROMIUM_PATH that does not work is an error, never a reason
 * to look further.
 */
export async function ensureChromium(machine: Machine): Promise<ChromiumSearch> {
  const chosen = machine.env['CHROMIUM_PATH']
  if (chosen !== undefined && chosen !== '') {
    return machine.answersVersion(chosen)
      ? { found: true, path: chosen, source: 'CHROMIUM_PATH' }
      : { found: false, problem: `CHROMIUM_PATH is "${chosen}", which does not run. Correct it or unset it.` }
  }
  const present = findInstalled(machine) ?? findPlaywrights(machine)
  if (present !== null) return present

  const problems: string[] = []
  if (machine.isRoot && machine.onPath('apt-get') !== null) {
    const problem = await installPackage(machine)
    const installed = problem === null ? findInstalled(machine) : null
    if (installed !== null) return installed
    problems.push(problem ?? 'the package came without a program that runs')
  }
  const problem = await machine.run(machine.playwrightInstall, downloadLimitMs)
  const downloaded = problem === null ? findPlaywrights(machine) : null
  if (downloaded !== null) return downloaded
  problems.push(`Playwright's download: ${problem ?? 'it came without a program that runs'}`)
  return {
    found: false,
    problem: `${problems.join('; ')}. Install Chromium or Chrome, or name one with CHROMIUM_PATH, and run the command again.`,
  }
}

function findInstalled(machine: Machine): ChromiumSearch | null {
  const candidates = [...installedNames.map((name) => machine.onPath(name)), ...installedPaths]
  // Ubuntu's chromium-browser is a stub where snaps cannot run, so a file alone proves nothing.
  const path = candidates.find((candidate) => candidate !== null && machine.answersVersion(candidate))
  return path === undefined || path === null ? null : { found: true, path, source: 'installed' }
}

function findPlaywrights(machine: Machine): ChromiumSearch | null {
  const path = machine.playwrightChromium
  return machine.answersVersion(path) ? { found: true, path, source: 'Playwright' } : null
}

async function installPackage(machine: Machine): Promise<string | null> {
  const lock = ['-o', 'DPkg::Lock::Timeout=120']
  const update = await machine.run(['apt-get', ...lock, 'update'], aptLimitMs)
  if (update !== null) return `apt-get update: ${update}`
  const install = await machine.run(
    ['apt-get', ...lock, 'install', '-y', '--no-install-recommends', 'chromium'],
    aptLimitMs,
  )
  return install === null ? null : `apt-get install chromium: ${install}`
}
