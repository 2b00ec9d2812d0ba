import type { Bench, BenchCase } from '../harness/bench.ts'
import { scenarioOf } from '../harness/scenario-of.ts'
import type { Target } from '../harness/verdict.ts'
import { type RemotesQuantity, type RemotesWork, runRemotes } from './run.ts'
import { type RemotesSystemName, remotesSystems } from './systems.ts'

const systems = Object.keys(remotesSystems) as RemotesSystemName[]

const works = Object.freeze({
  'echo round trip': { kind: 'echo', clients: 1, count: 3000 },
  'flood of 200,000 messages by 50 clients': { kind: 'flood', clients: 50, count: 4000 },
  '64 bytes to 200 clients': { kind: 'broadcast', clients: 200, count: 600 },
}) satisfies Readonly<Record<string, RemotesWork>>

type WorkName = keyof typeof works

const target = (
  says: string,
  { name, quantity, peer }: { name: WorkName; quantity: RemotesQuantity; peer: RemotesSystemName },
  bound: Target['bound'],
): Target => ({
  says: `${says} ÷ ${peer}`,
  of: { case: name, system: 'banyan', quantity },
  to: { case: name, system: peer, quantity },
  bound,
})

const targets: readonly Target[] = [
  target('round trip', { name: 'echo round trip', quantity: 'p50', peer: 'bare socket.io' }, { most: 1.15 }),
  target(
    'messages per second of a flood',
    { name: 'flood of 200,000 messages by 50 clients', quantity: 'rate', peer: 'colyseus' },
    { least: 1 },
  ),
  target(
    'server CPU per delivery of a broadcast',
    { name: '64 bytes to 200 clients', quantity: 'cpu', peer: 'colyseus' },
    { most: 1 },
  ),
]

/** T3: messages without state. */
export const remotesBench: Bench<RemotesWork, RemotesSystemName, RemotesQuantity> = {
  name: 'remotes',
  summary: 'T3: an echo, a flood of 200,000 messages by 50 clients, 64 bytes told to 200',
  about:
    'Validation is on where a system has it: banyan, colyseus and `socket.io` check by the same schemas, banyan also counts rates and sizes. `ws` and `bare socket.io`, which has banyan’s parser, believe nine bytes. In a flood each message is a task of its own; broadcasts come at 60 Hz, one a tick.',
  columns: [
    { quantity: 'p50', label: 'round trip p50 ms', digits: 3 },
    { quantity: 'p99', label: 'p99 ms', digits: 3 },
    { quantity: 'rate', label: 'messages/s', digits: 0 },
    { quantity: 'cpu', label: 'server CPU µs/message', digits: 2 },
  ],
  targets,
  waits: {},
  cases({ isQuick, clients }) {
    return Object.entries(works).map(([name, work]): BenchCase<RemotesWork, RemotesSystemName> => {
      const crowd = work.kind === 'echo' ? 1 : (clients ?? (isQuick ? 8 : work.clients))
      const count = isQuick ? Math.ceil(work.count / 10) : work.count
      return { name, systems, work: { kind: work.kind, clients: crowd, count } }
    })
  },
  dependenciesOf: (system) => remotesSystems[system].dependencies,
  run: runRemotes,
}

export const remotes = scenarioOf(remotesBench)
