import { DataModel } from '@banyan/datamodel'
import {
  addNews,
  createManualClock,
  decodeDown,
  defineGame,
  type EncodedNews,
  encodePatches,
  encodeSentinelCall,
} from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createSentinel } from './sentinel.ts'

const definition = defineGame({})
const question = { id: 1, level: 0, prefix: 0 }
const wrong = { high: 1, low: 2 }

function bytesOf(news: EncodedNews): Uint8Array {
  const decoded = decodeDown(definition, addNews(encodePatches([]), news))
  if (!decoded.ok || decoded.value.kind !== 'patches' || decoded.value.news === undefined) {
    throw new Error('the frame has news')
  }
  return decoded.value.news
}

function createScene() {
  const clock = createManualClock()
  const sent: Uint8Array[] = []
  const sentinel = createSentinel({
    definition,
    game: new DataModel({ definition, clock, report: () => {} }),
    clock,
    log: { warn: () => {}, error: () => {} },
    send: (frame) => void sent.push(frame),
    onDesync: () => {},
  })
  return { sent, sentinel, take: (news: EncodedNews) => sentinel.take(bytesOf(news)) }
}

test('SL3 what was asked is forgotten with its channel: no answer to it counts, and the next checksum asks anew', () => {
  const { sent, sentinel, take } = createScene()
  const ask = encodeSentinelCall({ kind: 'branch', question })
  take({ kind: 'checksum', checksum: wrong })
  take({ kind: 'checksum', checksum: wrong })
  expect(sent).toEqual([ask])
  sentinel.pause()
  take({ kind: 'branch', question, branch: { own: wrong, form: 'children', parts: new Map() } })
  expect(sent).toEqual([ask])
  take({ kind: 'checksum', checksum: wrong })
  expect(sent).toEqual([ask, ask])
  // While it is asked, an answer counts.
  take({ kind: 'branch', question, branch: { own: wrong, form: 'children', parts: new Map() } })
  expect(sent[2]).toEqual(encodeSentinelCall({ kind: 'below', id: 1 }))
})
