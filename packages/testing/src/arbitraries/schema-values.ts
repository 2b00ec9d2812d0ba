import { parse } from '@banyan/protocol'
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import type { Arbitrary } from 'fast-check'
import { expectKnown } from '../known-options.ts'
import { TestingError } from '../testing-error.ts'
import type { JsonSchema } from './json-schema.ts'
import { jsonSchemaValues } from './json-schema-values.ts'

/** How to make values of schemas that do not describe themselves. */
export interface SchemaOptions {
  /**
   * Describes the input of a schema as JSON Schema, as in `(schema) => toJsonSchema(schema as v.GenericSchema)` for
   * Valibot; null falls back to what the schema says of itself.
   */
  readonly jsonSchemaOf?: (schema: StandardSchemaV1) => JsonSchema | null
}

export const schemaOptionNames = { jsonSchemaOf: true } as const satisfies Record<keyof SchemaOptions, true>

/** So many values in a row that the schema refuses mean that no other will come. */
const refusalCap = 2_000

/**
 * What a sender may pass to a Standard Schema: made from its JSON Schema, then checked by the schema itself. `name` is
 * for errors. Throws 'undescribedSchema' at once when the schema does not describe itself, and 'unsatisfiable' while
 * values are made when it refuses all that its description promises.
 */
export function schemaValues<Schema extends StandardSchemaV1>(
  schema: Schema,
  name: string,
  options: SchemaOptions = {},
): Arbitrary<StandardSchemaV1.InferInput<Schema>> {
  expectKnown(Object.keys(options), {
    cannot: `make values for "${name}" with`,
    known: Object.keys(schemaOptionNames),
  })
  let refusals = 0
  const fits = (value: unknown): boolean => {
    const isFit = parse(schema, value).ok
    refusals = isFit ? 0 : refusals + 1
    if (refusals <= refusalCap) return isFit
    throw new TestingError(
      'unsatisfiable',
      `cannot make values for "${name}": the schema of "${schema['~standard'].vendor}" refused ${refusalCap} in a row that fit its JSON Schema. Pass an arbitrary as values: { '${name}': … }.`,
    )
  }
  return jsonSchemaValues(describe(schema, name, options)).filter(fits) as Arbitrary<
    StandardSchemaV1.InferInput<Schema>
  >
}

function describe(schema: StandardSchemaV1, name: string, { jsonSchemaOf }: SchemaOptions): JsonSchema {
  const { vendor } = schema['~standard']
  const instead = `Pass jsonSchemaOf to describe it, or an arbitrary as values: { '${name}': … }.`
  let described: JsonSchema | null
  try {
    described = jsonSchemaOf?.(schema) ?? ownDescription(schema)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new TestingError(
      'undescribedSchema',
      `cannot make values for "${name}": its schema of "${vendor}" has no JSON Schema (${why}). ${instead}`,
      { cause: error },
    )
  }
  if (described !== null) return described
  throw new TestingError(
    'undescribedSchema',
    `cannot make values for "${name}": its schema of "${vendor}" does not describe itself as JSON Schema. ${instead}`,
  )
}

/** By the Standard JSON Schema interface, which Zod and ArkType have, and Valibot by `toStandardJsonSchema`. */
function ownDescription(schema: StandardSchemaV1): JsonSchema | null {
  const { jsonSchema } = schema['~standard'] as Partial<StandardJSONSchemaV1.Props>
  if (typeof jsonSchema?.input !== 'function') return null
  return jsonSchema.input({ target: 'draft-2020-12' })
}
