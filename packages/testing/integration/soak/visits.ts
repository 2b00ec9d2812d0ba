// R6 and T5: ten thousand joins and leaves; half of the visitors say goodbye, half are cut and stay away.
import { eventually } from '../sockets/monotonic-time.ts'
import { handlesLeft, type Resources } from '../sockets/resources.ts'
import { busy, startHost, startPlayers, upTo } from './scene.ts'
import { type Findings, mib, type Soak } from './soak.ts'

/** What code, caches and the fragments of a heap vary by. */
const leakCap = 3 * 1024 * 1024

export const visits: Soak = async ({ isQuick, seed, tell }) => {
  await using host = startHost()
  await using visitors = startPlayers()
  await using residents = startPlayers()
  const atOnce = isQuick ? 10 : 25
  const rounds = isQuick ? 3 : 11
  const perRound = isQuick ? 20 : 1000
  const port = await host.call('open', {
    ...busy,
    pace: { movers: 50, movesPerTick: 5, ticksPerEvent: 10, ballast: null },
    graceMs: 500,
    // What a place keeps of its past would fill all the while, and look like a leak.
    limits: { patches: { count: 100, bytes: 1024 * 1024 } },
  })
  const here = upTo(2, 'resident')
  await residents.call('join', { port, names: here })

  async function visit(round: number): Promise<void> {
    for (let done = 0; done < perRound; done += atOnce) {
      await visitors.call('openProxy', { port, seed: seed + done })
      await visitors.call('join', { port, names: upTo(atOnce, `visitor ${round} ${done}`) })
      // Some leave, the others' lines are cut and never come back.
      if ((done / atOnce) % 2 === 0) await visitors.call('leave')
      else await visitors.call('vanish')
    }
    await eventually('the visitors are gone', async () => {
      const { players, connections } = await host.call('stats')
      return players === here.length && connections === here.length
    })
  }

  // The first round fills what is filled once.
  const curve: { readonly host: Resources; readonly client: Resources }[] = []
  for (let round = 0; round < rounds; round += 1) {
    await visit(round)
    const held = { host: await host.call('resources'), client: await visitors.call('resources') }
    curve.push(held)
    tell(
      `${(round + 1) * perRound} visits: host ${mib(held.host.heapBytes)} of heap, ${mib(held.host.bufferBytes)} of buffers; visitors' process ${mib(held.client.heapBytes)} of heap`,
    )
  }
  const [first, last] = [curve[0], curve.at(-1)]
  if (first === undefined || last === undefined) return ['nobody came']
  const { errors } = await host.call('log')
  return [
    ...leaks('the host', first.host, last.host),
    ...leaks('the visitors’ process', first.client, last.client),
    ...errors,
  ]
}

function leaks(whose: string, before: Resources, after: Resources): Findings {
  const grown = after.heapBytes + after.bufferBytes - before.heapBytes - before.bufferBytes
  return [
    ...handlesLeft(before, after).map((left) => `${whose} has ${left} left`),
    ...(grown > leakCap ? [`${whose} grew by ${mib(grown)}`] : []),
  ]
}
