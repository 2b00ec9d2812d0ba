/** What the core of the client shall take: minified, gzip, without React and the user's schema library. */
export const targetBytes = 25_000

/**
 * What it may take now. Whoever makes the bundle smaller lowers it, until it is the target; whoever raises it writes the
 * reason into docs/decisions/0041.
 */
export const boundBytes = 48_000

/** The bound follows what was reached when there is more than this between them. */
export const slackBytes = 2500

/** Whether a bundle of this size may be, and what to say of it. */
export function judge(gzipBytes: number): { readonly isGood: boolean; readonly verdict: string } {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`
  const size = `${kilobytes(gzipBytes)} of at most ${kilobytes(boundBytes)}; the target is ${kilobytes(targetBytes)}`
  if (gzipBytes > boundBytes) {
    return {
      isGood: false,
      verdict: `The bundle has grown too large: ${size}. Look at what it imports by now.`,
    }
  }
  const isLoose = boundBytes > targetBytes && gzipBytes < boundBytes - slackBytes
  return { isGood: true, verdict: isLoose ? `${size}. Lower the bound to what was reached.` : `${size}.` }
}
