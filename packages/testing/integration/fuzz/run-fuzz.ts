import { agree } from '../sockets/agreement.ts'
import type { HostCommands } from '../sockets/host-commands.ts'
import { eventually, rest } from '../sockets/monotonic-time.ts'
import { percentile } from '../sockets/percentile.ts'
import type { PlayerCommands } from '../sockets/player-commands.ts'
import { type Peer, startProcess } from '../sockets/processes.ts'
import { handlesLeft, type Resources } from '../sockets/resources.ts'
import type { AttackerCommands } from './attacker-commands.ts'
import type { DecoderCommands, DecoderReport } from './decoder-commands.ts'

export interface FuzzOptions {
  readonly messages: number
  readonly seed: number
  /** How many processes decode; the attack on the host is one. */
  readonly workers: number
  /** Whether lines that say nothing are left to the server, which takes some minutes to end the last of them. */
  readonly isPatient: boolean
  tell(line: string): void
}

/** Everything that should not have been; empty when all is well. */
export type Findings = readonly string[]

const perChunk = 100_000

/** Both sides' decoders, alone in processes. */
export async function fuzzDecoders({ messages, seed, workers, tell }: FuzzOptions): Promise<Findings> {
  const findings: string[] = []
  let begun = 0

  async function work(): Promise<void> {
    await using decoders = startProcess<DecoderCommands>(new URL('decoder-process.ts', import.meta.url))
    while (begun < messages && findings.length === 0) {
      const chunk = { messages: Math.min(perChunk, messages - begun), seed: seed + begun / perChunk }
      begun += chunk.messages
      const report: DecoderReport = await decoders.call('decode', chunk)
      findings.push(...report.faults)
      tell(
        `decoders, seed ${chunk.seed}: ${report.decoded} frames, ${report.refused} refused, at most ${kib(report.mostBytes)} and ${report.mostMs.toFixed(1)} ms for one, heap ${signed(report.heapGrowthBytes)}`,
      )
    }
  }

  await Promise.all(Array.from({ length: workers }, work))
  return findings
}

const honest = ['ana', 'ben', 'cleo', 'dan']
/** Above what code and caches of a process vary by. */
const leakCap = 6 * 1024 * 1024

/** A real host, attacked over real sockets while honest players play. */
export async function fuzzHost({ messages, seed, isPatient, tell }: FuzzOptions): Promise<Findings> {
  await using host = startProcess<HostCommands>(new URL('../sockets/host-process.ts', import.meta.url))
  await using players = startProcess<PlayerCommands>(new URL('../sockets/player-process.ts', import.meta.url))
  await using attackers = startProcess<AttackerCommands>(new URL('attacker-process.ts', import.meta.url))
  const port = await host.call('open', {
    pace: { movers: 200, movesPerTick: 20, ticksPerEvent: 2, ballast: null },
    tickHz: 20,
    graceMs: 1000,
    maxPlayers: 5000,
    // What a place keeps of its past would fill all the while, and look like a leak.
    limits: { patches: { count: 100, bytes: 1024 * 1024 } },
  })
  await players.call('join', { port, names: honest })
  await players.call('talk', { everyMs: 100 })

  const attack = async (share: number, round: number) => {
    const report = await attackers.call('attack', {
      port,
      messages: share,
      seed: seed * 100 + round,
      lines: 16,
    })
    return report
  }
  const calm = async (than: Resources | null) => {
    if (!isPatient) await attackers.call('giveUp')
    let held = await host.call('resources')
    const isCalm = async (): Promise<boolean> => {
      const { players: there, connections } = await host.call('stats')
      if (there !== honest.length || connections !== honest.length) return false
      held = await host.call('resources')
      return handlesLeft(than ?? held, held).length === 0
    }
    // Node looks for lines that say nothing every half minute, and gives them a minute.
    await eventually('the strangers are gone', isCalm, { limitMs: 150_000 }).catch(() => {})
    return held
  }

  await rest(Math.min(5000, messages / 10))
  const quiet = summary(await players.call('takeLatencies'))
  tell(`honest players before: ${quiet}`)
  // What is compiled and cached once is no leak.
  await attack(Math.ceil(messages / 20), 0)
  const before = await calm(null)
  tell(
    `host before: ${kib(before.heapBytes)} of heap, ${kib(before.bufferBytes)} of buffers, ${kib(before.residentBytes)} resident`,
  )
  await players.call('takeLatencies')

  const findings: string[] = []
  const ends: Record<string, number> = {}
  const rounds = isPatient ? 10 : 2
  let [sent, sessions] = [0, 0]
  for (let round = 1; round <= rounds && findings.length === 0; round += 1) {
    const report = await attack(Math.ceil(messages / rounds), round)
    sent += report.sent
    sessions += report.sessions
    findings.push(...report.faults)
    for (const [end, count] of Object.entries(report.ends)) ends[end] = (ends[end] ?? 0) + count
    const { heapBytes, bufferBytes } = await host.call('resources')
    tell(
      `host, round ${round}: ${sent} messages in ${sessions} sessions, ${kib(heapBytes)} of heap, ${kib(bufferBytes)} of buffers; honest players: ${summary(await players.call('takeLatencies'))}`,
    )
  }
  for (const [end, count] of Object.entries(ends)) tell(`  ${end}: ${count}`)
  const after = await calm(before)
  tell(
    `host after: ${kib(after.heapBytes)} of heap, ${kib(after.bufferBytes)} of buffers, ${kib(after.residentBytes)} resident`,
  )
  findings.push(...handlesLeft(before, after).map((left) => `the host has ${left} left`))
  const grown = after.heapBytes + after.bufferBytes - before.heapBytes - before.bufferBytes
  if (grown > leakCap) findings.push(`the host grew by ${kib(grown)}`)
  return [...findings, ...(await unharmed(host, players))]
}

/** Nobody honest lost a line, an event, an answer or the tree. */
async function unharmed(host: Peer<HostCommands>, players: Peer<PlayerCommands>): Promise<Findings> {
  const findings = [...(await agree(host, players))]
  const { players: there, connections } = await host.call('stats')
  if (there !== honest.length || connections !== honest.length)
    findings.push(`${there} players and ${connections} connections are left`)
  const { errors } = await host.call('log')
  findings.push(...errors.map((error) => `the host logged ${error}`))
  const { guests, faults } = await players.call('notes')
  findings.push(...faults)
  for (const { name, joins, causes } of guests) {
    if (JSON.stringify(joins) !== '{"new":1}')
      findings.push(`${name} joined ${JSON.stringify(joins)}, after ${causes.join(', ')}`)
  }
  return findings
}

function summary(latencies: readonly number[]): string {
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)]
  return `${latencies.length} patches, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
}

function kib(bytes: number): string {
  return `${Math.round(bytes / 1024)} KiB`
}

function signed(bytes: number): string {
  return `${bytes < 0 ? '-' : '+'}${kib(Math.abs(bytes))}`
}
