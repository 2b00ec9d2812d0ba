import type { Create, Operation, TreeDefinition } from '@banyan/datamodel'
import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { readSegment } from '../../codec/operations/segment-reader.ts'
import { messageKind } from '../message-kind.ts'

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
  /** The patch that the snapshot shows, or that a resumed replica goes on from. */
  readonly seq: number
  readonly tick: number
  readonly tickHz: number
  readonly timeMs: number
  /** Deliveries before this number are not coming again. */
  readonly eventSeq: number
}

/** As received: with what the client may see, parents first; a resumed client diffs it against its replica. */
export interface Welcome extends WelcomeHeader {
  readonly creates: readonly Create[]
}

const statusTag = Object.freeze({ new: 0, rejoined: 1, resumed: 2 }) satisfies Readonly<
  Record<WelcomeStatus, number>
>

/** Makes the frame around a snapshot, which is a segment of creations: encoded once, it serves everyone who sees the same. */
export function encodeWelcome(header: WelcomeHeader, snapshot: Uint8Array): Uint8Array {
  const writer = new ByteWriter(128 + snapshot.length)
  writer.u8(messageKind.welcome)
  writer.u8(statusTag[header.status])
  writer.text(header.epoch)
  writer.text(header.token)
  writer.varint(header.playerId)
  writer.varint(header.callSeq)
  writer.varint(header.seq)
  writer.varint(header.tick)
  writer.f64(header.tickHz)
  writer.f64(header.timeMs)
  writer.varint(header.eventSeq)
  writer.raw(snapshot)
  return writer.finish()
}

/** Reads what follows the kind. */
export function readWelcome(definition: TreeDefinition, reader: ByteReader): Welcome {
  return {
    status: readStatus(reader),
    epoch: reader.text(),
    token: reader.text(),
    playerId: reader.varint(),
    callSeq: reader.varint(),
    seq: reader.varint(),
    tick: reader.varint(),
    tickHz: reader.finite(),
    timeMs: reader.finite(),
    eventSeq: reader.varint(),
    creates: readCreates(definition, reader),
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

function readCreates(definition: TreeDefinition, reader: ByteReader): readonly Create[] {
  const operations: Operation[] = []
  readSegment(definition, reader, operations)
  return operations.map((operation) => {
    if (operation.kind === 'create') return operation
    throw new DecodeFault(`a snapshot holds the operation ${operation.kind}`)
  })
}
