// R3: one client stops reading while a hundred others play.
import { agree } from '../sockets/agreement.ts'
import type { HostCommands } from '../sockets/host-commands.ts'
import { eventually, rest } from '../sockets/monotonic-time.ts'
import { percentile } from '../sockets/percentile.ts'
import type { PlayerCommands } from '../sockets/player-commands.ts'
import type { Peer } from '../sockets/processes.ts'
import type { Pace } from '../sockets/strain-game.ts'
import { busy, startHost, startPlayers, upTo } from './scene.ts'
import { type Findings, mib, type Soak } from './soak.ts'

const slow = 'slow'
/** Of the host's heap and buffers: what it keeps of its past, and what it has handed to the one line. */
const memoryCap = 32 * 1024 * 1024
/** What the others' p99 may grow by, where the machine is at fault: times and milliseconds. */
const noise = { factor: 2, ms: 25 }

/** How the slow one is burdened, and what is to become of it. */
const burdens = [
  { name: 'patches', ballast: { name: slow, bytes: 190_000, as: 'property' }, isDismissed: false },
  { name: 'events', ballast: { name: slow, bytes: 20_000, as: 'event' }, isDismissed: true },
] as const satisfies readonly { name: string; ballast: Pace['ballast']; isDismissed: boolean }[]

interface Scene {
  readonly host: Peer<HostCommands>
  readonly others: Peer<PlayerCommands>
  readonly slowOne: Peer<PlayerCommands>
}

export const slowReader: Soak = async ({ isQuick, tell }) => {
  await using host = startHost()
  await using others = startPlayers()
  await using slowOne = startPlayers()
  const scene = { host, others, slowOne }
  const windowMs = isQuick ? 1000 : 20_000
  const pace = isQuick ? { ...busy.pace, movers: 100, movesPerTick: 10 } : busy.pace
  // Longer than the one stands still, so that nothing but its unread bytes tells it apart.
  const port = await host.call('open', { ...busy, pace, heartbeatMs: 60_000 })
  await others.call('join', { port, names: upTo(isQuick ? 5 : 100, 'player') })
  await slowOne.call('join', { port, names: [slow] })
  await others.call('talk', { everyMs: 500 })
  await rest(isQuick ? 500 : 10_000)

  const findings: string[] = []
  for (const burden of burdens) {
    // The same load on a line that is read, so that the windows differ by the reading alone.
    await host.call('pace', { ballast: burden.ballast })
    const before = await watch(scene, windowMs)
    slowOne.freeze()
    await eventually(`${burden.name}: the host notices`, async () => {
      const { behind, players, connected } = await host.call('stats')
      return burden.isDismissed ? connected < players : behind > 0
    })
    const during = await watch(scene, windowMs)
    slowOne.thaw()
    const after = await watch(scene, windowMs)
    for (const [when, seen] of Object.entries({ before, during, after }))
      tell(
        `${burden.name}, ${when}: others ${seen.patches} patches, p50 ${seen.p50.toFixed(1)} ms, p99 ${seen.p99.toFixed(1)} ms; host ${mib(seen.bytes)} (${mib(seen.bufferBytes)} of buffers), ${seen.behind} behind`,
      )
    const grown = during.bytes - before.bytes
    if (grown > memoryCap)
      findings.push(`${burden.name}: the host grew by ${mib(grown)} for a stalled reader`)
    // A few seconds on a shared machine tell nothing of a hundredth.
    const usual = Math.max(before.p99, after.p99)
    if (!isQuick && during.p99 > usual * noise.factor + noise.ms)
      findings.push(
        `${burden.name}: the others' p99 went from ${usual.toFixed(1)} to ${during.p99.toFixed(1)} ms`,
      )
    findings.push(...(await endOf(scene, burden)))
  }
  await host.call('pace', { ballast: null })
  findings.push(...(await agree(host, others)), ...(await agree(host, slowOne)))
  const { errors } = await host.call('log')
  return [...findings, ...errors]
}

async function watch({ host, others }: Scene, ms: number) {
  await others.call('takeLatencies')
  await rest(ms)
  const latencies = await others.call('takeLatencies')
  const { heapBytes, bufferBytes } = await host.call('resources')
  const { behind } = await host.call('stats')
  return {
    bytes: heapBytes + bufferBytes,
    bufferBytes,
    behind,
    patches: latencies.length,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }
}

/** Whoever was not dismissed is told everything; who was has a reason, and comes back to everything. */
async function endOf(
  { host, slowOne }: Scene,
  { name, isDismissed }: (typeof burdens)[number],
): Promise<Findings> {
  await host.call('pace', { ballast: null })
  await eventually('the slow one is in', () => slowOne.call('allIn'))
  await eventually('nobody is behind', async () => (await host.call('stats')).behind === 0)
  const { guests } = await slowOne.call('notes')
  const [guest] = guests
  if (guest === undefined) return [`${name}: nobody was slow`]
  const { causes } = guest
  if (!isDismissed && causes.length > 0) return [`${name}: the slow one lost its line: ${causes.join(', ')}`]
  if (isDismissed && causes.length === 0) return [`${name}: the slow one was never dismissed`]
  return []
}
