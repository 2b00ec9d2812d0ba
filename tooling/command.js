import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

const isWindows = process.platform === 'win32'
// The inner wait is the shorter one, so that whoever owns a group ends it before its own parent gives up.
const graceMs = { own: 5000, shared: 8000 }
const orphanPollMs = 500
// npm's shell does not pass a signal on: who ends npm leaves this process without a parent.
const startedByNpm = process.env['npm_lifecycle_event'] !== undefined
const parent = process.ppid
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * How a command ended. `interrupted` means that this process was asked to stop meanwhile; `problem` says in words
 * what an exit code cannot.
 * @typedef {{ exitCode: number | null, timedOut: boolean, interrupted: boolean, problem: string | null }} Outcome
 */

/**
 * With `group: 'own'` one signal reaches everything that the command started, and nothing of it stays behind; with
 * 'shared' the command ends with the group of this process.
 * @typedef {{ cwd: string, group: 'own' | 'shared', env?: NodeJS.ProcessEnv, limitMs?: number, shell?: boolean }} RunOptions
 */

/**
 * Runs a command with inherited output, to its end or until the limit passes or this process is interrupted. Never
 * rejects.
 * @param {readonly [string, ...string[]]} command
 * @param {RunOptions} options
 * @returns {Promise<Outcome>}
 */
export function runCommand([file, ...args], { cwd, group, env = process.env, limitMs, shell = false }) {
  return new Promise((resolve) => {
    const ownsGroup = group === 'own' && !isWindows
    const child = spawn(file, args, {
      cwd,
      env,
      shell,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: ownsGroup,
    })
    const target = child.pid === undefined ? null : ownsGroup ? -child.pid : child.pid
    let timedOut = false
    let interrupted = false
    /** @type {NodeJS.Timeout | null} */
    let killTimer = null

    /** @param {NodeJS.Signals} signal */
    const stop = (signal) => {
      // npm and the terminal may each deliver the same Ctrl-C; the second one must not cut the first one's end short.
      if (killTimer !== null) return
      killTimer = setTimeout(() => sendSignal(target, 'SIGKILL'), graceMs[group])
      // A terminal has already sent SIGINT to everyone in a shared group.
      if (ownsGroup || signal !== 'SIGINT') sendSignal(target, signal)
    }
    /** @param {NodeJS.Signals} signal */
    const interrupt = (signal) => {
      interrupted = true
      stop(signal)
    }
    const expire = () => {
      timedOut = true
      stop('SIGTERM')
    }
    const orphanTimer = setInterval(() => {
      if (startedByNpm && process.ppid !== parent) interrupt('SIGTERM')
    }, orphanPollMs)
    const limitTimer = limitMs === undefined ? null : setTimeout(expire, limitMs)
    for (const signal of signals) process.on(signal, interrupt)

    /** @param {number | null} exitCode @param {string | null} problem */
    const settle = async (exitCode, problem) => {
      clearInterval(orphanTimer)
      if (limitTimer !== null) clearTimeout(limitTimer)
      if (ownsGroup && interrupted) await groupEnd(target)
      if (killTimer !== null) clearTimeout(killTimer)
      for (const signal of signals) process.off(signal, interrupt)
      if (ownsGroup) sendSignal(target, 'SIGKILL')
      resolve({ exitCode, timedOut, interrupted, problem })
    }
    child.once('error', (error) => void settle(null, error.message))
    child.once('exit', (code, signal) => void settle(code, signal === null ? null : `ended by ${signal}`))
  })
}

/** @param {number | null} target @param {NodeJS.Signals | 0} signal @returns {boolean} whether anything was there */
function sendSignal(target, signal) {
  if (target === null) return false
  try {
    return process.kill(target, signal)
  } catch {
    return false
  }
}

/** @param {number | null} target */
async function groupEnd(target) {
  const pollMs = 50
  for (let waitedMs = 0; waitedMs < graceMs.own && sendSignal(target, 0); waitedMs += pollMs)
    await delay(pollMs)
}
