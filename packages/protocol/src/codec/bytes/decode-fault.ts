/** Ends a decoding from within; never leaves the package, because decoders turn it into a problem. */
export class DecodeFault extends Error {
  override readonly name: string = 'DecodeFault'
}

/** Of values that are well encoded and yet not allowed, such as NaN: a reason to drop a message, not a session. */
export class InvalidValue extends DecodeFault {
  override readonly name = 'InvalidValue'
}
