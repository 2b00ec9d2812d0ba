import { TestingError } from '../testing-error.ts'
import { type JsonSchema, listAt, schemasByName, stringAt } from './json-schema.ts'

// What these say is not about values, or is read through references.
const annotations: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
])

/** The schema without some keywords. */
export function without(schema: JsonSchema, ...keywords: readonly string[]): JsonSchema {
  if (typeof schema === 'boolean') return schema
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => !keywords.includes(key) && !annotations.has(key)),
  )
}

/**
 * One schema for what fits all of several: properties and required ones are joined, of other keywords the last counts.
 * Wider than the intersection where two bound the same thing.
 */
export function mergeSchemas(document: JsonSchema, schemas: readonly JsonSchema[]): JsonSchema {
  const saying = schemas.filter((schema) => typeof schema === 'object' && Object.keys(schema).length > 0)
  const [only] = saying
  if (only === undefined || saying.length === 1) return only ?? true
  const all = saying.map((schema) => {
    const reference = stringAt(schema, '$ref')
    return reference === null ? schema : resolveReference(document, reference)
  })
  const properties = Object.fromEntries(all.flatMap((schema) => schemasByName(schema, 'properties')))
  const required = all.flatMap((schema) => listAt(schema, 'required') ?? [])
  const merged: Record<string, unknown> = Object.assign({}, ...all)
  return {
    ...merged,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  }
}

/** What a reference of a document leads to. Throws 'undescribedSchema' where that is nothing. */
export function resolveReference(document: JsonSchema, reference: string): JsonSchema {
  if (reference === '#') return document
  const path = reference.startsWith('#/') ? reference.slice(2).split('/') : []
  let found: unknown = path.length > 0 ? document : null
  for (const step of path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, step)
    found = isThere ? Reflect.get(found as object, step) : null
  }
  if (typeof found === 'boolean' || (typeof found === 'object' && found !== null)) return found as JsonSchema
  throw new TestingError(
    'undescribedSchema',
    `cannot make values of a JSON Schema that refers to "${reference}": the document has nothing there. Describe the schema in one document.`,
  )
}
