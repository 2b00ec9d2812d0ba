import {
  CFrame,
  type PropertyType,
  rotationOf,
  rotationUnit,
  stepsOfRotation,
  Vector3,
} from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { readInts } from './int-column.ts'
import { type ColumnHead, type JoinedPlan, joined, readJoined, sizeOf } from './joined-columns.ts'
import {
  type NumberPlan,
  type NumberTraits,
  numberForm,
  planNumbers,
  planShift,
  shiftPlan,
} from './number-column.ts'
import { readRotations, writeRotations } from './rotation-column.ts'

/** Positions and rotations as they are. */
const exact: NumberTraits = { isSingle: false, precision: null }

/**
 * The shortest way to tell frames: where all are what their type rounds to, seven columns of whole numbers, three of steps
 * and four that the rotation is made of; else position and rotation as they are.
 */
export function planFrames(
  { precision }: PropertyType<unknown>,
  frames: readonly CFrame[],
  before: readonly CFrame[] | null,
): JoinedPlan {
  const inSteps = precision === null ? null : planInSteps(frames, before, { isSingle: false, precision })
  if (inSteps !== null) return inSteps
  const places = positionsOf(frames).map((numbers) => planNumbers(numbers, exact))
  const { form, write } = joined(places, exact)
  const rotations = frames.map(({ rotation }) => rotation)
  return {
    form,
    write: (target) => {
      write(target)
      writeRotations(target.writer, rotations)
    },
  }
}

/** Null where a frame is not what its type rounds to. */
function planInSteps(
  frames: readonly CFrame[],
  before: readonly CFrame[] | null,
  traits: NumberTraits,
): JoinedPlan | null {
  const places = positionsOf(frames).map((numbers) => planNumbers(numbers, traits))
  if (places.some(({ steps }) => steps === null)) return null
  const turns = turnsOf(frames)
  if (turns === null) return null
  const whole = [...places.map(({ steps }) => steps ?? []), ...turns].map(stepsPlan)
  const shifts = before === null ? null : planShifts({ places, turns }, before, traits)
  return joined(shifts !== null && sizeOf(shifts) < sizeOf(whole) ? shifts : whole, traits)
}

/** Null where what the readers have cannot be shifted. */
function planShifts(
  { places, turns }: { readonly places: readonly NumberPlan[]; readonly turns: readonly number[][] },
  before: readonly CFrame[],
  traits: NumberTraits,
): readonly NumberPlan[] | null {
  const from = turnsOf(before)
  if (from === null) return null
  const shifts: NumberPlan[] = []
  const positions = positionsOf(before)
  for (const [at, place] of places.entries()) {
    const shift = planShift(place, positions[at] ?? [], traits)
    if (shift === null) return null
    shifts.push(shift)
  }
  for (const [part, numbers] of turns.entries())
    shifts.push(shiftPlan(numbers.map((number, at) => number - (from[part]?.[at] ?? 0))))
  return shifts
}

function stepsPlan(values: readonly number[]): NumberPlan {
  return { ...shiftPlan(values), form: numberForm.steps }
}

function positionsOf(frames: readonly CFrame[]): readonly number[][] {
  return [
    frames.map(({ position }) => position.x),
    frames.map(({ position }) => position.y),
    frames.map(({ position }) => position.z),
  ]
}

/** A column for each of the four numbers; null where a rotation is not made of such. */
function turnsOf(frames: readonly CFrame[]): readonly number[][] | null {
  const turns: [number[], number[], number[], number[]] = [[], [], [], []]
  for (const { rotation } of frames) {
    const steps = stepsOfRotation(rotation, 0)
    if (steps === null) return null
    for (let part = 0; part < steps.length; part++) turns[part]?.push(steps[part] ?? 0)
  }
  return turns
}

/** Reads frames in any form but a shift. */
export function readFrames(
  reader: ByteReader,
  { precision }: PropertyType<unknown>,
  head: ColumnHead,
): CFrame[] {
  const isInSteps = head.form === numberForm.steps
  const traits = isInSteps ? { isSingle: false, precision } : exact
  const [x = [], y = [], z = []] = readJoined(reader, { head, traits, width: 3 })
  const rotations = isInSteps ? readTurns(reader, head.count) : readRotations(reader, head.count)
  return rotations.map((rotation, at) => new CFrame(new Vector3(x[at], y[at], z[at]), rotation))
}

function readTurns(reader: ByteReader, count: number): CFrame['rotation'][] {
  const [w = [], x = [], y = [], z = []] = Array.from({ length: 4 }, () => readInts(reader, count))
  return w.map((first, at) => {
    const steps = [first, x[at] ?? 0, y[at] ?? 0, z[at] ?? 0] as const
    const most = Math.max(...steps.map(Math.abs))
    if (most !== rotationUnit) throw new DecodeFault(`the largest number of a rotation is ${most}`)
    return rotationOf(steps)
  })
}
