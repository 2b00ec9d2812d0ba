// Promise 13 on real sockets: events for a client that reads nothing are kept in order to a bound, then it is dismissed
// and may come back for them.
import { RemoteEvent } from '@banyan/datamodel'
import { type DownMessage, decodeArguments, defineGame } from '@banyan/protocol'
import { createPlace } from '@banyan/server'
import { createTestHost } from '@banyan/testing/host'
import { expect, onTestFinished, test } from 'vitest'
import { type GuestOptions, openGuest } from './guest.ts'

const definition = defineGame({})

/** The first argument of each event in the messages. */
function eventsIn(messages: readonly DownMessage[]): unknown[] {
  return messages.flatMap((message) =>
    message.kind !== 'patches'
      ? []
      : (message.session?.deliveries ?? []).map((delivery) => {
          const decoded =
            delivery.kind === 'event'
              ? decodeArguments(delivery.args.bytes, [], { allowNonFinite: true })
              : null
          return decoded?.ok ? decoded.value[0] : null
        }),
  )
}

test('HO25 SE14 a client that reads no events is dismissed at the bound, and comes back for every one of them', async () => {
  const host = await createTestHost({
    clock: 'still',
    places: { main: (given) => createPlace({ ...given, definition }) },
  })
  onTestFinished(() => host[Symbol.asyncDispose]())
  const enter = async (options: Partial<GuestOptions> = {}) => {
    const guest = await openGuest({ url: host.url, definition, guestKey: 'slow', ...options })
    onTestFinished(() => guest.close())
    await host.until('the guest is let in', () => guest.last('welcome') !== null)
    return guest
  }
  const guest = await enter()
  const place = host.place('main')
  const told = new RemoteEvent({ name: 'told', parent: place.game.getService('ReplicatedStorage') })
  place.step()
  const [player] = place.players.getPlayers()
  guest.stall()
  const count = 1000
  for (let number = 1; number <= count; number += 1) {
    if (player !== undefined) told.fireClient(player, number)
    if (number % 50 === 0) place.step()
  }
  await host.until('it is dismissed', () => place.stats.connected === 0)
  expect(place.stats.players).toBe(1)
  guest.readOn()
  await host.until('it hears why', () => guest.last('close') !== null)
  expect(guest.last('close')?.code).toBe('slowReader')
  const { token = '', epoch = '', seq = 0 } = guest.last('welcome') ?? {}
  const heard = eventsIn(guest.messages)
  const again = await enter({ resume: { token, epoch, seq, eventSeq: heard.length } })
  expect(again.last('welcome')).toMatchObject({ status: 'resumed', eventSeq: heard.length + 1 })
  await host.until('it has all of them', () => heard.length + eventsIn(again.messages).length >= count)
  expect([...heard, ...eventsIn(again.messages)]).toEqual(Array.from({ length: count }, (_, at) => at + 1))
})
