/** Milliseconds on a counter that all processes of one machine share; only differences mean anything. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
