// The command for many trials: `pnpm converge --runs 100000 --seed 1 --workers 2`. Ends with 1 when one fails, after
// printing its seed and the shrunk trial as a regression test.
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { WorkerMessage } from './worker.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
})

/** Seeds per worker process: a fresh one now and then keeps an unnoticed leak from deciding how far a night gets. */
const chunkSize = 2_000
const tellEvery = 1_000

const runs = wholeNumber('runs')
const firstSeed = wholeNumber('seed')
const workers = wholeNumber('workers')
const startMs = performance.now()
const sums = {
  held: 0,
  commits: 0,
  regroupings: 0,
  skipping: 0,
  shifts: 0,
  overwrites: 0,
  resumed: 0,
  events: 0,
}
const children = new Set<ChildProcess>()
let failure: string | null = null
let next = firstSeed

await Promise.all(Array.from({ length: workers }, work))
progress()
if (failure !== null) {
  console.error(failure)
  process.exitCode = 1
}

async function work(): Promise<void> {
  while (next < firstSeed + runs && failure === null) {
    const seed = next
    const count = Math.min(chunkSize, firstSeed + runs - seed)
    next += count
    await runChunk(seed, count)
  }
}

function runChunk(seed: number, count: number): Promise<void> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [String(seed), String(count)])
    children.add(child)
    child.on('message', (message) => take(message as WorkerMessage))
    child.on('exit', (code) => {
      children.delete(child)
      if (code !== 0 && failure === null)
        fail(`a worker ended with ${code} between seed ${seed} and ${seed + count}`)
      resolve()
    })
  })
}

function take(message: WorkerMessage): void {
  if (message.kind === 'failed') return fail(message.text)
  sums.held += 1
  sums.commits += message.commits
  sums.regroupings += message.regroupings
  sums.skipping += message.skipping
  sums.shifts += message.shifts
  sums.overwrites += message.overwrites
  sums.resumed += message.resumed
  sums.events += message.events
  if (sums.held % tellEvery === 0) progress()
}

function fail(text: string): void {
  failure ??= text
  for (const child of children) child.kill()
}

function progress(): void {
  const seconds = Math.round((performance.now() - startMs) / 1000)
  const { held, commits, regroupings, skipping, shifts, overwrites, resumed, events } = sums
  console.log(
    `${held} of ${runs} trials held: ${commits} commits, ${regroupings} regroupings, ${skipping} steps with values left out, ${shifts} shifts, ${overwrites} values written over, ${events} events, ${resumed} resumptions, ${seconds} s`,
  )
}

function wholeNumber(name: keyof typeof values): number {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new TypeError(
    `cannot converge with --${name} ${values[name]}: it is no whole number above 0. Pass one.`,
  )
}
