/** Thrown within the check of a trace, and never out of it: says what is wrong and where. */
export class TraceFault extends Error {}

/** The fields of something that came out of JSON. */
export type Fields = Readonly<Record<string, unknown>>

/** Throws TraceFault for anything but an object. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new TraceFault(`${what} is no object`)
}

/** A number that is finite. */
export function numberIn(fields: Fields, name: string): number {
  const value = fields[name]
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new TraceFault(`"${name}" is no number`)
}

/** A count or a number of something. */
export function wholeIn(fields: Fields, name: string): number {
  const value = numberIn(fields, name)
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new TraceFault(`"${name}" is no whole number`)
}

export function textIn(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string') return value
  throw new TraceFault(`"${name}" is no text`)
}

export function textOrNullIn(fields: Fields, name: string): string | null {
  return fields[name] === null ? null : textIn(fields, name)
}

export function choiceIn<Choice extends string>(
  fields: Fields,
  name: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === fields[name])
  if (found !== undefined) return found
  throw new TraceFault(`"${name}" is none of ${choices.join(', ')}`)
}

export function listIn<Item>(fields: Fields, name: string, read: (item: unknown) => Item): readonly Item[] {
  const value = fields[name]
  if (Array.isArray(value)) return value.map(read)
  throw new TraceFault(`"${name}" is no list`)
}

const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

export function base64In(fields: Fields, name: string): string {
  const value = textIn(fields, name)
  if (base64Pattern.test(value)) return value
  throw new TraceFault(`"${name}" is not base64`)
}
