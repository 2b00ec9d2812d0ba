import { isPrototypeKey } from '@banyan/datamodel'
import fc, { type Arbitrary } from 'fast-check'
import {
  at,
  has,
  type JsonSchema,
  listAt,
  numberAt,
  schemaAt,
  schemasAt,
  schemasByName,
} from './json-schema.ts'
import { json, jsonKey } from './plain-values.ts'

/** What the parts of one document share. */
export interface SchemaContext {
  readonly document: JsonSchema
  /** What a reference leads to, once all are made: a schema may contain itself. */
  readonly refer: (reference: string) => Arbitrary<unknown>
  /** How deep a value lies, over all of its containers. */
  readonly depth: ReturnType<typeof fc.createDepthIdentifier>
  readonly valuesOf: (schema: JsonSchema, context: SchemaContext) => Arbitrary<unknown>
}

/** Containers inside one another, where a schema lets them end. */
export const depthCap = 4

/** Lists and tuples, with what lies behind a tuple's items. */
export function schemaList(schema: JsonSchema, context: SchemaContext): Arbitrary<unknown> {
  // Draft 7 has the items of a tuple where later drafts have those behind them.
  const heads = schemasAt(schema, 'prefixItems') ?? schemasAt(schema, 'items') ?? []
  const rest = schemaAt(schema, heads.length > 0 && !has(schema, 'prefixItems') ? 'additionalItems' : 'items')
  const least = numberAt(schema, 'minItems') ?? 0
  const most = Math.max(numberAt(schema, 'maxItems') ?? Math.max(least + 4, heads.length), least)
  const known = fc.tuple(...heads.map((head) => context.valuesOf(head, context)))
  const mayHaveMore = rest !== false && (heads.length === 0 || rest !== null)
  if (!mayHaveMore) return known
  const item = rest === null ? json : context.valuesOf(rest, context)
  const size = {
    minLength: Math.max(least - heads.length, 0),
    maxLength: Math.max(most - heads.length, 0),
    size: least > 4 ? ('max' as const) : ('small' as const),
  }
  const isSet = at(schema, 'uniqueItems') === true
  const more = isSet ? fc.uniqueArray(item, { ...size, comparator: 'SameValue' }) : fc.array(item, size)
  const tail = size.minLength === 0 ? bounded(fc.constant([]), more, context) : more
  if (heads.length === 0) return tail
  return fc.tuple(known, tail).map(([head, behind]) => [...head, ...(behind as unknown[])])
}

/** Objects of known properties, and records. */
export function schemaObject(schema: JsonSchema, context: SchemaContext): Arbitrary<unknown> {
  const inner = schemaAt(schema, 'additionalProperties')
  const other = inner === null || typeof inner === 'boolean' ? json : context.valuesOf(inner, context)
  const known = schemasByName(schema, 'properties')
  const required = (listAt(schema, 'required') ?? []).map(String)
  if (known.length === 0 && required.length === 0 && inner !== false)
    return record(schema, { other, context })
  const missing = required.filter((key) => !known.some(([name]) => name === key))
  const fields: Record<string, Arbitrary<unknown>> = Object.fromEntries([
    ...known.map(([key, property]) => [key, context.valuesOf(property, context)] as const),
    ...missing.map((key) => [key, other] as const),
  ])
  const whole = fc.record(fields, { requiredKeys: required, noNullPrototype: true })
  if (required.length === Object.keys(fields).length) return whole
  const least = Object.fromEntries(Object.entries(fields).filter(([key]) => required.includes(key)))
  return bounded(fc.record(least, { noNullPrototype: true }), whole, context)
}

function record(
  schema: JsonSchema,
  { other, context }: { readonly other: Arbitrary<unknown>; readonly context: SchemaContext },
): Arbitrary<unknown> {
  const names = schemaAt(schema, 'propertyNames')
  const key = names === null || names === true ? jsonKey : context.valuesOf(names, context).map(String)
  const minKeys = numberAt(schema, 'minProperties') ?? 0
  const maxKeys = Math.max(numberAt(schema, 'maxProperties') ?? minKeys + 3, minKeys)
  const entries = fc.dictionary(
    key.filter((name) => !isPrototypeKey(name)),
    other,
    { minKeys, maxKeys, noNullPrototype: true },
  )
  return minKeys === 0 ? bounded(fc.constant({}), entries, context) : entries
}

/** What may hold itself becomes small where it lies deep. */
function bounded(
  small: Arbitrary<unknown>,
  whole: Arbitrary<unknown>,
  { depth }: SchemaContext,
): Arbitrary<unknown> {
  return fc.oneof(
    { depthIdentifier: depth, maxDepth: depthCap },
    { arbitrary: small, weight: 1 },
    { arbitrary: whole, weight: 6 },
  )
}
