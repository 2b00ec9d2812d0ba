import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { TestingError } from '../testing-error.ts'
import type { Trace } from './trace.ts'
import { decodeTrace, encodeTrace } from './trace-codec.ts'

/** Writes the file, over another one of that name, and makes the folders above it. */
export function writeTrace(trace: Trace, file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, encodeTrace(trace))
}

/** Throws 'invalidTrace' for a file that is not there, and as `decodeTrace`. */
export function readTrace(file: string): Trace {
  return decodeTrace(read(file))
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new TestingError(
      'invalidTrace',
      `cannot read the trace "${file}": the file cannot be opened. Pass the path that the failing test named.`,
      { cause },
    )
  }
}
