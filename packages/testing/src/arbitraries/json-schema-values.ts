import fc, { type Arbitrary } from 'fast-check'
import { at, has, type JsonSchema, listAt, schemasAt, stringAt } from './json-schema.ts'
import { depthCap, type SchemaContext, schemaList, schemaObject } from './json-schema-containers.ts'
import { mergeSchemas, resolveReference, without } from './json-schema-merge.ts'
import { schemaInteger, schemaNumber, schemaString } from './json-schema-scalars.ts'
import { json } from './plain-values.ts'

/**
 * Values that a JSON Schema describes, smallest first. Reads types, enums, constants, unions, intersections, references
 * into the document, objects, records, lists, tuples, bounds, lengths, patterns and the common formats; what it does not
 * read makes values too wide, never too narrow, so they are to be checked by the schema itself.
 */
export function jsonSchemaValues(document: JsonSchema): Arbitrary<unknown> {
  const knot = fc.letrec<Record<string, unknown>>((tie) => {
    const made: Record<string, Arbitrary<unknown>> = {}
    const open = new Set<string>(['#'])
    const refer = (reference: string): Arbitrary<unknown> => {
      open.add(reference)
      return tie(reference)
    }
    const context: SchemaContext = { document, refer, depth: fc.createDepthIdentifier(), valuesOf }
    // References that are met on the way are appended, and visited too.
    for (const reference of open) made[reference] = valuesOf(resolveReference(document, reference), context)
    return made
  })
  return knot['#'] ?? json
}

function valuesOf(schema: JsonSchema, context: SchemaContext): Arbitrary<unknown> {
  const reference = stringAt(schema, '$ref')
  if (reference !== null) return context.refer(reference)
  if (has(schema, 'const')) return fc.constant(at(schema, 'const'))
  const choices = listAt(schema, 'enum')
  if (choices !== null && choices.length > 0) return fc.constantFrom(...choices)
  const all = schemasAt(schema, 'allOf')
  if (all !== null)
    return valuesOf(mergeSchemas(context.document, [without(schema, 'allOf'), ...all]), context)
  const some = schemasAt(schema, 'anyOf') ?? schemasAt(schema, 'oneOf')
  if (some !== null && some.length > 0) {
    const rest = without(schema, 'anyOf', 'oneOf')
    const merged = simplestFirst(some).map((one) => mergeSchemas(context.document, [rest, one]))
    return either(
      merged.map((one) => valuesOf(one, context)),
      context,
    )
  }
  const types = listAt(schema, 'type') ?? [stringAt(schema, 'type') ?? guessType(schema)]
  const simplest = types.map(String).toSorted((a, b) => rankOfType(a) - rankOfType(b))
  return either(
    simplest.map((type) => typed(type, schema, context)),
    context,
  )
}

function either(choices: readonly Arbitrary<unknown>[], { depth }: SchemaContext): Arbitrary<unknown> {
  const [first] = choices
  if (choices.length === 1 && first !== undefined) return first
  return fc.oneof({ depthIdentifier: depth, maxDepth: depthCap }, ...choices)
}

/** The simplest first: that is what is left where schemas contain themselves too deeply. */
function simplestFirst(schemas: readonly JsonSchema[]): readonly JsonSchema[] {
  const rank = (schema: JsonSchema): number =>
    has(schema, '$ref') ? 2 : rankOfType(stringAt(schema, 'type') ?? guessType(schema))
  return schemas.toSorted((a, b) => rank(a) - rank(b))
}

function rankOfType(type: string): number {
  return type === 'object' || type === 'array' ? 1 : 0
}

function typed(type: string, schema: JsonSchema, context: SchemaContext): Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return schemaInteger(schema)
    case 'number':
      return schemaNumber(schema)
    case 'string':
      return schemaString(schema)
    case 'array':
      return schemaList(schema, context)
    case 'object':
      return schemaObject(schema, context)
    default:
      return json
  }
}

/** Libraries leave the type out where a keyword tells it. */
function guessType(schema: JsonSchema): string {
  if (has(schema, 'properties') || has(schema, 'additionalProperties')) return 'object'
  if (has(schema, 'items') || has(schema, 'prefixItems')) return 'array'
  return 'any'
}
