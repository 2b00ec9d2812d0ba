/** A JSON Schema as schema libraries write it; what this kit does not read is left to the schema itself to refuse. */
export type JsonSchema = boolean | object

/** The keyword's number, or null. */
export function numberAt(schema: JsonSchema, keyword: string): number | null {
  const value = at(schema, keyword)
  return typeof value === 'number' ? value : null
}

/** The keyword's text, or null. */
export function stringAt(schema: JsonSchema, keyword: string): string | null {
  const value = at(schema, keyword)
  return typeof value === 'string' ? value : null
}

/** The keyword's list, or null. */
export function listAt(schema: JsonSchema, keyword: string): readonly unknown[] | null {
  const value = at(schema, keyword)
  return Array.isArray(value) ? value : null
}

/** The keyword's list of schemas, or null. */
export function schemasAt(schema: JsonSchema, keyword: string): readonly JsonSchema[] | null {
  return listAt(schema, keyword)?.filter(isSchema) ?? null
}

/** The keyword's schema, or null. */
export function schemaAt(schema: JsonSchema, keyword: string): JsonSchema | null {
  const value = at(schema, keyword)
  return isSchema(value) ? value : null
}

/** The keyword's schemas by name. */
export function schemasByName(
  schema: JsonSchema,
  keyword: string,
): readonly (readonly [string, JsonSchema])[] {
  const value = at(schema, keyword)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]))
}

/** Whether the schema has the keyword at all. */
export function has(schema: JsonSchema, keyword: string): boolean {
  return typeof schema === 'object' && Object.hasOwn(schema, keyword)
}

/** What a keyword says; undefined when it is not there. */
export function at(schema: JsonSchema, keyword: string): unknown {
  return typeof schema === 'object' && Object.hasOwn(schema, keyword)
    ? Reflect.get(schema, keyword)
    : undefined
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
}
