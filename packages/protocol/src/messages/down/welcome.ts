import type { TreeDefinition } from '@banyan/datamodel'
import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { FrameWriter } from '../../codec/bytes/frame-writer.ts'
import { messageKind } from '../message-kind.ts'
import {
  type EncodedPatch,
  type PatchRuns,
  type ReceivedPatch,
  readPatchList,
  sizeOfPatches,
  writePatches,
} from './patches.ts'

/** `new`: a player that was not there. `rejoined`: the same player, a fresh replica. `resumed`: the replica goes on. */
export type WelcomeStatus = 'new' | 'rejoined' | 'resumed'

/** The answer to a hello: who the client is here and where its streams begin. */
export interface WelcomeHeader {
  readonly status: WelcomeStatus
  /** This run of the place: sequence numbers of another one mean nothing. */
  readonly epoch: string
  /** What a later hello resumes with; the one before it stays valid until the client's first acknowledgement. */
  readonly token: string
  /** The id of the client's Player. */
  readonly playerId: number
  /** The last frame of calls that the server has from this session. */
  readonly callSeq: number
  /** What the patches of the welcome build on: the snapshot before it, or where there was none, what a resumed replica has. */
  readonly seq: number
  readonly tickHz: number
  readonly timeMs: number
  /** Deliveries before this number are not coming again. */
  readonly eventSeq: number
}

/** As received: with what the client lacks beside the snapshot that came before it, or beside its replica. */
export interface Welcome<Patch = ReceivedPatch> extends WelcomeHeader {
  readonly patches: readonly Patch[]
}

const statusTag = Object.freeze({ new: 0, rejoined: 1, resumed: 2 }) satisfies Readonly<
  Record<WelcomeStatus, number>
>

/** Makes the frame. */
export function encodeWelcome(header: WelcomeHeader, patches: readonly EncodedPatch[]): Uint8Array {
  const writer = new FrameWriter(128 + sizeOfPatches(patches))
  writer.u8(messageKind.welcome)
  writer.u8(statusTag[header.status])
  writer.text(header.epoch)
  writer.text(header.token)
  writer.varint(header.playerId)
  writer.varint(header.callSeq)
  writer.varint(header.seq)
  writer.f64(header.tickHz)
  writer.f64(header.timeMs)
  writer.varint(header.eventSeq)
  writePatches(writer, patches)
  return writer.finish()
}

/** Reads what follows the kind. */
export function readWelcome(definition: TreeDefinition, reader: ByteReader): Welcome<PatchRuns> {
  return {
    status: readStatus(reader),
    epoch: reader.text(),
    token: reader.text(),
    playerId: reader.varint(),
    callSeq: reader.varint(),
    seq: reader.varint(),
    tickHz: reader.finite(),
    timeMs: reader.finite(),
    eventSeq: reader.varint(),
    patches: readPatchList(definition, reader),
  }
}

function readStatus(reader: ByteReader): WelcomeStatus {
  const tag = reader.u8()
  switch (tag) {
    case statusTag.new:
      return 'new'
    case statusTag.rejoined:
      return 'rejoined'
    case statusTag.resumed:
      return 'resumed'
    default:
      throw new DecodeFault(`there is no welcome ${tag}`)
  }
}
