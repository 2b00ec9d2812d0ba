import type { TreeDefinition } from '@banyan/datamodel'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { type Decoded, decodeWhole } from '../../codec/bytes/decoded.ts'
import { type Datagram, readDatagram } from '../datagram.ts'
import { messageKind } from '../message-kind.ts'
import { type Close, readClose } from './close.ts'
import { expandPatch, type Patches, type PatchRuns, type ReceivedPatch, readPatches } from './patches.ts'
import { type Pong, readPong } from './pong.ts'
import { expandPart, readSnapshotPart, type SnapshotPart, type SnapshotRuns } from './snapshot.ts'
import { readWelcome, type Welcome } from './welcome.ts'

/** Everything that a server may say, with what changes in the form of these patches and parts of snapshots. */
type Told<Patch, Part> =
  | ({ readonly kind: 'welcome' } & Welcome<Patch>)
  | ({ readonly kind: 'snapshot' } & Part)
  | ({ readonly kind: 'patches' } & Patches<Patch>)
  | ({ readonly kind: 'pong' } & Pong)
  | ({ readonly kind: 'close' } & Close)
  | ({ readonly kind: 'datagram' } & Datagram)

/** What a server says, as runs. */
export type DownRuns = Told<PatchRuns, SnapshotRuns>

/** What a server says, as operations. */
export type DownMessage = Told<ReceivedPatch, SnapshotPart>

/** As `decodeDownRuns`, with operations one by one: for whoever looks at them. */
export function decodeDown(definition: TreeDefinition, frame: Uint8Array): Decoded<DownMessage> {
  const decoded = decodeDownRuns(definition, frame)
  return decoded.ok ? { ok: true, value: expand(decoded.value) } : decoded
}

function expand(message: DownRuns): DownMessage {
  switch (message.kind) {
    case 'patches':
    case 'welcome':
      return { ...message, patches: message.patches.map(expandPatch) }
    case 'snapshot':
      return { kind: 'snapshot', ...expandPart(message) }
    case 'pong':
    case 'close':
    case 'datagram':
      return message
  }
}

/** Decodes a frame that the server sent, by the definition that both agreed on. Never throws. */
export function decodeDownRuns(definition: TreeDefinition, frame: Uint8Array): Decoded<DownRuns> {
  return decodeWhole(frame, (reader): DownRuns => {
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
