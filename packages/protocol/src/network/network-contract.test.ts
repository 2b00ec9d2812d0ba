import { createManualClock } from '../clocks/manual-clock.ts'
import { createSeededRandom } from '../random/seeded-random.ts'
import { describeTransport } from '../transport-contract.ts'
import { createMemoryTransport } from '../transports/memory-transport.ts'
import type { NetworkConditions } from './conditions.ts'
import { createNetwork } from './create-network.ts'

const worlds: Readonly<Record<string, NetworkConditions>> = {
  'without conditions': {},
  'with latency': { latencyMs: 80 },
  'with all conditions': { latencyMs: 20, jitterMs: 60, loss: 0.2, reorder: 0.3, bytesPerSecond: 1_000_000 },
  'with another line down than up': { down: { latencyMs: 300 }, up: { jitterMs: 5 } },
}

for (const [name, conditions] of Object.entries(worlds)) {
  describeTransport(`memory behind a network ${name}`, ({ report }) => {
    const memory = createMemoryTransport({ report })
    const clock = createManualClock()
    const network = createNetwork({ clock, seed: 1, report, isUnreliable: () => false })
    network.setForAll(conditions)
    // The suite waits without a clock, so time goes on by itself, a little at a time.
    let isRunning = true
    const random = createSeededRandom(1)
    const run = (): void => {
      clock.advance(random.next() * 10)
      if (isRunning) setImmediate(run)
    }
    run()
    return {
      client: memory.client,
      server: network.wrap(memory.server),
      close() {
        isRunning = false
        network.close()
      },
    }
  })
}
