/** Why a request failed, on either side; a position is a number on the wire, so new ones go last. */
export const remoteErrorCodes = Object.freeze([
  'invalid',
  'throttled',
  'timeout',
  'noHandler',
  'handlerError',
  'disconnected',
  'aborted',
  'unknownRemote',
  'destroyed',
] as const)

/** The closed list of reasons. */
export type RemoteErrorCode = (typeof remoteErrorCodes)[number]
