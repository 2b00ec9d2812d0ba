import type { Call, Delivery, DownMessage, EncodedArguments, SentinelCall, UpMessage } from '@banyan/protocol'
import { decodeArguments } from '@banyan/protocol'
import type { PlayerView } from './player-view.ts'
import { PathName, valueWords } from './value-words.ts'

/** A message in a few words, and what it carries one by one. */
export interface MessageWords {
  readonly title: string
  readonly details: readonly string[]
}

/** Puts one player's messages into words, in the order in which they were sent. */
export interface MessageTeller {
  up(message: UpMessage): MessageWords
  /** `changes` are what the player's view told of the message. */
  down(message: DownMessage, changes: readonly string[]): MessageWords
}

/** Remembers which request asked what, so that answers can be named. */
export function createMessageTeller(view: PlayerView): MessageTeller {
  const asked = new Map<number, string>()

  function argumentWords({ bytes, instances }: EncodedArguments): string {
    const paths = instances.map((id) => (id === 0 ? null : new PathName(view.pathOf(id))))
    const decoded = decodeArguments(bytes, paths, { allowNonFinite: true })
    return decoded.ok ? decoded.value.map(valueWords).join(', ') : `${bytes.length} bytes: ${decoded.problem}`
  }

  function callWords(call: Call): string {
    if (call.kind === 'cancel') return `cancel ${askedWords(call.request)}`
    const words = `${view.nameOf(call.remote)}(${argumentWords(call.args)})`
    if (call.kind === 'event') return `fire ${words}`
    asked.set(call.request, view.nameOf(call.remote))
    return `ask ${call.request} ${words} within ${call.deadlineMs} ms`
  }

  function askedWords(request: number): string {
    return `${request} ${asked.get(request) ?? 'of an unknown remote'}`
  }

  function deliveryWords(delivery: Delivery): string {
    if (delivery.kind === 'event')
      return `event ${view.nameOf(delivery.remote)}(${argumentWords(delivery.args)})`
    const request = askedWords(delivery.request)
    if (delivery.ok) return `answer ${request}: ${argumentWords(delivery.args)}`
    return `answer ${request}: ${delivery.code}, ${delivery.message}`
  }

  return {
    up(message) {
      switch (message.kind) {
        case 'hello': {
          const { name, place, resume } = message
          const title = `hello "${name}" to place "${place}"${resumeWords(resume)}`
          return { title, details: [] }
        }
        case 'calls': {
          const { seq, ack, calls } = message
          return { title: `calls ${seq}, has ${ackWords(ack)}`, details: calls.map(callWords) }
        }
        case 'datagram': {
          const title = `datagram ${message.seq}: ${view.nameOf(message.remote)}(${argumentWords(message.args)})`
          return { title, details: [] }
        }
        case 'ack':
          return { title: `has ${ackWords(message)}`, details: [] }
        case 'sentinel':
          return { title: callOfSentinelWords(message.call), details: [] }
        case 'ping':
        case 'leave':
          return { title: message.kind, details: [] }
      }
    },
    down(message, changes) {
      switch (message.kind) {
        case 'welcome': {
          const { status, seq, patches } = message
          const last = patches.at(-1)
          const upTo = last === undefined ? '' : `, up to patch ${last.seq}`
          return { title: `welcome, ${status}, at patch ${seq}${upTo}`, details: changes }
        }
        case 'snapshot': {
          const { operations, end } = message
          const words = end === null ? 'part of a snapshot' : `snapshot of patch ${end.seq}`
          return {
            title: `${words}: ${operations.filter(({ kind }) => kind === 'create').length} instances`,
            details: changes,
          }
        }
        case 'patches': {
          const deliveries = message.session?.deliveries ?? []
          const { news } = message
          const titles = [patchesTitle(message), news === undefined ? '' : newsWords(news)]
          return {
            title: titles.filter((words) => words !== '').join(', '),
            details: [...changes, ...deliveries.map(deliveryWords)],
          }
        }
        case 'datagram': {
          const title = `datagram ${message.seq}: ${view.nameOf(message.remote)}(${argumentWords(message.args)})`
          return { title, details: changes }
        }
        case 'pong':
          return { title: 'pong', details: changes }
        case 'close': {
          const reason = message.reason === '' ? '' : `: ${message.reason}`
          return { title: `close ${message.code}${reason}`, details: changes }
        }
      }
    },
  }
}

function callOfSentinelWords(call: SentinelCall): string {
  switch (call.kind) {
    case 'branch':
      return `asks for the checksums below ${call.question.id}`
    case 'below':
      return `asks for instance ${call.id}`
    case 'whole':
      return 'asks for everything'
    case 'found':
      return `found ${call.differences.length} differences below ${call.id}`
    case 'lost':
      return 'is out of sync for good'
  }
}

const newsKinds: readonly string[] = ['checksum', 'checksums below an instance', 'an instance again']

/** By their first byte, which is their kind. */
function newsWords(news: Uint8Array): string {
  return newsKinds[news[0] ?? -1] ?? 'news of no known kind'
}

function patchesTitle({ patches, session }: DownMessage & { readonly kind: 'patches' }): string {
  const titles = patches.map(({ seq, tick }) => `patch ${seq} of tick ${tick}`)
  if (session !== null) {
    const { callSeq, deliveries, eventSeq } = session
    titles.push(`has calls ${callSeq}`)
    if (deliveries.length === 1) titles.push(`delivery ${eventSeq}`)
    if (deliveries.length > 1) titles.push(`deliveries ${eventSeq} to ${eventSeq + deliveries.length - 1}`)
  }
  return titles.join(', ')
}

function ackWords({ seq, eventSeq }: { readonly seq: number; readonly eventSeq: number }): string {
  return eventSeq === 0 ? `patch ${seq}` : `patch ${seq} and delivery ${eventSeq}`
}

/** Without the token, which is a secret. */
function resumeWords(resume: (UpMessage & { readonly kind: 'hello' })['resume']): string {
  if (resume === null) return ''
  return 'seq' in resume ? `, resumes and has ${ackWords(resume)}` : ', resumes with nothing'
}
