/** Closed, so that a switch over it can be exhaustive. */
export type ServerErrorCode =
  | 'invalidIdentity'
  | 'invalidOption'
  | 'invalidPlaceName'
  | 'invalidPayload'
  | 'placeStopped'
  | 'unknownContract'
  | 'wrongDirection'

/** Thrown for wrong use of the server's API; never for what a client sent. */
export class ServerError extends Error {
  readonly code: ServerErrorCode

  constructor(code: ServerErrorCode, message: string) {
    super(message)
    this.name = 'ServerError'
    this.code = code
  }
}
