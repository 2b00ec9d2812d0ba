import fc, { type Arbitrary } from 'fast-check'
import { type JsonSchema, numberAt, stringAt } from './json-schema.ts'
import { text } from './texts.ts'

/** Numbers within a schema's bounds; those without bounds are small first, and sometimes any that is finite. */
export function schemaNumber(schema: JsonSchema): Arbitrary<number> {
  const { least, most } = boundsOf(schema)
  const step = numberAt(schema, 'multipleOf')
  if (step !== null) return multiples(step, { least, most })
  const [min, max] = [least?.value ?? -Number.MAX_VALUE, most?.value ?? Number.MAX_VALUE]
  const any = fc.double({
    min,
    max,
    minExcluded: least?.isExcluded ?? false,
    maxExcluded: most?.isExcluded ?? false,
    noNaN: true,
    noDefaultInfinity: true,
  })
  const near = multiples(Math.max(max - min, 1) > 8 ? 1 : 0.125, { least, most })
  return fc.oneof(near, any).map((value) => value + 0)
}

/** Whole numbers within a schema's bounds. */
export function schemaInteger(schema: JsonSchema): Arbitrary<number> {
  const step = numberAt(schema, 'multipleOf')
  return multiples(step !== null && Number.isInteger(step) ? step : 1, boundsOf(schema))
}

/** Text of a schema's length, format or pattern. */
export function schemaString(schema: JsonSchema): Arbitrary<string> {
  const minLength = numberAt(schema, 'minLength') ?? 0
  const maxLength = Math.max(numberAt(schema, 'maxLength') ?? minLength + 12, minLength)
  const formatted = formats(stringAt(schema, 'format'))
  if (formatted !== null) return formatted
  const pattern = stringAt(schema, 'pattern')
  if (pattern !== null) return patterned(pattern)
  const plain = fc.string({ minLength, maxLength, size: 'max' })
  const short = fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 8) })
  const other = text.filter(({ length }) => length >= minLength && length <= maxLength)
  return minLength === 0 ? fc.oneof(short, other, plain) : fc.oneof(short, plain)
}

interface Bound {
  readonly value: number
  readonly isExcluded: boolean
}

interface Bounds {
  readonly least: Bound | null
  readonly most: Bound | null
}

function boundsOf(schema: JsonSchema): Bounds {
  const bound = (keyword: string, isExcluded: boolean): readonly Bound[] => {
    const value = numberAt(schema, keyword)
    return value === null ? [] : [{ value, isExcluded }]
  }
  const least = [...bound('exclusiveMinimum', true), ...bound('minimum', false)]
  const most = [...bound('exclusiveMaximum', true), ...bound('maximum', false)]
  return {
    least: least.toSorted((a, b) => b.value - a.value)[0] ?? null,
    most: most.toSorted((a, b) => a.value - b.value)[0] ?? null,
  }
}

/** A safe number of steps; without bounds most are near zero. */
function multiples(step: number, { least, most }: Bounds): Arbitrary<number> {
  const cap = Number.MAX_SAFE_INTEGER
  const low = least === null ? -cap : Math.ceil(least.value / step) + (isOn(least, step) ? 1 : 0)
  const high = most === null ? cap : Math.floor(most.value / step) - (isOn(most, step) ? 1 : 0)
  const [min, max] = [Math.max(low, -cap), Math.min(high, cap)]
  // Nothing lies between: the schema's own check tells of it.
  if (min > max) return fc.constant((least ?? most)?.value ?? 0)
  const near = fc.integer({ min: Math.max(min, Math.min(-9, max)), max: Math.min(max, Math.max(9, min)) })
  const far = fc.integer({ min, max })
  return fc.oneof({ arbitrary: near, weight: 3 }, far).map((steps) => steps * step + 0)
}

function isOn({ value, isExcluded }: Bound, step: number): boolean {
  return isExcluded && Number.isInteger(value / step)
}

/** The formats that schema libraries write most often; null for any other, which is then left to its pattern. */
function formats(format: string | null): Arbitrary<string> | null {
  switch (format ?? '') {
    case 'email':
      // Libraries accept fewer addresses than the standard does.
      return fc.stringMatching(/^[a-z][a-z0-9]{0,7}@[a-z]{1,6}\.(?:com|org)$/)
    case 'uuid':
      return fc.uuid()
    case 'uri':
    case 'url':
      return fc.webUrl()
    case 'ipv4':
      return fc.ipV4()
    case 'ipv6':
      return fc.ipV6()
    case 'date':
      return moment.map((iso) => iso.slice(0, 10))
    case 'time':
      return moment.map((iso) => iso.slice(11, 19))
    case 'date-time':
      return moment
    default:
      return null
  }
}

const moment: Arbitrary<string> = fc
  .date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

function patterned(pattern: string): Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'))
  } catch {
    // Not every expression can be turned around; the schema's own check tells when nothing fits.
    return text
  }
}
