import { defineConfig } from 'vitest/config'

const source = {
  resolve: { conditions: ['@banyan/source'] },
  ssr: { resolve: { conditions: ['@banyan/source'] } },
}

// A busy machine may take its time: tests wait for conditions, and name what never happens long before this.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          environment: 'node',
          ...patience,
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.ts'],
          exclude: ['packages/react/**', 'packages/testing/src/react/**'],
        },
      },
      {
        ...source,
        test: {
          name: 'react',
          environment: 'jsdom',
          ...patience,
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
          ...patience,
          include: ['packages/*/integration/**/*.test.{ts,tsx}', 'benches/**/*.test.ts'],
        },
      },
      { test: { name: 'tooling', environment: 'node', include: ['tooling/**/*.test.{js,ts}'] } },
    ],
  },
})
