import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a process of a bench does when asked; each command runs to its end before the next is asked for. */
export type Commands = Readonly<Record<string, (input: never) => unknown>>

/** Another process and the commands that it answers. */
export interface Worker<Of extends Commands> {
  /** Rejects with what the command threw, or when the process ends first. */
  call<Name extends keyof Of & string>(
    name: Name,
    input: Parameters<Of[Name]>[0],
  ): Promise<Awaited<ReturnType<Of[Name]>>>
  [Symbol.asyncDispose](): Promise<void>
}

type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string }

/** Far more than any command takes: what waits for ever is a mistake, and should be told of. */
const patienceMs = 300_000

/** Starts a module that calls `answerCommands`, with this process's Node and the given flags. */
export function startWorker<Of extends Commands>(module: URL, execArgv: readonly string[]): Worker<Of> {
  const child = fork(fileURLToPath(module), {
    serialization: 'advanced',
    // The standard output is the report's, and some libraries are talkative.
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: [...execArgv],
  })
  const exit = once(child, 'exit')
  async function call<Name extends keyof Of & string>(
    name: Name,
    input: Parameters<Of[Name]>[0],
  ): Promise<Awaited<ReturnType<Of[Name]>>> {
    const answer = once(child, 'message') as Promise<[Answer]>
    const failure = exit.then(([code]) => {
      throw new Error(`cannot run "${name}": the process ended with ${String(code)}. Its output says why.`)
    })
    const deadline = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => deadline.reject(new Error(`cannot run "${name}": no answer within ${patienceMs / 1000} s.`)),
      patienceMs,
    )
    child.send({ name, input })
    const [outcome] = await Promise.race([answer, failure, deadline.promise]).finally(() =>
      clearTimeout(timer),
    )
    if (!outcome.ok) throw new Error(outcome.error)
    return outcome.value as Awaited<ReturnType<Of[Name]>>
  }

  return {
    call,
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      const grace = setTimeout(() => child.kill('SIGKILL'), 5000)
      await exit
      clearTimeout(grace)
    },
  }
}

/** Answers the process that started this one, and ends with it. */
export function answerCommands(commands: Commands): void {
  process.on('message', ({ name, input }: { name: string; input: never }) => {
    const run = async (): Promise<unknown> => commands[name]?.(input)
    run().then(
      (value) => process.send?.({ ok: true, value } satisfies Answer),
      (error: unknown) =>
        process.send?.({
          ok: false,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        } satisfies Answer),
    )
  })
  process.on('disconnect', () => process.exit())
}
