import type { Audience } from '@banyan/datamodel'
import type { Place } from '@banyan/server'
import { halfOf } from '../cast/regrouping.ts'
import type { TreeStep } from '../cast/tree-step.ts'
import type { IsEnrolled } from './sight.ts'

/** Who is in which audience, by the steps alone. */
export interface Rolls {
  /** Takes a step by `apply`, and notes what it should do from the next commit on. */
  take(step: TreeStep, apply: () => boolean): void
  readonly isEnrolled: IsEnrolled
}

interface Roll {
  /** It holds for snapshots after this patch. */
  readonly afterSeq: number
  readonly playerIds: ReadonlySet<number>
}

export function createRolls(server: () => Place): Rolls {
  const rolls = new WeakMap<Audience, Roll[]>()

  return {
    take(step, apply) {
      if (!('audience' in step)) return void apply()
      const { audiences, game, players } = server()
      const before = audiences.find(step.audience)
      if (!apply()) return
      const audience = audiences.find(step.audience) ?? before
      if (audience === null) return
      const list = rolls.get(audience) ?? []
      const playerIds = new Set(list.at(-1)?.playerIds)
      if (step.kind === 'disband') playerIds.clear()
      else {
        const id = players.getPlayers().find(({ name }) => name === step.player)?.id ?? 0
        if (step.kind === 'admit') playerIds.add(id)
        else playerIds.delete(id)
      }
      rolls.set(audience, [...list, { afterSeq: game.snapshot.seq, playerIds }])
    },
    isEnrolled(audience, playerId, { records, seq }) {
      if (audience.name === 'even half' || audience.name === 'odd half') {
        const workspace = records.get(server().game.getService('Workspace').id)
        return audience.name === `${halfOf(playerId, workspace?.children.length ?? 0)} half`
      }
      const roll = rolls.get(audience)?.findLast(({ afterSeq }) => afterSeq < seq)
      return roll?.playerIds.has(playerId) === true
    },
  }
}
