import {
  type Branch,
  type BranchQuestion,
  branchLevelCap,
  branchWidth,
  type Checksum,
} from '@banyan/datamodel'
import type { ByteReader } from '../codec/bytes/byte-reader.ts'
import type { ByteWriter } from '../codec/bytes/byte-writer.ts'
import { DecodeFault } from '../codec/bytes/decode-fault.ts'

/** Two halves, each as an unsigned number. */
export function writeChecksum(writer: ByteWriter, { high, low }: Checksum): void {
  writer.varint(high >>> 0)
  writer.varint(low >>> 0)
}

/** The other direction of `writeChecksum`. */
export function readChecksum(reader: ByteReader): Checksum {
  return { high: readHalf(reader), low: readHalf(reader) }
}

function readHalf(reader: ByteReader): number {
  const half = reader.varint()
  if (half >= 2 ** 32) throw new DecodeFault('a checksum has more than 64 bits')
  return half | 0
}

/** The instance, and which of its children. */
export function writeQuestion(writer: ByteWriter, { id, level, prefix }: BranchQuestion): void {
  writer.varint(id)
  writer.u8(level)
  writer.varint(prefix)
}

/** The other direction of `writeQuestion`. */
export function readQuestion(reader: ByteReader): BranchQuestion {
  const [id, level, prefix] = [reader.varint(), reader.u8(), reader.varint()]
  if (level > branchLevelCap || prefix >= branchWidth ** level) {
    throw new DecodeFault(`there is no part ${prefix} of children at level ${level}`)
  }
  return { id, level, prefix }
}

const formTag = Object.freeze({ none: 0, children: 1, groups: 2 })

/** Null is an instance that the receiver does not see. */
export function writeBranch(writer: ByteWriter, branch: Branch | null): void {
  if (branch === null) return writer.u8(formTag.none)
  writer.u8(formTag[branch.form])
  writeChecksum(writer, branch.own)
  writer.varint(branch.parts.size)
  for (const [key, sum] of branch.parts) {
    writer.varint(key)
    writeChecksum(writer, sum)
  }
}

/** The other direction of `writeBranch`. */
export function readBranch(reader: ByteReader): Branch | null {
  const tag = reader.u8()
  if (tag === formTag.none) return null
  if (tag > formTag.groups) throw new DecodeFault(`there is no form ${tag} of a branch`)
  const own = readChecksum(reader)
  const count = reader.count(3)
  if (count > branchWidth) throw new DecodeFault(`a branch has ${count} parts`)
  const parts = new Map<number, Checksum>()
  for (let index = 0; index < count; index++) parts.set(reader.varint(), readChecksum(reader))
  return { own, form: tag === formTag.children ? 'children' : 'groups', parts }
}
