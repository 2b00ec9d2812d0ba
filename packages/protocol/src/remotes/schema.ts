import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ProtocolError } from '../errors.ts'
import { excerpt } from '../excerpt.ts'

/** What is told of a value that does not fit; there may be an issue for each of its parts. */
const issueCap = 4
const issueLengthCap = 120
const keyLengthCap = 40

/** What a schema made of a value: its output, or why not, one text per issue that begins with the path. */
export type Parsed<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly issues: readonly string[] }

/**
 * Runs a Standard Schema over an untrusted value. Throws only `asyncSchema`, because messages are handled in order and
 * cannot wait; a schema that throws by itself counts as an issue.
 */
export function parse<Schema extends StandardSchemaV1>(
  schema: Schema,
  value: unknown,
): Parsed<StandardSchemaV1.InferOutput<Schema>> {
  const result = validate(schema, value)
  if (result instanceof Promise) {
    // Nobody waits for it any more, so its rejection must not end the process.
    result.catch(() => {})
    throw new ProtocolError(
      'asyncSchema',
      `cannot parse with a schema of "${schema['~standard'].vendor}": it is asynchronous. Use a synchronous schema and check the rest in the handler.`,
    )
  }
  if (result.issues === undefined) return { ok: true, value: result.value }
  return { ok: false, issues: describeAll(result.issues) }
}

function validate<Schema extends StandardSchemaV1>(schema: Schema, value: unknown) {
  try {
    return schema['~standard'].validate(value)
  } catch (error) {
    return { issues: [{ message: `the schema threw: ${String(error)}` }] }
  }
}

/** Schemas quote what they were given, which is as long as a stranger likes. */
function describeAll(issues: readonly StandardSchemaV1.Issue[]): readonly string[] {
  const told = issues.slice(0, issueCap).map(describe)
  return issues.length > issueCap ? [...told, `and ${issues.length - issueCap} more`] : told
}

function describe({ message, path = [] }: StandardSchemaV1.Issue): string {
  const text = excerpt(message, issueLengthCap)
  const keys = path.map((step) => excerpt(String(typeof step === 'object' ? step.key : step), keyLengthCap))
  return keys.length === 0 ? text : `${keys.join('.')}: ${text}`
}
