/** How an error text shows a value that does not fit: short, and never the content of an object. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > 40 ? `a string of ${value.length} characters` : JSON.stringify(value)
    case 'bigint':
      return `${value}n`
    case 'function':
      return 'a function'
    case 'symbol':
      return 'a symbol'
    case 'object':
      return value === null ? 'null' : describeObject(value)
    case 'undefined':
    case 'boolean':
    case 'number':
      return String(value)
  }
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return 'an array'
  const made: unknown = value.constructor
  const name = typeof made === 'function' ? made.name : ''
  return name === '' || name === 'Object' ? 'an object' : `an instance of ${name}`
}
