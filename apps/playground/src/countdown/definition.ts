import { Configuration, defineClass, defineGame, defineRemotes, float, int, string, toServer } from 'banyan'
import * as v from 'valibot'

export const choices = [3, 5, 10, 30] as const

/** How long "Go" stays up, in milliseconds, before the next countdown may start. */
export const goMs = 2_500

/** One instance in ReplicatedStorage. `endsAt` is server time in milliseconds; 0 means that none is running. */
export const Countdown = defineClass('Countdown', {
  extends: Configuration,
  properties: { endsAt: float(0), seconds: int(0), startedBy: string('') },
})
export type Countdown = InstanceType<typeof Countdown>

export const remotes = defineRemotes({
  startCountdown: toServer(v.object({ seconds: v.picklist(choices) })),
})

export const definition = defineGame({ classes: [Countdown], remotes })
