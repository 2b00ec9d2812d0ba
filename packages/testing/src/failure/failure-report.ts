import { join } from 'node:path'
import type { TestPlace } from '../place/test-place.ts'
import { writeTrace } from '../trace/trace-file.ts'
import { tracePathOf } from './trace-path.ts'

/** How many entries of the timeline a report shows; the trace holds them all. */
const shownEntries = 40

export interface FailureReportOptions {
  /** The failing test with the groups around it, for the name of the trace. */
  readonly test: string
  /** The file that it is in, where the runner tells. */
  readonly testFile?: string
  /** Which of the test's traces this is, from 1; 1 when left out. */
  readonly number?: number
  /** What failed it. */
  readonly error: unknown
  /** Where traces go; `test-results/traces` below the current folder when left out. */
  readonly folder?: string
}

/** Writes the trace of a place whose test failed; returns what to print: the file, how to replay it, the end of the timeline. */
export function reportFailure(
  place: TestPlace,
  { error, folder = join('test-results', 'traces'), ...which }: FailureReportOptions,
): string {
  const { test } = which
  const trace = join(folder, tracePathOf({ ...which, seed: place.seed }))
  writeTrace(place.recorder.trace({ error }), trace)
  return [
    `The trace of "${test}" is in ${trace}. Replay it with replayTrace(readTrace('${trace}'), { definition, player }).`,
    `Its last ${shownEntries} messages:`,
    place.timeline({ limit: shownEntries }),
  ].join('\n')
}
