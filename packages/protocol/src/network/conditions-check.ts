import { ProtocolError } from '../errors.ts'
import type { LineConditions, NetworkConditions } from './conditions.ts'

type Range = readonly [least: number, most: number]

const lineRanges = {
  latencyMs: [0, 60_000],
  jitterMs: [0, 60_000],
  loss: [0, 1],
  retransmitMs: [0, 60_000],
  reorder: [0, 1],
  bytesPerSecond: [1, 1_000_000_000],
} as const satisfies Record<keyof LineConditions, Range>

const flapRange: Range = [1, 3_600_000]

const lineFields = Object.keys(lineRanges)
const fields = [...lineFields, 'up', 'down', 'isPartitioned', 'flap', 'seed']

/** Throws ProtocolError 'invalidConditions', which names the field, the value and the range. */
export function checkConditions(conditions: NetworkConditions): void {
  // As unknown values: they may come from plain JavaScript, or out of a file.
  const given = entriesOf('conditions', conditions, fields)
  for (const [field, value] of given) {
    if (field === 'up' || field === 'down') checkLine(field, value)
    else if (field === 'isPartitioned') checkFlag(field, value)
    else if (field === 'flap') checkFlap(value)
    else if (field === 'seed') checkSeed(value)
    else checkLineField(field, field, value)
  }
}

/** Throws ProtocolError 'invalidConditions' where it is no name that a player could have. */
export function checkPlayer(player: string): void {
  if (typeof player === 'string' && player !== '') return
  throw refusal('player', player, 'it is no name', 'the name that the client says hello with')
}

function checkLine(direction: string, line: unknown): void {
  for (const [field, value] of entriesOf(direction, line, lineFields)) {
    checkLineField(field, `${direction}.${field}`, value)
  }
}

function checkLineField(field: string, path: string, value: unknown): void {
  if (field === 'bytesPerSecond' && value === null) return
  const range: Range | undefined = Object.entries(lineRanges).find(([name]) => name === field)?.[1]
  if (range !== undefined) checkNumber(path, value, range)
}

function checkNumber(path: string, value: unknown, [least, most]: Range): void {
  const advice = `a number from ${least} to ${most}${path.endsWith('bytesPerSecond') ? ', or null for no cap' : ''}`
  if (typeof value !== 'number' || Number.isNaN(value)) throw refusal(path, value, 'it is no number', advice)
  if (value < least) throw refusal(path, value, `it is below ${least}`, advice)
  if (value > most) throw refusal(path, value, `it is above ${most}`, advice)
}

function checkFlag(path: string, value: unknown): void {
  if (typeof value !== 'boolean') throw refusal(path, value, 'it is no boolean', 'true or false')
}

function checkSeed(value: unknown): void {
  if (!Number.isSafeInteger(value)) throw refusal('seed', value, 'it is no whole number', 'one')
}

function checkFlap(flap: unknown): void {
  if (flap === null) return
  const times = new Map(entriesOf('flap', flap, ['upMs', 'downMs']))
  for (const field of ['upMs', 'downMs']) {
    const path = `flap.${field}`
    const time = times.get(field)
    if (!Array.isArray(time) || time.length !== 2) {
      throw refusal(path, time, 'it is no pair', 'the least and the most, such as [1000, 3000]')
    }
    const [least, most]: readonly unknown[] = time
    checkNumber(`${path}[0]`, least, flapRange)
    checkNumber(`${path}[1]`, most, [Number(least), flapRange[1]])
  }
}

/** What is given, without what is undefined. */
function entriesOf(path: string, value: unknown, known: readonly string[]): readonly [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(path, value, 'it is no object', `one with any of ${known.join(', ')}`)
  }
  return Object.entries(value).filter(([field, part]) => {
    if (known.includes(field)) return part !== undefined
    const full = path === 'conditions' ? field : `${path}.${field}`
    throw new ProtocolError(
      'invalidConditions',
      `cannot set "${full}": there is no such condition. Set any of ${known.join(', ')}.`,
    )
  })
}

function refusal(path: string, value: unknown, why: string, advice: string): ProtocolError {
  const shown =
    typeof value === 'number' || value === null ? String(value) : `a value of type ${typeof value}`
  return new ProtocolError('invalidConditions', `cannot set "${path}" to ${shown}: ${why}. Pass ${advice}.`)
}
