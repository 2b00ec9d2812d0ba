/** Ends a decoding from within; never leaves the package, because `decodeWhole` turns it into a problem. */
export class DecodeFault extends Error {
  override readonly name = 'DecodeFault'
}
