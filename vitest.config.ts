import { defineConfig } from 'vitest/config'

const source = {
  resolve: { conditions: ['@banyan/source'] },
  ssr: { resolve: { conditions: ['@banyan/source'] } },
}

const shared = {
  // A busy machine may take its time: tests wait for conditions, and name what never happens long before this.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // No module holds state, so files need no process of their own; a test that leaves something behind is found by it.
  isolate: false,
}

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          environment: 'node',
          ...shared,
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.ts'],
          exclude: ['packages/react/**', 'packages/testing/src/react/**'],
        },
      },
      {
        ...source,
        test: {
          name: 'react',
          environment: 'jsdom',
          ...shared,
          include: [
            'apps/*/src/**/*.test.tsx',
            'packages/{react,testing}/src/**/*.test.tsx',
            'packages/react/src/**/*.test.ts',
          ],
        },
      },
      {
        ...source,
        test: {
          name: 'integration',
          environment: 'node',
          ...shared,
          include: ['packages/*/integration/**/*.test.{ts,tsx}', 'benches/**/*.test.ts'],
        },
      },
      { test: { name: 'tooling', environment: 'node', include: ['tooling/**/*.test.{js,ts}'] } },
    ],
  },
})
