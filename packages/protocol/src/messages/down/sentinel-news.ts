import {
  type Branch,
  type BranchQuestion,
  type Checksum,
  type Create,
  expandRuns,
  type TreeDefinition,
} from '@banyan/datamodel'
import { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { type Decoded, decodeWhole } from '../../codec/bytes/decoded.ts'
import { FrameWriter } from '../../codec/bytes/frame-writer.ts'
import { readRuns } from '../../codec/operations/segment-reader.ts'
import {
  readBranch,
  readChecksum,
  readQuestion,
  writeBranch,
  writeChecksum,
  writeQuestion,
} from '../checksum-codec.ts'
import { messageKind } from '../message-kind.ts'

/** What a server says of the state that the patches of the same frame lead to. */
export type SentinelNews =
  /** Of all that the client's player is told. */
  | { readonly kind: 'checksum'; readonly checksum: Checksum }
  /** The answer to a question; null for what the player is not told of. */
  | { readonly kind: 'branch'; readonly question: BranchQuestion; readonly branch: Branch | null }
  /** An instance and all below it; empty for what the player is not told of. */
  | { readonly kind: 'below'; readonly id: number; readonly creates: readonly Create[] }

/** As sent: the creations are a segment. */
export type EncodedNews =
  | Exclude<SentinelNews, { readonly kind: 'below' }>
  | { readonly kind: 'below'; readonly id: number; readonly segment: Uint8Array }

const newsTag = Object.freeze({ checksum: 0, branch: 1, below: 2 })

/** Makes a frame of one of patches and the news; copies the bytes and leaves that frame as it is. */
export function addNews(patches: Uint8Array, news: EncodedNews): Uint8Array {
  const writer = new FrameWriter(patches.length + 48 + (news.kind === 'below' ? news.segment.length : 0))
  writer.u8(messageKind.patchesWithNews)
  writer.block(encodeNews(news))
  writer.raw(patches.subarray(1))
  return writer.finish()
}

function encodeNews(news: EncodedNews): Uint8Array {
  const writer = new ByteWriter(48 + (news.kind === 'below' ? news.segment.length : 0))
  writer.u8(newsTag[news.kind])
  switch (news.kind) {
    case 'checksum':
      writeChecksum(writer, news.checksum)
      break
    case 'branch':
      writeQuestion(writer, news.question)
      writeBranch(writer, news.branch)
      break
    case 'below':
      writer.varint(news.id)
      writer.block(news.segment)
      break
    default:
      news satisfies never
  }
  return writer.finish()
}

/** The news of a frame of patches. Never throws. */
export function decodeNews(definition: TreeDefinition, bytes: Uint8Array): Decoded<SentinelNews> {
  return decodeWhole(bytes, (reader) => readNews(definition, reader))
}

function readNews(definition: TreeDefinition, reader: ByteReader): SentinelNews {
  const tag = reader.u8()
  switch (tag) {
    case newsTag.checksum:
      return { kind: 'checksum', checksum: readChecksum(reader) }
    case newsTag.branch:
      return { kind: 'branch', question: readQuestion(reader), branch: readBranch(reader) }
    case newsTag.below:
      return { kind: 'below', id: reader.varint(), creates: readCreates(definition, reader) }
    default:
      throw new DecodeFault(`there is no news ${tag}`)
  }
}

function readCreates(definition: TreeDefinition, reader: ByteReader): readonly Create[] {
  return expandRuns(readRuns(definition, new ByteReader(reader.block()))).map((operation) => {
    if (operation.kind === 'create') return operation
    throw new DecodeFault(`an instance is told with the operation ${operation.kind}`)
  })
}
