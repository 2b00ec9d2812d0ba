import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { downFrames, upFrames } from '../../fixtures/sample-messages.ts'
import { protocolVersion } from '../version.ts'

/** By protocol version; the line of a released version never changes, it only gets a successor. */
const fingerprints: Readonly<Record<number, string>> = {
  1: '44aec429eb7e10d4c7c723466a3384ad0fa5375988a5bc86a33fcc39f9dcb693',
  2: '9520a78ea111130b72d7e40fa2c564dbc8e1f5b076ad2d88a4f178eba6a01ab1',
  3: '43062aa010550bbc09f2aa65d36e2aaecbb16d06e290f3f7a3bde6d873f32237',
  4: '1506418936c5bc86d03713b40a8710831806dc184b3064a8b7c71eb092e460fd',
  5: '6d3ce3ee988dbcea5219ccfefeb28cfad13cf751c4361297de6b9bad5fc80306',
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const [name, frame] of [...Object.entries(upFrames), ...Object.entries(downFrames)]) {
    hash.update(`${name}:${Buffer.from(frame).toString('hex')}\n`)
  }
  return hash.digest('hex')
}

it('MS1 the bytes of one of every message and operation change only with protocolVersion', () => {
  const now = fingerprint()
  const advice = `The frames of version ${protocolVersion} are not what they were. If that version was released, or its clients must go on, take the change back, or raise protocolVersion in src/version.ts, tell the new format in SPEC.md, and add the line ${protocolVersion + 1} with the figure that this test then gives. If it never left this repository, or a sample was added, the line ${protocolVersion} becomes '${now}'.`
  expect(now, advice).toBe(fingerprints[protocolVersion])
})
