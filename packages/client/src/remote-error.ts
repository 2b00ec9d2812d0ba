import type { RemoteErrorCode } from '@banyan/protocol'

/** The only error class this package throws; its text reads: cannot X "which": why. What to do. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  readonly code: RemoteErrorCode

  constructor(code: RemoteErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A reason as one sentence of an error's text: what a server says may end with a period already. */
export function sentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`
}
