/** What one group of files may import beside its own folder. */
export interface Arrows {
  /** Workspace packages by name. */
  readonly workspace: readonly string[]
  /** Workspace packages that its tests may import besides, as development dependencies. */
  readonly tests?: readonly string[]
  /** Packages from the registry that may be imported at run time; 'declared' leaves the choice to the manifest. */
  readonly external: readonly string[] | 'declared'
  /** Whether `node:` modules may be imported outside of tests. */
  readonly node: boolean
}

const core = { node: false } as const

/**
 * The architecture as one table: which workspace package may import which. The keys are folders; an arrow that is not
 * here does not exist, and a folder that is not here may not exist either.
 */
export const arrows: Readonly<Record<string, Arrows>> = {
  'packages/datamodel': { ...core, workspace: [], external: [] },
  'packages/protocol': {
    ...core,
    workspace: ['@banyan/datamodel'],
    external: ['@standard-schema/spec', 'socket.io-parser'],
  },
  'packages/server': {
    ...core,
    workspace: ['@banyan/datamodel', '@banyan/protocol'],
    external: ['@noble/hashes', 'immer'],
  },
  'packages/client': {
    ...core,
    workspace: ['@banyan/datamodel', '@banyan/protocol'],
    external: ['engine.io-client'],
  },
  'packages/node': {
    node: true,
    workspace: ['@banyan/datamodel', '@banyan/protocol', '@banyan/server'],
    tests: ['@banyan/testing'],
    external: ['engine.io', 'sirv', 'socket.io'],
  },
  'packages/react': {
    ...core,
    workspace: ['@banyan/client', '@banyan/datamodel', '@banyan/protocol'],
    tests: ['@banyan/server', '@banyan/testing'],
    external: ['react'],
  },
  'packages/testing': {
    node: true,
    workspace: [
      '@banyan/client',
      '@banyan/datamodel',
      '@banyan/node',
      '@banyan/protocol',
      '@banyan/react',
      '@banyan/server',
    ],
    external: ['@standard-schema/spec', '@testing-library/react', 'fast-check', 'react', 'vitest'],
  },
  'packages/playwright': {
    node: true,
    workspace: [
      '@banyan/client',
      '@banyan/datamodel',
      '@banyan/protocol',
      '@banyan/server',
      '@banyan/testing',
    ],
    external: ['@playwright/test'],
  },
  'packages/banyan': {
    ...core,
    workspace: [
      '@banyan/client',
      '@banyan/datamodel',
      '@banyan/node',
      '@banyan/protocol',
      '@banyan/react',
      '@banyan/server',
    ],
    tests: ['@banyan/testing'],
    external: ['react'],
  },
  'apps/hello': { node: true, workspace: ['banyan'], external: 'declared' },
  'apps/playground': {
    node: true,
    workspace: ['@banyan/playwright', 'banyan'],
    tests: ['@banyan/testing'],
    external: 'declared',
  },
  e2e: { node: true, workspace: ['@banyan/playwright', 'banyan', 'playground'], external: 'declared' },
  benches: { node: true, workspace: ['@banyan/protocol', 'banyan'], external: 'declared' },
  tooling: { node: true, workspace: [], external: 'declared' },
}

/** The modules that implement Clock and Random and the tests that compare or refuse the platform's, which alone name those. */
export const timeAndChance: readonly string[] = [
  'packages/protocol/src/clocks/clocks.test.ts',
  'packages/protocol/src/clocks/system-clock.ts',
  'packages/protocol/src/random/system-random.ts',
  'packages/testing/src/place/test-place-checks.test.ts',
  'packages/testing/src/time/real-time-guard.test.ts',
]

/** File names that say nothing about what a file holds. */
export const emptyNouns: readonly string[] = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'types',
  'manager',
  'base',
]
