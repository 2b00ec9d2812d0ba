/** Grows by one whenever any byte of any frame changes its meaning; both sides must have the same. */
export const protocolVersion = 5
