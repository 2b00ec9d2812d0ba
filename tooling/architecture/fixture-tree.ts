import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Writes files into a new temporary folder, objects as JSON; disposing it removes the folder. */
export function createFixtureTree(
  files: Readonly<Record<string, string | object>>,
): Disposable & { root: string } {
  const root = mkdtempSync(join(tmpdir(), 'banyan-fixture-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}
