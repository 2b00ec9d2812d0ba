import { join } from 'node:path'
import type { TestPlace } from '../place/test-place.ts'
import { writeTrace } from '../trace/trace-file.ts'

/** How many entries of the timeline a report shows; the trace holds them all. */
const shownEntries = 40

export interface FailureReportOptions {
  /** The failing test, for the name of the file. */
  readonly test: string
  /** What failed it. */
  readonly error: unknown
  /** Where traces go; `test-results/traces` below the current folder when left out. */
  readonly folder?: string
}

/** Writes the trace of a place whose test failed; returns what to print: the file, how to replay it, the end of the timeline. */
export function reportFailure(
  place: TestPlace,
  { test, error, folder = join('test-results', 'traces') }: FailureReportOptions,
): string {
  const file = join(folder, `${fileNameOf(test)}-seed-${place.seed}.json`)
  writeTrace(place.recorder.trace({ error }), file)
  return [
    `The trace of "${test}" is in ${file}. Replay it with replayTrace(readTrace('${file}'), { definition, player }).`,
    `Its last ${shownEntries} messages:`,
    place.timeline({ limit: shownEntries }),
  ].join('\n')
}

function fileNameOf(test: string): string {
  const words = test.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return words.replaceAll(/^-|-$/g, '').slice(0, 80) || 'test'
}
