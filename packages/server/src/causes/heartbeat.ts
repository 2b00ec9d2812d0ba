import { type Connection, Signal, type SignalQueue } from '@banyan/datamodel'
import type { CauseLog } from './cause-log.ts'

type Handler = (elapsedMs: number) => unknown

/** A signal each of whose handlers runs under a cause of its own, which descends from the code that connected it. */
export class Heartbeat extends Signal<[elapsedMs: number]> {
  readonly #causes: CauseLog

  constructor(options: { readonly queue: SignalQueue; readonly causes: CauseLog }) {
    super({ name: 'heartbeat', queue: options.queue })
    this.#causes = options.causes
  }

  override connect(handler: Handler): Connection {
    return super.connect(this.#caused(handler))
  }

  override once(handler: Handler): Connection {
    return super.once(this.#caused(handler))
  }

  #caused(handler: Handler): Handler {
    const causes = this.#causes
    const descent = causes.here
    return (elapsedMs) => causes.run({ kind: 'heartbeat', ...descent }, () => handler(elapsedMs))
  }
}
