import type { Path } from '@banyan/client'
import { TestingError, valueText } from '@banyan/testing'
import { expect as baseExpect, type ExpectMatcherState } from '@playwright/test'
import type { Look } from '../door/door.ts'
import { createPageDoor } from '../player/page-door.ts'
import type { ReadInstance } from '../player/read-instance.ts'
import type { WorldPlayer } from '../player/world-player.ts'
import { follow } from './follow.ts'
import { absenceText, instanceOfSight } from './instance-of-sight.ts'
import { matches } from './matches.ts'
import { pathNames } from './path-names.ts'

/** Such as `expect.any(Number)`, which says what it accepts. */
interface Matcher {
  toString(): string
}

type Wanted = Readonly<Record<string, unknown>>

interface MatcherResult {
  readonly name: string
  readonly pass: boolean
  readonly message: () => string
}

/** What `expect(player)` can do. */
export type SeeMatchers = {
  /**
   * Waits until the player's replica has an instance at the path with these property values, or, after `.not`, until it
   * has not. Values may be matchers such as `expect.any(Number)`. The timeout is that of `expect` when left out.
   */
  toSee(
    this: ExpectMatcherState,
    player: WorldPlayer,
    path: Path,
    properties?: Wanted,
    options?: { readonly timeout?: number },
  ): Promise<MatcherResult>
}

/** Playwright's `expect`, which can also look into replicas. */
export const expect = baseExpect.extend<SeeMatchers>({
  async toSee(player, path, properties = {}, options = {}) {
    expectPlayer(player)
    const names = pathNames(path)
    const { isNot } = this
    const { timeout = this.timeout } = options
    const { isAccepted, last } = await follow(createPageDoor(player.name, player.page), names, {
      accept: (look) => isSeen(look, properties) !== isNot,
      limitMs: timeout,
    })
    return {
      name: 'toSee',
      pass: isAccepted !== isNot,
      message: () =>
        [
          `"${player.name}" ${isNot ? 'still sees' : 'does not see'} "${names.join('.')}"${textOfWanted(properties)} after ${timeout} ms.`,
          ...(last === null ? ['Their page did not answer.'] : linesOf(last, properties)),
          ...(player.time === 'virtual' ? ['Time is virtual: nothing moves but by world.advance(ms).'] : []),
        ].join('\n'),
    }
  },
})

/** Types say it too, but a test may be plain JavaScript. */
function expectPlayer(player: Partial<WorldPlayer> | null | undefined): void {
  if (player?.page !== undefined && player.context !== undefined) return
  throw new TestingError(
    'invalidOption',
    'cannot look with toSee: what expect was given is no player. Pass one that world.players returned.',
  )
}

function isSeen({ sight }: Look, wanted: Wanted): boolean {
  if (sight.kind === 'absent') return false
  const { properties } = instanceOfSight(sight)
  return Object.entries(wanted).every(
    ([name, value]) => Object.hasOwn(properties, name) && matches(properties[name], value),
  )
}

function textOfWanted(wanted: Wanted): string {
  return Object.keys(wanted).length === 0 ? '' : ` with ${entriesText(wanted)}`
}

function linesOf({ sight, state }: Look, wanted: Wanted): readonly string[] {
  const connection = state.kind === 'joined' ? [] : [`Their connection is ${state.kind}.`]
  if (sight.kind === 'absent') return [`In their replica ${absenceText(sight)}`, ...connection]
  const { className, name, properties } = instanceOfSight(sight)
  return [
    ...Object.entries(wanted).map(([key, value]) => `  ${key}: ${comparison(properties, key, value)}`),
    `Their replica has the ${className} "${name}" with ${entriesText(properties)}`,
    ...connection,
  ]
}

function comparison(properties: ReadInstance['properties'], key: string, wanted: unknown): string {
  if (!Object.hasOwn(properties, key))
    return `there is no such property. Use one of ${Object.keys(properties).join(', ')}`
  const is = valueText(properties[key])
  return matches(properties[key], wanted) ? `is ${is}, as wanted` : `is ${is}, not ${wantedText(wanted)}`
}

function entriesText(values: Wanted): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${wantedText(value)}`)
    .join(' ')
}

function wantedText(value: unknown): string {
  return typeof value === 'object' && value !== null && 'asymmetricMatch' in value
    ? (value as Matcher).toString()
    : valueText(value)
}
