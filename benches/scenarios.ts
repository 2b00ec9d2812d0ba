import { fanOut } from './fan-out/scenario.ts'
import { growth } from './growth/scenario.ts'
import { join } from './join/scenario.ts'
import { memory } from './memory/scenario.ts'
import { remotes } from './remotes/scenario.ts'
import { resume } from './resume/scenario.ts'
import type { Scenario } from './scenario.ts'
import { views } from './views/scenario.ts'

/** Every scenario by the name that the command line takes. */
export const scenarios: Readonly<Record<string, Scenario>> = Object.freeze({
  'fan-out': fanOut,
  join,
  remotes,
  growth,
  memory,
  resume,
  views,
})
