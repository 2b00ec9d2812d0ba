/** The closed list of what a programmer can do wrong with this package; branch on it, never on the message. */
export type ProtocolErrorCode =
  | 'asyncSchema'
  | 'invalidConditions'
  | 'invalidContract'
  | 'invalidSeed'
  | 'unencodable'

/** The only error class this package throws; bad bytes from the network never throw, they decode to a problem. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code: ProtocolErrorCode

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
