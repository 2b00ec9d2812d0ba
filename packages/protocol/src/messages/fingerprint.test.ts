import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { downFrames, upFrames } from '../../fixtures/sample-messages.ts'
import { protocolVersion } from '../version.ts'

/** By protocol version; a line here never changes, it only gets a successor. */
const fingerprints: Readonly<Record<number, string>> = {
  1: '44aec429eb7e10d4c7c723466a3384ad0fa5375988a5bc86a33fcc39f9dcb693',
  2: '9520a78ea111130b72d7e40fa2c564dbc8e1f5b076ad2d88a4f178eba6a01ab1',
  3: '43062aa010550bbc09f2aa65d36e2aaecbb16d06e290f3f7a3bde6d873f32237',
}

it('MS1 the bytes of one of every message and operation change only with protocolVersion', () => {
  const hash = createHash('sha256')
  for (const [name, frame] of [...Object.entries(upFrames), ...Object.entries(downFrames)]) {
    hash.update(`${name}:${Buffer.from(frame).toString('hex')}\n`)
  }
  expect(hash.digest('hex')).toBe(fingerprints[protocolVersion])
})
