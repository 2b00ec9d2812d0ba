import { defineGame, defineRemotes, toServer } from 'banyan'
import { literal } from 'valibot'

export const remotes = defineRemotes({ add: toServer(literal(1)) })
export const definition = defineGame({ remotes })
