import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { readPlain } from '../../codec/values/value-reader.ts'
import { writePlain } from '../../codec/values/value-writer.ts'
import { protocolVersion } from '../../version.ts'
import { messageKind } from '../message-kind.ts'

/** What a returning client still has: its session alone, or with it a replica at a known point. */
export type Resume =
  | { readonly token: string }
  | { readonly token: string; readonly epoch: string; readonly seq: number; readonly eventSeq: number }

/** The first frame of every connection. */
export interface Hello {
  /** Where it is not ours, the rest is empty, because only its place in the frame is the same in all versions. */
  readonly protocolVersion: number
  readonly definitionHash: string
  /** The name of the place that the client wants to enter. */
  readonly place: string
  /** The secret by which a guest is known again. */
  readonly guestKey: string
  /** Grows with each attempt of a guest key, so that a hello which others have overtaken is told apart. */
  readonly turn: number
  readonly name: string
  /** Plain data for the host's own authentication. */
  readonly credentials: unknown
  readonly resume: Resume | null
}

const resumeTag = Object.freeze({ none: 0, session: 1, replica: 2 })

/** Makes the frame. Throws DataModelError 'invalidArgument' where the credentials are not plain data. */
export function encodeHello(hello: Hello): Uint8Array {
  const writer = new ByteWriter(256)
  writer.u8(messageKind.hello)
  writer.varint(hello.protocolVersion)
  writer.text(hello.definitionHash)
  writer.text(hello.place)
  writer.text(hello.guestKey)
  writer.varint(hello.turn)
  writer.text(hello.name)
  writePlain(writer, hello.credentials, 'credentials')
  writeResume(writer, hello.resume)
  return writer.finish()
}

/** Reads what follows the kind. */
export function readHello(reader: ByteReader): Hello {
  const version = reader.varint()
  if (version !== protocolVersion) return readForeignHello(reader, version)
  return {
    protocolVersion: version,
    definitionHash: reader.text(),
    place: reader.text(),
    guestKey: reader.text(),
    turn: reader.varint(),
    name: reader.text(),
    credentials: readPlain(reader),
    resume: readResume(reader),
  }
}

function readForeignHello(reader: ByteReader, version: number): Hello {
  reader.raw(reader.remaining)
  return {
    protocolVersion: version,
    definitionHash: '',
    place: '',
    guestKey: '',
    turn: 0,
    name: '',
    credentials: null,
    resume: null,
  }
}

function writeResume(writer: ByteWriter, resume: Resume | null): void {
  if (resume === null) return writer.u8(resumeTag.none)
  const hasReplica = 'epoch' in resume
  writer.u8(hasReplica ? resumeTag.replica : resumeTag.session)
  writer.text(resume.token)
  if (!hasReplica) return
  writer.text(resume.epoch)
  writer.varint(resume.seq)
  writer.varint(resume.eventSeq)
}

function readResume(reader: ByteReader): Resume | null {
  const tag = reader.u8()
  switch (tag) {
    case resumeTag.none:
      return null
    case resumeTag.session:
      return { token: reader.text() }
    case resumeTag.replica:
      return { token: reader.text(), epoch: reader.text(), seq: reader.varint(), eventSeq: reader.varint() }
    default:
      throw new DecodeFault(`there is no way to resume ${tag}`)
  }
}
