import { copyArguments } from '../data/argument.ts'
import { DataModelError } from '../errors.ts'
import { nodeOf } from '../instance/node.ts'
import { fireSignal, signalOf } from '../instance/signals.ts'
import { defineClass } from '../schema/define-class.ts'
import type { Signal } from '../signals/signal.ts'

/** Answers a BindableFunction; may be asynchronous. */
export type BindableHandler = (...args: unknown[]) => unknown

/** An event between scripts of one side. Arguments are copied, as a remote's are. */
export class BindableEvent extends defineClass('BindableEvent') {
  /** Throws `invalidArgument` for what a remote could not carry either. */
  fire(...args: readonly unknown[]): void {
    fireSignal(nodeOf(this), 'event', ...copyArguments(args))
  }

  get event(): Signal<unknown[]> {
    return signalOf(nodeOf(this), 'event')
  }
}

/** A question between scripts of one side. */
export class BindableFunction extends defineClass('BindableFunction') {
  #handler: BindableHandler | null = null

  /** The one handler; the last assignment wins, null removes it. */
  set onInvoke(handler: BindableHandler | null) {
    this.#handler = handler
  }

  /**
   * Rejects at once without a handler, where the reference model waits for one forever, and when it is destroyed
   * before the answer.
   */
  async invoke(...args: readonly unknown[]): Promise<unknown> {
    if (this.isDestroyed) throw this.#destroyedError()
    return new Promise((resolve, reject) => {
      const gone = this.destroying.once(() => reject(this.#destroyedError()))
      void this.#answer(args)
        .then(resolve, reject)
        .finally(() => gone.disconnect())
    })
  }

  async #answer(args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handler
    if (handler === null) {
      throw new DataModelError(
        'notFound',
        `cannot invoke "${this.name}": it has no handler. Set onInvoke first.`,
      )
    }
    const [answer] = copyArguments([await handler(...copyArguments(args))])
    return answer
  }

  #destroyedError(): DataModelError {
    return new DataModelError(
      'destroyed',
      `cannot invoke "${this.name}": it is destroyed. Use a living instance.`,
    )
  }
}
