import type { Operation } from '@banyan/datamodel'

// A segment is a list of runs: operations that share what a run tells once. A run begins with one number: the count of its
// operations less one, times 16, plus the tag.

/** The tags of runs; 8 to 15 are free. */
export const operationTag = Object.freeze({
  set: 0,
  /** A shift is a set whose columns tell steps. */
  shift: 0,
  create: 1,
  remove: 2,
  move: 3,
  rename: 4,
  edit: 5,
  attribute: 6,
  tags: 7,
}) satisfies Readonly<Record<Operation['kind'], number>>

/** How many tags there may be. */
export const operationTagSpace = 16

/** What the instances of a run of creations have beside their properties. */
export const createExtra = Object.freeze({ attributes: 1, tags: 2 })

/**
 * The least width of a column of ids, so that no run has more than two operations for a byte: few bytes must not stand for
 * many objects.
 */
export const idWidth = 4

/** Ids and order keys lie below this, because a tree's maps hold no more. */
export const idCap = 2 ** 31
