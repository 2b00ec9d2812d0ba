import { networkInterfaces } from 'node:os'

/** Says where the playground is and what to try there. */
export function announce(port: number): void {
  const phone = networkAddress()
  console.log(`
  Banyan playground   http://localhost:${port}
${phone === null ? '' : `  On your phone       http://${phone}:${port}\n`}
  Try /race in two windows: "Open a second player" makes the second one.
  Try /countdown and open another window midway.
  Stop with Ctrl+C.
`)
}

/** This machine's address in its own network, or null. */
function networkAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null
}
