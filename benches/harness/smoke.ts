import type { RunSetting } from './bench.ts'

/** Short, and from the sources: what is measured so means nothing, that it ends in agreement does. */
export const smoke: RunSetting = Object.freeze({
  isQuick: true,
  warmUpMs: 500,
  windowMs: 1500,
  processes: 1,
  nodeFlags: ['--conditions=@banyan/source'],
  profilePath: null,
})

/** Of a test that runs a scenario: processes have to start, which takes its time on a busy machine. */
export const smokePatience = Object.freeze({ timeout: 240_000 })
