import { flapping } from './flapping.ts'
import { mounts } from './mounts.ts'
import { slowReader } from './slow-reader.ts'
import type { Soak } from './soak.ts'
import { visits } from './visits.ts'

/** Every strain, by the name that the command knows. */
export const soaks: Readonly<Record<string, { readonly summary: string; readonly soak: Soak }>> = {
  'slow-reader': { summary: 'one client stops reading while a hundred others play', soak: slowReader },
  flapping: { summary: 'two hundred clients, each cut every one to five seconds', soak: flapping },
  mounts: { summary: 'ten thousand mounts and unmounts in StrictMode', soak: mounts },
  visits: { summary: 'ten thousand joins and leaves', soak: visits },
}
