import { DataModelError } from '../errors.ts'
import { nodeOf } from '../instance/node.ts'
import type { InvokeOptions } from '../peer.ts'
import { defineClass } from '../schema/define-class.ts'
import { requireSide } from './peer-access.ts'
import type { Player } from './player.ts'

const handlerKey = Symbol('banyan.invokeHandler')

/** Answers a request; may be asynchronous. A throw or rejection becomes the caller's error. */
export type InvokeHandler = (player: Player, ...args: unknown[]) => unknown

interface HandlerSlot {
  handler: InvokeHandler | null
  readonly waiting: Set<() => void>
}

/** A question to the server, with an answer or a rejection: nothing waits forever. */
export class RemoteFunction extends defineClass('RemoteFunction') {
  /** @internal */
  readonly [handlerKey]: HandlerSlot = { handler: null, waiting: new Set() }

  /** Client only. Rejects on the deadline (10 s unless told otherwise), a lost session, or a failing handler. */
  invokeServer(...args: readonly unknown[]): Promise<unknown> {
    return this.with({}).invokeServer(...args)
  }

  /** The same call with a deadline or an AbortSignal of its own. */
  with(options: InvokeOptions): { invokeServer(...args: readonly unknown[]): Promise<unknown> } {
    return {
      invokeServer: (...args) => {
        const instead = 'On the server, call the handler, or use a BindableFunction.'
        const peer = requireSide(this, { action: 'invokeServer', side: 'client', instead })
        return peer.invokeServer(this, args, options)
      },
    }
  }

  /** Server only: the one handler; the last assignment wins, null removes it. */
  set onServerInvoke(handler: InvokeHandler | null) {
    const { tree } = nodeOf(this)
    if (tree !== null && tree.side !== 'server') {
      throw new DataModelError(
        'wrongSide',
        `cannot set onServerInvoke of "${this.name}" on the client: the server answers. Use invokeServer.`,
      )
    }
    const slot = this[handlerKey]
    slot.handler = handler
    if (handler === null) return
    for (const listener of Array.from(slot.waiting)) if (slot.waiting.has(listener)) listener()
  }
}

/** For servers: the handler that is set, or null. */
export function invokeHandlerOf(remote: RemoteFunction): InvokeHandler | null {
  return remote[handlerKey].handler
}

/** For servers: calls back each time a handler is set, so that a request may wait for one; returns the way to stop. */
export function onHandlerSet(remote: RemoteFunction, listener: () => void): () => void {
  remote[handlerKey].waiting.add(listener)
  return () => {
    remote[handlerKey].waiting.delete(listener)
  }
}
