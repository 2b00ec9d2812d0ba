import type { HostCommands } from './host-commands.ts'
import { eventually } from './monotonic-time.ts'
import type { PlayerCommands } from './player-commands.ts'
import type { Peer } from './processes.ts'

/**
 * Lets the place rest and compares: what each player has with what they may see, and the streams of both directions
 * with what was sent. What differs, in words.
 */
export async function agree(
  host: Peer<HostCommands>,
  players: Peer<PlayerCommands>,
): Promise<readonly string[]> {
  await players.call('hush')
  await host.call('pace', { movesPerTick: 0, ticksPerEvent: 0, ballast: null })
  let different: readonly string[] = ['nothing was compared']
  await eventually(
    'all agree',
    async () => {
      different = await differences(host, players)
      return different.length === 0
    },
    { limitMs: 60_000 },
  ).catch(() => {})
  return different
}

async function differences(
  host: Peer<HostCommands>,
  players: Peer<PlayerCommands>,
): Promise<readonly string[]> {
  const expected = await host.call('views')
  const actual = await players.call('views')
  const streams = new Map((await host.call('streams')).map((stream) => [stream.name, stream]))
  const { guests } = await players.call('notes')
  return guests.flatMap(({ name, joins, said, told, asked, answered, wrongAnswers, rejected }) => {
    const stream = streams.get(name)
    const found: string[] = []
    if (stream === undefined) return [`${name} is not there`]
    if (actual[name] !== expected[name])
      found.push(`${name} has another tree: ${firstLine(expected[name], actual[name])}`)
    // Streams that began anew, because more waited than is kept, may lack what was lost with the earlier ones.
    const isWhole = !('rejoined' in joins)
    if (stream.count !== said || stream.repeated > 0 || (isWhole && stream.missing > 0))
      found.push(
        `of ${name}'s ${said} events the last was ${stream.count}, ${stream.missing} lost, ${stream.repeated} repeated`,
      )
    if (told.count !== stream.told || told.repeated > 0 || (isWhole && told.missing > 0))
      found.push(
        `of ${stream.told} events for ${name} the last was ${told.count}, ${told.missing} lost, ${told.repeated} repeated`,
      )
    if (answered !== asked || wrongAnswers > 0)
      found.push(
        `of ${name}'s ${asked} requests ${answered} were answered, ${wrongAnswers} wrongly: ${rejected.slice(0, 3).join(', ')}`,
      )
    return found
  })
}

function firstLine(expected = '', actual = ''): string {
  const lines = actual.split('\n')
  const at = expected.split('\n').findIndex((line, index) => line !== lines[index])
  return `should be "${expected.split('\n')[at]}", is "${lines[at]}"`
}
