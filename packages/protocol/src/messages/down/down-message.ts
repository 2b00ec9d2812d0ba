import type { TreeDefinition } from '@banyan/datamodel'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { type Decoded, decodeWhole } from '../../codec/bytes/decoded.ts'
import { type Datagram, readDatagram } from '../datagram.ts'
import { messageKind } from '../message-kind.ts'
import { type Close, readClose } from './close.ts'
import { type Patches, readPatches } from './patches.ts'
import { type Pong, readPong } from './pong.ts'
import { readSnapshotPart, type SnapshotPart } from './snapshot.ts'
import { readWelcome, type Welcome } from './welcome.ts'

/** Everything that a server may say. */
export type DownMessage =
  | ({ readonly kind: 'welcome' } & Welcome)
  | ({ readonly kind: 'snapshot' } & SnapshotPart)
  | ({ readonly kind: 'patches' } & Patches)
  | ({ readonly kind: 'pong' } & Pong)
  | ({ readonly kind: 'close' } & Close)
  | ({ readonly kind: 'datagram' } & Datagram)

/** Decodes a frame that the server sent, by the definition that both agreed on. Never throws. */
export function decodeDown(definition: TreeDefinition, frame: Uint8Array): Decoded<DownMessage> {
  return decodeWhole(frame, (reader): DownMessage => {
    const kind = reader.u8()
    switch (kind) {
      case messageKind.patches:
        return { kind: 'patches', ...readPatches(definition, reader) }
      case messageKind.patchesWithNews: {
        const news = reader.block()
        return { kind: 'patches', ...readPatches(definition, reader), news }
      }
      case messageKind.welcome:
        return { kind: 'welcome', ...readWelcome(definition, reader) }
      case messageKind.snapshot:
        return { kind: 'snapshot', ...readSnapshotPart(definition, reader) }
      case messageKind.pong:
        return { kind: 'pong', ...readPong(reader) }
      case messageKind.close:
        return { kind: 'close', ...readClose(reader) }
      case messageKind.datagramDown:
        return { kind: 'datagram', ...readDatagram(reader) }
      default:
        throw new DecodeFault(`a server sends no message of kind ${kind}`)
    }
  })
}
