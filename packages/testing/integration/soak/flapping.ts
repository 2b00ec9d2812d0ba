// R4: two hundred clients, each cut every one to five seconds, for five minutes.
import { agree } from '../sockets/agreement.ts'
import { eventually, monotonicMs, rest } from '../sockets/monotonic-time.ts'
import { busy, startHost, startPlayers, upTo } from './scene.ts'
import type { Soak } from './soak.ts'

export const flapping: Soak = async ({ isQuick, seed, tell }) => {
  await using host = startHost()
  await using players = startPlayers()
  const count = isQuick ? 20 : 200
  const lastMs = isQuick ? 4000 : 300_000
  const port = await host.call('open', {
    ...busy,
    // Two hundred clients in one process apply each tick two hundred times.
    pace: { ...busy.pace, movers: 50, movesPerTick: 5, ticksPerEvent: 5 },
    tickHz: 10,
  })
  await players.call('openProxy', { port, seed })
  await players.call('join', { port, names: upTo(count, 'player') })
  await players.call('talk', { everyMs: 500 })
  await players.call('cut', { liveMs: isQuick ? [500, 2000] : [1000, 5000] })
  const startMs = monotonicMs()
  while (monotonicMs() - startMs < lastMs) {
    await rest(Math.min(30_000, lastMs / 3))
    const { players: there, connected } = await host.call('stats')
    tell(
      `${Math.round((monotonicMs() - startMs) / 1000)} s: ${there} players, ${connected} of them connected`,
    )
  }
  const cuts = await players.call('cut', { liveMs: null })
  await eventually('everyone is back', () => players.call('allIn'))
  const findings = [...(await agree(host, players))]
  const { guests, faults } = await players.call('notes')
  const sum = (of: (guest: (typeof guests)[number]) => number): number =>
    guests.reduce((total, guest) => total + of(guest), 0)
  const resumed = sum(({ joins }) => joins['resumed'] ?? 0)
  tell(
    `${cuts} cuts, ${resumed} resumptions; ${sum(({ said }) => said)} events up, ${sum(({ told }) => told.count)} down, ${sum(({ answered }) => answered)} requests answered`,
  )
  const removed = await host.call('removed')
  if (removed.count > 0) findings.push(`${removed.count} players were lost: ${removed.last.join(', ')}`)
  if (sum(({ joins }) => joins['new'] ?? 0) !== count) findings.push('somebody came back as somebody else')
  if (resumed < count) findings.push(`there were ${resumed} resumptions`)
  const { errors } = await host.call('log')
  return [...findings, ...faults, ...errors]
}
