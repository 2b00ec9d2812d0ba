/** Closed, so that a switch over it can be exhaustive. */
export type NodeErrorCode = 'portInUse' | 'portRefused' | 'invalidOption'

/** Thrown for what keeps a host from starting. */
export class NodeError extends Error {
  override readonly name = 'NodeError'
  readonly code: NodeErrorCode

  constructor(code: NodeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
