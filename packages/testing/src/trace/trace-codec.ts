import { protocolVersion } from '@banyan/protocol'
import { TestingError } from '../testing-error.ts'
import { type Trace, type TraceEntry, traceFormat, traceVersion } from './trace.ts'
import { TraceFault } from './trace-checker.ts'
import { isTraceHeader, readEntry, readHeader, type TraceHeader } from './trace-schema.ts'

/** The text of a trace file: a list in JSON, the header first, then the entries, each in a line of its own. */
export function encodeTrace({ entries, ...header }: Trace): string {
  const first: TraceHeader = { ...header, count: entries.length }
  return `[\n${[first, ...entries].map((part) => JSON.stringify(part)).join(',\n')}\n]\n`
}

/** Throws 'invalidTrace' for text that is no trace, a damaged one, or one of another version. */
export function decodeTrace(text: string): Trace {
  const [first, ...parts] = parseList(text)
  const { count, ...header } = readFirst(first)
  const entries: readonly TraceEntry[] = parts.map((part, index) =>
    checked(`entry ${index + 1}`, () => readEntry(part)),
  )
  if (entries.length === count) return { ...header, entries }
  throw damaged(`it holds ${entries.length} entries of ${count}`)
}

function parseList(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch (error) {
    if (text.slice(0, 200).includes(traceFormat)) throw damaged(String(error))
    return []
  }
}

function readFirst(value: unknown): TraceHeader {
  if (!isTraceHeader(value)) {
    throw new TestingError(
      'invalidTrace',
      'cannot read the trace: it does not begin with the header of one. Pass the text that encodeTrace made, or the file that a failing test named.',
    )
  }
  if (value.version !== traceVersion) {
    const versions = `${JSON.stringify(value.version)}, and this is version ${traceVersion}`
    throw new TestingError(
      'invalidTrace',
      `cannot read the trace: it is of version ${versions}. Record it again, or use the @banyan/testing that wrote it.`,
    )
  }
  const header = checked('the header', () => readHeader(value))
  if (header.protocolVersion === protocolVersion) return header
  throw new TestingError(
    'invalidTrace',
    `cannot read the trace: its frames are of protocol version ${header.protocolVersion}, and this is version ${protocolVersion}. Record it again, or check out the code that wrote it.`,
  )
}

function checked<Result>(where: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof TraceFault) throw damaged(`${where}: ${error.message}`)
    throw error
  }
}

function damaged(problem: string): TestingError {
  return new TestingError(
    'invalidTrace',
    `cannot read the trace: it is damaged (${problem}). Run the test again, it writes a new one.`,
  )
}
