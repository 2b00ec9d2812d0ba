import type { NestedEdit } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import type { ColumnSource } from '../columns/column-reader.ts'
import type { ColumnTarget } from '../columns/column-writer.ts'
import { readNested, readPlain } from '../values/value-reader.ts'
import { writeNested, writePlain } from '../values/value-writer.ts'

const editTag = Object.freeze({ set: 0, insert: 1, delete: 2 }) satisfies Readonly<
  Record<NestedEdit['op'], number>
>

/** Writes the edits of one nested property, in their order. */
export function writeEdits(target: ColumnTarget, edits: readonly NestedEdit[]): void {
  const { writer } = target
  writer.varint(edits.length)
  for (const edit of edits) {
    writer.u8(editTag[edit.op])
    writer.varint(edit.path.length)
    for (const step of edit.path) writePlain(writer, step, 'path')
    if (edit.op !== 'delete') writeNested(target, edit.value, 'value')
  }
}

/** The other direction of `writeEdits`. */
export function readEdits(source: ColumnSource): readonly NestedEdit[] {
  const count = source.reader.count(2)
  const edits: NestedEdit[] = []
  for (let index = 0; index < count; index++) edits.push(readEdit(source))
  return edits
}

function readEdit(source: ColumnSource): NestedEdit {
  const { reader } = source
  const tag = reader.u8()
  const path = readPath(reader)
  switch (tag) {
    case editTag.set:
      return { op: 'set', path, value: readNested(source) }
    case editTag.insert:
      return { op: 'insert', path, value: readNested(source) }
    case editTag.delete:
      return { op: 'delete', path }
    default:
      throw new DecodeFault(`there is no edit ${tag}`)
  }
}

function readPath(reader: ByteReader): readonly (string | number)[] {
  const count = reader.count()
  const path: (string | number)[] = []
  for (let index = 0; index < count; index++) {
    const step = readPlain(reader)
    if (typeof step !== 'string' && typeof step !== 'number') throw new DecodeFault('a path has a bad step')
    path.push(step)
  }
  return path
}
