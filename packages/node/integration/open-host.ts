import { createHost, type HostOptions } from '@banyan/node'
import { defineGame, encodePing } from '@banyan/protocol'
import { createPlace } from '@banyan/server'
import {
  createTestHost,
  type PlaceSurroundings,
  type TestHost,
  type TestHostOptions,
} from '@banyan/testing/host'
import { onTestFinished } from 'vitest'
import { type Guest, type GuestOptions, openGuest } from './guest.ts'

/** Of a game of nothing. */
const definition = defineGame({})
const main = (given: PlaceSurroundings) => createPlace({ ...given, definition })

/** Ends with the test, after its guests. */
export async function open(options: Partial<TestHostOptions> = {}): Promise<TestHost> {
  const host = await createTestHost({ places: { main }, ...options })
  onTestFinished(() => host[Symbol.asyncDispose]())
  return host
}

/** A host that is refused. */
export function refused(options: Partial<HostOptions>): Promise<unknown> {
  const places = { main: () => createPlace({ definition }) }
  return createHost({ places, stopOnSignals: false, ...options })
}

/** Connects and says hello; rejects where the host refuses the connection. */
export async function visit(host: TestHost, options: Partial<GuestOptions> = {}): Promise<Guest> {
  const guest = await openGuest({ url: host.url, definition, ...options })
  onTestFinished(() => guest.close())
  return guest
}

/** A guest who was let in. */
export async function welcome(host: TestHost, options: Partial<GuestOptions> = {}): Promise<Guest> {
  const guest = await visit(host, options)
  await host.until('the guest is let in', () => guest.last('welcome') !== null)
  return guest
}

/** The guest asks over its line and is answered. */
export async function expectPong(host: TestHost, guest: Guest, clientMs: number): Promise<void> {
  guest.send(encodePing({ clientMs }))
  await host.until('the guest is answered', () => guest.last('pong')?.clientMs === clientMs)
}

/** Nobody polls the sessions that the test began. */
export async function forgetUngreeted(host: TestHost): Promise<void> {
  await host.advance(10_000)
  await host.until('they are forgotten', () => host.server.metrics().connections === 0)
}
