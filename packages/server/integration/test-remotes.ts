import { defineGame, defineRemotes, request, toClient, toServer } from '@banyan/protocol'
import { anyNumber, anyValue, schemaOf, text } from './test-schemas.ts'

const doubled = schemaOf<number, string>(
  (value) => typeof value === 'number' && value < 1000,
  (value) => `${value * 2}`,
)

/** One remote of each kind that a rule speaks of. */
export const remotes = defineRemotes({
  act: toServer(anyValue),
  double: toServer(doubled),
  small: toServer(anyValue, { maxBytes: 100 }),
  odd: toServer(anyNumber, { allowNonFinite: 'allow' }),
  rare: toServer(anyValue, { rate: { perSecond: 1, burst: 2 } }),
  steer: toServer(doubled, { unreliable: true }),
  seldom: toServer(anyValue, { unreliable: true, rate: { perSecond: 1, burst: 2 } }),
  note: toClient(anyValue),
  moved: toClient(anyValue, { unreliable: true }),
  say: toClient(text),
  ask: request(anyValue, anyValue),
  spell: request(anyNumber, text),
})

export const definition = defineGame({ remotes })
