import { excerpt } from '../../excerpt.ts'

/** Stands in a path for the keys of a Map; the position follows. */
export const keysOfMap = Symbol('.keys()')

/** Stands in a path for the values of a Map or Set; the position follows. */
export const valuesOfMap = Symbol('.values()')

/** A way into a value, kept while walking and turned into text only for an error. */
export type ValuePath = (string | number | typeof keysOfMap | typeof valuesOfMap)[]

/** Enough to find a key by. */
const keyLengthCap = 40

/** A path as an error shows it: `[0].items[2]`. */
export function formatPath(path: ValuePath): string {
  return path.map(formatStep).join('')
}

function formatStep(step: ValuePath[number]): string {
  if (typeof step === 'number') return `[${step}]`
  if (typeof step === 'symbol') return step.description ?? ''
  const key = excerpt(step, keyLengthCap)
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
