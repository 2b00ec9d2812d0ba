import {
  type Audience,
  type Audiences,
  type Instance,
  type NamedAudience,
  type Player,
  Team,
  type VisibleTo,
} from '@banyan/datamodel'
import type { AudienceStep, Half, Rule } from './tree-step.ts'

/** Who is in what, and who sees what, as steps say it. */
export interface Regrouping {
  /** False when it did nothing. */
  apply(step: AudienceStep): boolean
  /** False where the rule names somebody who is not there. */
  show(thing: Instance, rule: Rule): boolean
  /** False where the player is not there. */
  own(thing: Instance, player: string | null): boolean
}

export interface RegroupingOptions {
  readonly audiences: Audiences
  /** What predicates depend on. */
  readonly workspace: Instance
  readonly findPlayer: (name: string) => Player | null
  readonly find: (label: string) => Instance | null
}

/** Which half a player is in while Workspace has so many children. */
export function halfOf(playerId: number, children: number): Half {
  return (playerId + children) % 2 === 0 ? 'even' : 'odd'
}

export function createRegrouping({ audiences, find, findPlayer, workspace }: RegroupingOptions): Regrouping {
  const halves = new Map<Half, Audience>()

  function audience(name: string): NamedAudience {
    return audiences.find(name) ?? audiences.create(name)
  }

  function halfAudience(half: Half): Audience {
    const made =
      halves.get(half) ??
      audiences.when(`${half} half`, {
        dependsOn: [workspace],
        test: ({ id }) => halfOf(id, workspace.getChildren().length) === half,
      })
    halves.set(half, made)
    return made
  }

  /** A team counts from the moment on at which it was in the tree. */
  function team(label: string): Team | null {
    const found = find(label)
    return found?.isA(Team) === true && found.id > 0 ? found : null
  }

  function target(rule: Exclude<Rule, string>): VisibleTo | null {
    if ('player' in rule) return findPlayer(rule.player)
    if ('half' in rule) return halfAudience(rule.half)
    return 'team' in rule ? team(rule.team) : audience(rule.audience)
  }

  return {
    apply(step) {
      if (step.kind === 'disband') {
        audience(step.audience).destroy()
        return true
      }
      const player = findPlayer(step.player)
      if (player === null) return false
      if (step.kind === 'team') {
        player.team = step.team === null ? null : team(step.team)
        return true
      }
      const group = audience(step.audience)
      if (step.kind === 'admit') group.add(player)
      else group.remove(player)
      return true
    },
    show(thing, rule) {
      const visibleTo = typeof rule === 'string' ? rule : target(rule)
      if (visibleTo === null) return false
      thing.visibleTo = visibleTo
      return true
    },
    own(thing, name) {
      const owner = name === null ? null : findPlayer(name)
      if (owner === null && name !== null) return false
      thing.owner = owner
      return true
    },
  }
}
