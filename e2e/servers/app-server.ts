import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

/** The real server of an app, as `npm start` runs it, in a process of its own. */
export interface AppServer {
  readonly url: string
  /** What it has printed so far. */
  output(): string
  /** Ends it as Ctrl+C does, or, with SIGKILL, as a power cut does. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same port, with an empty memory; resolves once it answers. */
  start(): Promise<void>
}

interface App {
  readonly folder: string
  readonly entry: string
}

const apps = {
  hello: { folder: '../../apps/hello', entry: 'src/server.ts' },
  playground: { folder: '../../apps/playground', entry: 'src/server/main.ts' },
} as const satisfies Record<string, App>

const preload = new URL('./preload.ts', import.meta.url)
const startLimitMs = 20_000

/** Starts an app on a free port; resolves once it answers. Whoever starts it stops it. */
export async function startApp(name: keyof typeof apps): Promise<AppServer> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  let output = ''
  let child: ChildProcess | null = null

  async function start(): Promise<void> {
    const started = run({ name, port, execArgv: ['--import', preload.href] }, (text) => {
      output += text
    })
    child = started
    const deadline = AbortSignal.timeout(startLimitMs)
    while (started.exitCode === null && !deadline.aborted) {
      const response = await fetch(url).catch(() => null)
      if (response?.ok === true) return
      await pause(50)
    }
    throw new Error(`cannot use "${name}": its server did not answer at ${url}. It printed: ${output}`)
  }

  await start()
  return {
    url,
    start,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      const ending = child
      child = null
      if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return
      const ended = once(ending, 'exit')
      ending.kill(signal)
      await ended
    },
  }
}

/** Starts an app on a port that is taken; resolves once it has ended by itself. */
export async function failApp(
  name: keyof typeof apps,
  port: number,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  let output = ''
  const child = run({ name, port, execArgv: [] }, (text) => {
    output += text
  })
  await once(child, 'close')
  return { exitCode: child.exitCode, output }
}

interface Run {
  readonly name: keyof typeof apps
  readonly port: number
  readonly execArgv: string[]
}

function run({ name, port, execArgv }: Run, collect: (text: string) => void): ChildProcess {
  const { folder, entry } = apps[name]
  const child = fork(entry, {
    cwd: fileURLToPath(new URL(folder, import.meta.url)),
    env: { ...process.env, PORT: String(port) },
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => collect(text.toString()))
  }
  return child
}
