/** How much a trial went through, so that a set of trials can tell what it tried. */
export interface TrialReport {
  readonly commits: number
  /** Commits at which somebody gained or lost the sight of something by a change of audience or team. */
  readonly regroupings: number
  /** Steps behind which somebody lacked values that may skip. */
  readonly skipping: number
  /** Changes that were told in steps of a precision. */
  readonly shifts: number
  /** Writes of pages over what the server owns. */
  readonly overwrites: number
  /** Events and requests that the server heard. */
  readonly heardUp: number
  /** Events that clients heard. */
  readonly heardDown: number
  readonly answers: number
  /** Unreliable events that arrived, either way. */
  readonly datagrams: number
  /** Joins by how the server took them. */
  readonly new: number
  readonly rejoined: number
  readonly resumed: number
  readonly virtualMs: number
}

/** A report while it grows. */
export type TrialCounts = { -readonly [Name in keyof TrialReport]: TrialReport[Name] }

export function createCounts(): TrialCounts {
  return {
    commits: 0,
    regroupings: 0,
    skipping: 0,
    shifts: 0,
    overwrites: 0,
    heardUp: 0,
    heardDown: 0,
    answers: 0,
    datagrams: 0,
    new: 0,
    rejoined: 0,
    resumed: 0,
    virtualMs: 0,
  }
}
