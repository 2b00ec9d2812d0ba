import type { TreeStep } from './tree-step.ts'

/** What a step has to say, and may say, beside its kind. */
export interface StepKeys {
  readonly needed: readonly string[]
  readonly optional?: readonly string[]
}

export const treeStepKeys = {
  create: {
    needed: ['thing', 'className', 'parent'],
    optional: ['name', 'properties', 'attributes', 'tags', 'visibleTo'],
  },
  destroy: { needed: ['thing'] },
  move: { needed: ['thing', 'to'] },
  rename: { needed: ['thing', 'name'] },
  set: { needed: ['thing', 'property', 'value'] },
  update: { needed: ['thing', 'property', 'edit'] },
  attribute: { needed: ['thing', 'name', 'value'] },
  tag: { needed: ['thing', 'tag'] },
  untag: { needed: ['thing', 'tag'] },
  visibleTo: { needed: ['thing', 'rule'] },
  owner: { needed: ['thing', 'player'] },
  admit: { needed: ['audience', 'player'] },
  expel: { needed: ['audience', 'player'] },
  disband: { needed: ['audience'] },
  team: { needed: ['player', 'team'] },
} as const satisfies Record<TreeStep['kind'], StepKeys>
