import { script } from 'banyan/server'
import { Countdown, goMs, remotes } from './definition.ts'

/** Anyone may start it; while it runs, nobody may restart it. */
export const countdownScript = script(({ replicatedStorage, remote, task, clock }) => {
  const countdown = new Countdown({ name: 'Countdown', parent: replicatedStorage })

  remote(remotes.startCountdown).onServerEvent.connect((player, { seconds }) => {
    if (countdown.endsAt !== 0) return
    countdown.seconds = seconds
    countdown.startedBy = player.name
    countdown.endsAt = clock.now() + seconds * 1000
    task.delay(seconds * 1000 + goMs, () => {
      countdown.endsAt = 0
    })
  })
})
