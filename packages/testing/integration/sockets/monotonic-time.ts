/** Milliseconds of a clock that all processes of a machine share and nobody sets. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Resolves after some real time. */
export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Asks again and again in real time. Throws, naming it, when it does not become true. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { limitMs = 120_000 }: { readonly limitMs?: number } = {},
): Promise<void> {
  const endMs = monotonicMs() + limitMs
  while (!(await condition())) {
    if (monotonicMs() > endMs) throw new Error(`it did not happen within ${limitMs} ms: ${what}`)
    await rest(10)
  }
}
