import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { CFrame, Color3, type Operation, Vector2, Vector3 } from '@banyan/datamodel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classNumberOf, definition, operation } from '../../fixtures/arbitraries.ts'
import { encodeWrites } from '../../fixtures/encoded-writes.ts'
import { plainBytes } from '../../fixtures/plain-reader/plain-bytes.ts'
import { plainFrame } from '../../fixtures/plain-reader/plain-frame.ts'
import { type PlainClasses, plainSegment } from '../../fixtures/plain-reader/plain-segment.ts'
import { classNumbers } from '../../fixtures/sample-definition.ts'
import { downFrames } from '../../fixtures/sample-messages.ts'
import { decodeSegment } from '../codec/operations/segment-reader.ts'
import { encodeSegment } from '../codec/operations/segment-writer.ts'
import { decodeDown } from './down/down-message.ts'
import { encodePatches } from './down/patches.ts'

const classes: PlainClasses = definition.classes.map(({ schema }) =>
  schema.properties.map(({ type: { kind, precision, choices } }) => ({ kind, precision, choices })),
)

/** In the form of the plain reader. */
function plain(value: unknown): unknown {
  if (value instanceof Vector2) return ['vector2', value.x, value.y]
  if (value instanceof Vector3) return ['vector3', value.x, value.y, value.z]
  if (value instanceof CFrame) return ['cframe', ...value.components]
  if (value instanceof Color3) return ['color3', value.r, value.g, value.b]
  if (value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}

/** Creations come first, by id; the plain reader leaves everything where it is. */
function sorted(operations: readonly unknown[]): readonly unknown[] {
  return operations.map((each) => JSON.stringify(each)).sort()
}

type Fields = Readonly<Record<string, unknown>>

/** A message with all lists of operations in one order. */
function withSorted(message: Fields): Fields {
  const patches = (message.patches ?? []) as readonly { readonly operations: readonly unknown[] }[]
  const operations = (message.operations ?? []) as readonly unknown[]
  return {
    ...message,
    patches: patches.map((patch) => ({ ...patch, operations: sorted(patch.operations) })),
    operations: sorted(operations),
  }
}

describe('a reader that knows SPEC.md alone', () => {
  it.each(Object.entries(downFrames))('MS18 reads the sample %s as the codec does', (_, frame) => {
    const decoded = decodeDown(definition, frame)
    if (!decoded.ok) throw new Error(decoded.problem)
    expect(withSorted(plainFrame(frame, classes))).toEqual(withSorted(plain(decoded.value) as Fields))
  })

  it('MS18 reads any segment as the codec does', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 20 }), (operations) => {
        const bytes = encodeSegment(definition, operations, classNumberOf)
        const decoded = decodeSegment(definition, bytes)
        if (!decoded.ok) throw new Error(decoded.problem)
        expect(sorted(plainSegment(plainBytes(bytes), classes))).toEqual(sorted(decoded.value.map(plain)))
      }),
    )
  })

  it('MS18 the worked example is what the codec makes and reads', () => {
    const example = /```hex\n([\s\S]*?)```/.exec(
      readFileSync(new URL('../../SPEC.md', import.meta.url), 'utf8'),
    )?.[1]
    const lines = (example ?? '').split('\n').map((line) => line.split('  ')[0] ?? '')
    const frame = new Uint8Array(Buffer.from(lines.join('').replaceAll(' ', ''), 'hex'))
    const mover = (id: number, order: number, x: number): Operation => ({
      kind: 'create',
      id,
      classNumber: classNumbers.coarseMover,
      parent: 3,
      order,
      name: `mover ${order}`,
      properties: [[0, x]],
      attributes: {},
      tags: [],
    })
    const operations: readonly Operation[] = [
      mover(60, 1, 1.5),
      mover(61, 2, -0.25),
      { kind: 'set', id: 40, properties: [[0, 10.5]] },
      { kind: 'set', id: 45, properties: [[0, 20.25]] },
      { kind: 'set', id: 47, properties: [[0, 30]] },
      { kind: 'remove', id: 39 },
    ]
    const before = new Map([
      [40, 10],
      [45, 20.5],
      [47, 29.75],
    ])
    const segment = encodeWrites(definition, operations, {
      classNumberOf: () => classNumbers.coarseMover,
      lookBefore: () => (id) => before.get(id),
    })
    const patch = { seq: 1001, tick: 300, timeMs: 1_900_000_000_000, segments: [segment] }
    expect(Buffer.from(frame).toString('hex')).toBe(Buffer.from(encodePatches([patch])).toString('hex'))
    expect(plainFrame(frame, classes)).toMatchObject({
      kind: 'patches',
      patches: [
        {
          seq: 1001,
          tick: 300,
          operations: [
            { kind: 'shift', id: 40, classNumber: 2, properties: [[0, 50]] },
            { kind: 'shift', id: 45, classNumber: 2, properties: [[0, -25]] },
            { kind: 'shift', id: 47, classNumber: 2, properties: [[0, 25]] },
            plain(operations[0]),
            plain(operations[1]),
            { kind: 'remove', id: 39 },
          ],
        },
      ],
    })
  })
})
