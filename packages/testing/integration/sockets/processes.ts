import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a process does when asked. */
export type Commands = Readonly<Record<string, (input: never) => unknown>>

/** Another process, and the commands that it answers. */
export interface Peer<Of extends Commands> {
  /** Rejects with what the command threw, or when the process ends first. */
  call<Name extends keyof Of & string>(
    name: Name,
    ...input: Parameters<Of[Name]>
  ): Promise<Awaited<ReturnType<Of[Name]>>>
  /** Lets the process stand still, as a phone in a pocket does: it reads nothing and no timer runs. */
  freeze(): void
  thaw(): void
  [Symbol.asyncDispose](): Promise<void>
}

type Answer = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string }
)

const lingerMs = 5000

/** Starts a module of this folder's kind, which calls `answerCommands`, from its source and able to collect garbage on demand. */
export function startProcess<Of extends Commands>(module: URL): Peer<Of> {
  const child = fork(fileURLToPath(module), {
    serialization: 'advanced',
    stdio: 'inherit',
    execArgv: ['--conditions=@banyan/source', '--expose-gc'],
  })
  const exit = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  child.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.ok) asked?.resolve(answer.value)
    else asked?.reject(new Error(answer.error))
  })
  void exit.then(([code, signal]) => {
    for (const { reject } of waiting.values())
      reject(new Error(`a process ended with ${signal ?? code}. Its output says why.`))
  })

  return {
    call(name, ...[input]) {
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: (value) => resolve(value as never), reject })
        child.send({ id, name, input }, (error) => {
          if (error !== null) reject(error)
        })
      })
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGCONT')
      if (child.connected) child.disconnect()
      const kill = setTimeout(() => child.kill('SIGKILL'), lingerMs)
      await exit
      clearTimeout(kill)
    },
  }
}

/** Answers the process that started this one, and ends with it. */
export function answerCommands(commands: Commands): void {
  process.on('message', ({ id, name, input }: { id: number; name: string; input: never }) => {
    const run = async (): Promise<unknown> => commands[name]?.(input)
    const answer = (told: Answer): void => void process.send?.(told)
    run().then(
      (value) => answer({ id, ok: true, value }),
      (error: unknown) =>
        answer({
          id,
          ok: false,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
    )
  })
  process.on('disconnect', () => process.exit())
}
