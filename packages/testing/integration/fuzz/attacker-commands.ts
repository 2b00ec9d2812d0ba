import { createSeededRandom, decodeDown } from '@banyan/protocol'
import { eventually } from '../sockets/monotonic-time.ts'
import { definition, remotes } from '../sockets/strain-game.ts'
import { type Attack, type AttackSetting, attacks, type HangingLine } from './attacks.ts'
import { createIntruder } from './intruder.ts'
import type { Chance } from './made-up-frames.ts'

export interface AttackOrder {
  readonly port: number
  readonly messages: number
  readonly seed: number
  /** How many lines attack at once. */
  readonly lines: number
}

/** What came of an attack, by its kind and how it ended. */
export interface AttackReport {
  readonly sent: number
  readonly sessions: number
  readonly ends: Readonly<Record<string, number>>
  readonly faults: readonly string[]
}

/** What the attackers' process answers. */
export type AttackerCommands = ReturnType<typeof createAttackerCommands>

const hangingCap = 100
/** No attack takes so long whose session the server ends. */
const attackLimitMs = 60_000

export function createAttackerCommands() {
  const hanging = new Set<HangingLine>()
  let born = 0

  function hang(line: HangingLine): void {
    hanging.add(line)
    void line.gone().then(() => hanging.delete(line))
    const [oldest] = hanging
    if (hanging.size > hangingCap) oldest?.destroy()
  }

  function choose(random: Chance): readonly [name: string, attack: Attack] {
    const all = Object.entries(attacks)
    let dice = random.next() * all.reduce((sum, [, [weight]]) => sum + weight, 0)
    for (const [name, [weight, attack]] of all) {
      dice -= weight
      if (dice < 0) return [name, attack]
    }
    throw new Error('the weights add up')
  }

  return {
    async attack({ port, messages, seed, lines }: AttackOrder): Promise<AttackReport> {
      const callable = await callableRemotes(port)
      const ends: Record<string, number> = {}
      const faults: string[] = []
      let [sent, sessions] = [0, 0]

      async function line(index: number): Promise<void> {
        const random = createSeededRandom(seed * 1000 + index)
        while (sent < messages && faults.length < 20) {
          born += 1
          const name = `m${index} ${born}`
          const [kind, attack] = choose(random)
          const setting: AttackSetting = { port, random, name, remotes: callable, hang }
          const outcome = await within(attack(setting), `${kind} of ${name}`)
          sent += outcome.sent
          sessions += 1
          const end = `${kind}: ${outcome.end}`
          ends[end] = (ends[end] ?? 0) + 1
          if (outcome.fault !== null) faults.push(`${kind} of ${name} (seed ${seed}): ${outcome.fault}`)
        }
      }
      await Promise.all(Array.from({ length: lines }, (_, index) => line(index)))
      return { sent, sessions, ends, faults }
    },
    /** How many lines hang; the server ends them by itself in time. */
    hanging: (): number => hanging.size,
    async giveUp(): Promise<void> {
      for (const line of hanging) line.destroy()
      await eventually('they are gone', () => hanging.size === 0)
    },
  }
}

/** Someone has a look first. */
async function callableRemotes(port: number): Promise<readonly number[]> {
  const ids = new Map<string, number>()
  const scout = createIntruder({
    port,
    name: 'scout',
    onFrame(frame) {
      const decoded = decodeDown(definition, frame)
      if (!decoded.ok || decoded.value.kind !== 'snapshot') return
      for (const operation of decoded.value.operations) {
        if (operation.kind === 'create') ids.set(operation.name, operation.id)
      }
    },
  })
  if (!(await scout.welcomed())) throw new Error('the scout was not let in')
  scout.line.destroy()
  await scout.gone()
  return [remotes.said.name, remotes.asked.name].map((name) => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`there is no remote "${name}"`)
    return id
  })
}

async function within<Value>(run: Promise<Value>, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the server left an attack without an end: ${what}`)),
      attackLimitMs,
    )
  })
  try {
    return await Promise.race([run, late])
  } finally {
    clearTimeout(timer)
  }
}
