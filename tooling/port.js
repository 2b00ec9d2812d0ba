import { createServer } from 'node:net'

const defaultPort = 3000

/**
 * Reads a PORT setting. Returns null when it is not a port that a person can open in a browser.
 * @param {string | undefined} text
 * @returns {number | null}
 */
export function parsePort(text) {
  if (text === undefined || text === '') return defaultPort
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port >= 1 && port <= 65_535 ? port : null
}

/**
 * Why nothing can listen on the port just now, or null when something can.
 * @param {number} port
 * @returns {Promise<string | null>}
 */
export function portProblem(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve('it is in use')
      else if (error.code === 'EACCES') resolve('it needs more rights')
      else resolve(error.message)
    })
    probe.listen({ port, exclusive: true }, () => probe.close(() => resolve(null)))
  })
}
