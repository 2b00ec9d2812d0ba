import { protocolVersion } from '@banyan/protocol'
import { TestingError } from '../testing-error.ts'
import { type Trace, type TraceEntry, traceVersion } from './trace.ts'
import { TraceFault } from './trace-checker.ts'
import { isTraceHeader, readEntry, readHeader, type TraceHeader } from './trace-schema.ts'

/** The text of a trace file: a line of JSON for the header, then one for each entry. */
export function encodeTrace({ entries, ...header }: Trace): string {
  const first: TraceHeader = { ...header, count: entries.length }
  return `${[first, ...entries].map((line) => JSON.stringify(line)).join('\n')}\n`
}

/** Throws 'invalidTrace' for text that is no trace, a damaged one, or one of another version. */
export function decodeTrace(text: string): Trace {
  const [first = '', ...lines] = text.split('\n')
  const { count, ...header } = parseHeader(first)
  const entries: TraceEntry[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '' && index === lines.length - 1) continue
    entries.push(inLine(index + 2, () => readEntry(JSON.parse(line))))
  }
  if (entries.length === count) return { ...header, entries }
  throw damaged(`it holds ${entries.length} entries of ${count}`)
}

function parseHeader(line: string): TraceHeader {
  const value = asJson(line)
  if (!isTraceHeader(value)) {
    throw new TestingError(
      'invalidTrace',
      'cannot read the trace: its first line is no header of a trace. Pass the text that encodeTrace made, or the file that a failing test named.',
    )
  }
  if (value.version !== traceVersion) {
    const versions = `${JSON.stringify(value.version)}, and this is version ${traceVersion}`
    throw new TestingError(
      'invalidTrace',
      `cannot read the trace: it is of version ${versions}. Record it again, or use the @banyan/testing that wrote it.`,
    )
  }
  const header = inLine(1, () => readHeader(value))
  if (header.protocolVersion === protocolVersion) return header
  throw new TestingError(
    'invalidTrace',
    `cannot read the trace: its frames are of protocol version ${header.protocolVersion}, and this is version ${protocolVersion}. Record it again, or check out the code that wrote it.`,
  )
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function inLine<Result>(line: number, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof TraceFault) throw damaged(`line ${line}: ${error.message}`)
    if (error instanceof SyntaxError) throw damaged(`line ${line} is not JSON`)
    throw error
  }
}

function damaged(problem: string): TestingError {
  return new TestingError(
    'invalidTrace',
    `cannot read the trace: it is damaged (${problem}). Run the test again, it writes a new one.`,
  )
}
