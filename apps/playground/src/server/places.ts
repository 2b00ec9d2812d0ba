import { createPlace, type Place, type PlaceOptions } from 'banyan/server'
import { countdownScript } from '../countdown/countdown.server.ts'
import { definition as countdownDefinition } from '../countdown/definition.ts'
import { definition as raceDefinition } from '../race/definition.ts'
import { createRaceScript } from '../race/server/race.server.ts'

/** Appears in the race's ServerStorage and nowhere else; the browser tests search all received bytes for it. */
const privateMark = 'server-only-sentinel'

/** What the playground says about all of its places. */
type Surroundings = Partial<Omit<PlaceOptions, 'definition' | 'maxPlayers' | 'name' | 'scripts'>>

/** A place's name is its kind and what `?place=` says: `race-main`, `countdown-friends`. Other kinds do not exist. */
export function makePlace(name: string, surroundings: Surroundings = {}): Place | null {
  const common = { ...surroundings, name }
  if (/^countdown-./.test(name)) {
    return createPlace({ ...common, definition: countdownDefinition, scripts: [countdownScript] })
  }
  if (/^race-./.test(name)) {
    const scripts = [createRaceScript({ privateMark })]
    return createPlace({ ...common, definition: raceDefinition, scripts, maxPlayers: 24 })
  }
  return null
}
