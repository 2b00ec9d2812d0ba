import {
  BaseRemoteEvent,
  type Clock,
  type DataModel,
  deliverEvent,
  type Instance,
  isVisibleAt,
  RemoteEvent,
  RemoteFunction,
  UnreliableRemoteEvent,
} from '@banyan/datamodel'
import { type Call, type Datagram, type DatagramOrder, unreliableExcess } from '@banyan/protocol'
import type { Beginning } from '../causes/cause.ts'
import type { CauseLog } from '../causes/cause-log.ts'
import type { Report } from '../isolation.ts'
import { type DropReason, unknownRemoteName } from '../limits/drop-counts.ts'
import type { Limits } from '../limits/limits.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { PendingRequests } from '../remotes/pending-requests.ts'
import type { RemoteDirectory } from '../remotes/remote-directory.ts'
import type { Session } from '../sessions/session.ts'
import { checkCall } from './call-check.ts'

/** A call that no honest client makes: its session closes. */
export interface Offence {
  readonly code: 'malformed'
  readonly problem: string
}

/** A call that an honest client may make, and that goes no further. */
export interface Drop {
  readonly code: DropReason
  readonly problem: string
}

/** Why a call was not handed to a handler. */
type Fault = Offence | Drop

/** A fire of an unreliable remote, and what its connection has of it already. */
export type UnreliableCall = Datagram & { readonly kind: 'datagram'; readonly order: DatagramOrder }

/** Hands a client's calls to their handlers, in the order in which they come. */
export interface Dispatch {
  /** Lesser faults than an offence are counted, and answered where the call was a request. */
  take(session: Session, call: Call | UnreliableCall): Offence | null
}

export interface DispatchOptions {
  readonly game: DataModel
  readonly clock: Clock
  readonly causes: CauseLog
  readonly limits: Limits
  readonly directory: RemoteDirectory
  readonly outbox: Outbox
  readonly report: Report
  /** Hears of each call that is refused or dropped, and why. */
  readonly dropped: (session: Session, remoteName: string, fault: Drop) => void
}

type RemoteCall = Exclude<Call, { readonly kind: 'cancel' }> | UnreliableCall

/** The class of remote that a kind of call is for. */
const remoteClass = { event: RemoteEvent, request: RemoteFunction, datagram: UnreliableRemoteEvent } as const

export function createDispatch({
  game,
  clock,
  causes,
  limits,
  directory,
  outbox,
  report,
  dropped,
}: DispatchOptions): Dispatch {
  function find(session: Session, id: number): Instance | null {
    const instance = game.getInstanceById(id)
    return instance !== null && isVisibleAt(game.snapshot, instance, session.player.id) ? instance : null
  }

  /** One object for calls in a row of one remote by one player: the log keeps ten thousand. */
  let beginning: Extract<Beginning, { kind: 'remote' }> = { kind: 'remote', remote: '', player: '' }
  function beginningOf(remote: string, player: string): Beginning {
    if (beginning.remote !== remote || beginning.player !== player) {
      beginning = { kind: 'remote', remote, player }
    }
    return beginning
  }

  /** Hands the call over, or tells why not. */
  function handOver(session: Session, call: RemoteCall, remote: Instance | null): Fault | null {
    const contract = remote === null ? null : directory.contractOf(remote)
    const { requests } = session.stream
    if (call.kind === 'request' && requests.has(call.request)) {
      return { code: 'malformed', problem: `request ${call.request} is asked twice` }
    }
    const nowMs = clock.now()
    if (!session.limits.takeCall(nowMs, remote, contract?.options.rate)) {
      return { code: 'throttled', problem: 'it is called too often' }
    }
    if (call.kind === 'request' && isFull(requests, limits)) {
      return { code: 'throttled', problem: 'too many requests wait for their answers' }
    }
    if (!(remote instanceof remoteClass[call.kind])) {
      return { code: 'invalid', problem: 'there is no such remote' }
    }
    if (contract?.direction === 'toClient') {
      return { code: 'malformed', problem: `"${contract.name}" goes from the server to clients` }
    }
    const problem = call.kind === 'datagram' ? unreliableExcess(remote.name, call.args) : null
    if (problem !== null) return { code: 'invalid', problem }
    if (call.kind === 'datagram' && !call.order.take(remote, call.seq)) {
      return { code: 'late', problem: 'a newer one came before it' }
    }
    const checked = checkCall(call.args, { contract, find: (id) => find(session, id) })
    if (!checked.ok) return { code: checked.fault, problem: checked.problem }
    const cause = causes.begin(beginningOf(remote.name, session.player.name), nowMs)
    if (call.kind !== 'request' && remote instanceof BaseRemoteEvent) {
      const args = [session.player, ...checked.args]
      causes.under(cause, () => deliverEvent(remote, args, call.args.bytes.length))
    } else if (call.kind === 'request' && remote instanceof RemoteFunction) {
      requests.open({
        number: call.request,
        remote,
        deadlineMs: Math.min(limits.requestMs, call.deadlineMs),
        bytes: call.args.bytes.length,
        // Only contracts' handlers know the context; a remote made at run time gets what was sent, and no more.
        call(handler, context) {
          const args = [...checked.args, ...(contract === null ? [] : [context])]
          return causes.under(cause, () => handler(session.player, ...args))
        },
      })
    }
    return null
  }

  /** A schema is the host's code: what it throws, such as for being asynchronous, costs this call and no other. */
  function handOverSafely(session: Session, call: RemoteCall, remote: Instance | null): Fault | null {
    try {
      return handOver(session, call, remote)
    } catch (error) {
      report(error, remote?.name ?? unknownRemoteName)
      return { code: 'invalid', problem: 'the server could not check it' }
    }
  }

  return {
    take(session, call) {
      if (call.kind === 'cancel') {
        session.stream.requests.cancel(call.request)
        return null
      }
      const remote = find(session, call.remote)
      const name = remote?.name ?? unknownRemoteName
      const fault = handOverSafely(session, call, remote)
      if (fault === null) return null
      if (fault.code === 'malformed') return fault
      dropped(session, name, fault)
      if (call.kind === 'request') {
        outbox.deliver(session, {
          kind: 'answer',
          request: call.request,
          ok: false,
          // Only datagrams, which nobody answers, are late.
          code: fault.code === 'late' ? 'invalid' : fault.code,
          message: `${fault.problem}.`,
        })
        outbox.flushSoon(session)
      }
      return null
    },
  }
}

function isFull({ size, bytes }: PendingRequests, { pendingRequests, pendingBytes }: Limits): boolean {
  return size >= pendingRequests || bytes >= pendingBytes
}
