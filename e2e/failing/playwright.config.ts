import { defineConfig } from '@playwright/test'
import base from '../playwright.config.ts'

/** Tests that have to fail: `specs/report.spec.ts` runs them and reads what they leave. */
export default defineConfig({
  ...base,
  testDir: '.',
  reporter: 'json',
  workers: 1,
  fullyParallel: false,
  projects: (base.projects ?? []).slice(0, 1),
})
