import { converge } from '@banyan/testing/arbitraries'
import { tried } from './game.ts'

/** What a worker tells: each trial that held, or the failure of one. */
export type WorkerMessage =
  | {
      readonly kind: 'held'
      readonly commits: number
      readonly regroupings: number
      readonly skipping: number
      readonly shifts: number
      readonly overwrites: number
      readonly resumed: number
      readonly events: number
    }
  | { readonly kind: 'failed'; readonly text: string }

/** Started with the first seed and the number of runs; ends when they are done, or at the first failure. */
const [seed = 1, runs = 1] = process.argv.slice(2).map(Number)

function tell(message: WorkerMessage): void {
  process.send?.(message)
}

try {
  await converge({
    ...tried,
    seed,
    runs,
    onRun: ({ commits, regroupings, skipping, shifts, overwrites, resumed, heardUp, heardDown }) =>
      tell({
        kind: 'held',
        commits,
        regroupings,
        skipping,
        shifts,
        overwrites,
        resumed,
        events: heardUp + heardDown,
      }),
  })
} catch (error) {
  tell({ kind: 'failed', text: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
}
if (process.connected) process.disconnect()
