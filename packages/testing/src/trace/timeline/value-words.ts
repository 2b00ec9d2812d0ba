import { inspect } from 'node:util'
import { isValueType } from '@banyan/datamodel'

/** An instance inside of arguments, which a timeline prints as its path. */
export class PathName {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  [inspect.custom](): string {
    return this.path
  }
}

const textCap = 200

/** A value as one would write it, on one line and cut where it is long. */
export function valueWords(value: unknown): string {
  if (isValueType(value)) return `${value.constructor.name}(${value.toString()})`
  const text = inspect(value, { depth: 6, breakLength: Infinity, compact: true, maxArrayLength: 20 })
  return text.length <= textCap ? text : `${text.slice(0, textCap)}…`
}
