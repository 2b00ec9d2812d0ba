/** A port to listen on, or one line that says why there is none. */
export type PortChoice = { readonly port: number } | { readonly problem: string }

/** Reads PORT as it stands in the environment; 3000 when it is absent or empty. */
export function choosePort(text: string | undefined): PortChoice {
  if (text === undefined || text.trim() === '') return { port: 3000 }
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return { port }
  return {
    problem: `PORT "${text}" is not a port: choose a whole number from 1 to 65535, as in PORT=3001 npm start`,
  }
}

/** What went wrong when listening failed, in one line; knows the host's codes and those of Node's own server. */
export function describeListenError(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'portInUse' || code === 'EADDRINUSE') {
    return `Port ${port} is in use. End the program that uses it, or choose another port: PORT=${port + 1} npm start`
  }
  if (code === 'EACCES')
    return `Port ${port} is not allowed for this user. Choose another: PORT=3000 npm start`
  return `Cannot listen on port ${port}: ${error instanceof Error ? error.message : String(error)}`
}
