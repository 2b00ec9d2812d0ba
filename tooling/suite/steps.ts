import { join } from 'node:path'
import { pinnedNode } from '../installation.js'
import type { Step } from './step.ts'

// So long only something that hangs takes: a machine may be a third as fast as another, or share its cores.
const checkLimitMs = 6 * 60_000
const runnerLimitMs = 15 * 60_000
// Playwright ends its tests by itself; the step's limit also covers the installation of a browser, and other browsers.
const browserLimitMs = 30 * 60_000

/** Every step in the order of `npm test`: the quickest answers first, the browser last. */
export function suiteSteps(root: string): readonly Step[] {
  const node = pinnedNode(root)
  const tool = (path: string, ...args: string[]): readonly [string, ...string[]] => [
    node,
    join(root, 'node_modules', path),
    ...args,
  ]
  const check = (name: string, command: readonly [string, ...string[]]): Step => ({
    name,
    command,
    limitMs: checkLimitMs,
    reporter: 'none',
  })
  const vitest = (name: string, ...projects: string[]): Step => ({
    name,
    command: tool('vitest/vitest.mjs', 'run', ...projects.flatMap((project) => ['--project', project])),
    limitMs: runnerLimitMs,
    reporter: 'vitest',
  })
  return [
    check('format', tool('@biomejs/biome/bin/biome', 'check', '--linter-enabled=false')),
    check('lint', tool('@biomejs/biome/bin/biome', 'lint', '--error-on-warnings')),
    check('types', tool('typescript/bin/tsc', '-b')),
    check('typed lint', tool('oxlint/bin/oxlint', '--deny-warnings')),
    check(
      'manifests',
      tool('sherif/index.js', '--fail-on-warnings', '--ignore-rule', 'root-package-manager-field'),
    ),
    check('dead code', tool('knip/bin/knip.js')),
    vitest('architecture', 'tooling'),
    vitest('unit', 'unit', 'react'),
    vitest('integration', 'integration'),
    check('bundle', [node, join(root, 'tooling', 'bundle', 'main.ts')]),
    check('apps', [node, join(root, 'tooling', 'apps-build.ts')]),
    {
      name: 'browser',
      command: [node, join(root, 'tooling', 'browser', 'main.ts'), '--in-suite'],
      limitMs: browserLimitMs,
      reporter: 'playwright',
    },
  ]
}
