/** The closed list of what can go wrong in a tree; branch on it, never on the message. */
export type DataModelErrorCode =
  | 'destroyed'
  | 'cycle'
  | 'unknownClass'
  | 'abstractClass'
  | 'otherDataModel'
  | 'invalidValue'
  | 'invalidName'
  | 'invalidAttribute'
  | 'invalidTag'
  | 'invalidArgument'
  | 'invalidDefinition'
  | 'signalClosed'
  | 'signalDepth'
  | 'waitTimeout'
  | 'wrongSide'
  | 'serverOwned'
  | 'notFound'
  | 'noPeer'

/** The only error class this package throws; its text reads: cannot X "which": why. What to do. */
export class DataModelError extends Error {
  override readonly name = 'DataModelError'
  readonly code: DataModelErrorCode

  constructor(code: DataModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
