/** Lists and objects that fit are printed on one line. */
const lineLength = 100

/** Repeated characters beyond this print as a repetition. */
const repetitionLength = 60

/**
 * Plain data as TypeScript that makes the same data, indented for a place `depth` levels deep: what a failing test
 * prints, to be pasted. Keeps -0, NaN, infinities, undefined and own `__proto__` keys apart from their look-alikes.
 */
export function literal(value: unknown, depth = 0): string {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return number(value)
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return enclosed('[', ']', { parts: value.map((item) => [null, item]), depth })
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([key, item]) => [propertyKey(key), item] as const)
    return enclosed('{', '}', { parts, depth })
  }
  return String(value)
}

/** Text in single quotes. */
export function text(value: string): string {
  const [first = ''] = value
  if (value.length > repetitionLength && value === first.repeat(value.length / first.length)) {
    return `${text(first)}.repeat(${value.length / first.length})`
  }
  const inner = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner}'`
}

interface Parts {
  readonly parts: readonly (readonly [key: string | null, value: unknown])[]
  readonly depth: number
}

function enclosed(open: string, close: string, { parts, depth }: Parts): string {
  if (parts.length === 0) return open + close
  const printed = parts.map(([key, item]) => `${key === null ? '' : `${key}: `}${literal(item, depth + 1)}`)
  const pad = open === '{' ? ' ' : ''
  const line = `${open}${pad}${printed.join(', ')}${pad}${close}`
  if (line.length + depth * 2 <= lineLength && !line.includes('\n')) return line
  const indent = '  '.repeat(depth + 1)
  return `${open}\n${printed.map((part) => `${indent}${part},\n`).join('')}${'  '.repeat(depth)}${close}`
}

function number(value: number): string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) || Number.isNaN(value)
    ? String(value)
    : `${value < 0 ? '-' : ''}Number.POSITIVE_INFINITY`
}

function propertyKey(key: string): string {
  // Written plainly, the key would set the prototype instead.
  if (key === '__proto__') return `['__proto__']`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : text(key)
}
