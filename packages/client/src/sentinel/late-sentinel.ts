import type { Sentinel, SentinelOptions } from './sentinel.ts'

/** Makes the sentinel of one client. */
export type CreateSentinel = (options: SentinelOptions) => Sentinel

/** What most pages never need is not in what they load first. */
const loadSentinel = async (): Promise<CreateSentinel> => (await import('./sentinel.ts')).createSentinel

/** A sentinel that is loaded with the first news, unless it is here already; it looks at the news from then on. */
export function createLateSentinel(
  options: SentinelOptions,
  create: CreateSentinel | null,
  load = loadSentinel,
): Sentinel {
  let sentinel: Sentinel | null = create?.(options) ?? null
  let isLoading = false

  function begin(): void {
    if (isLoading) return
    isLoading = true
    load().then(
      (made) => {
        sentinel = made(options)
      },
      (error: unknown) => options.log.error('the sentinel could not be loaded, and does not watch', error),
    )
  }

  return {
    take(news) {
      if (sentinel === null) begin()
      else sentinel.take(news)
    },
    pause: () => sentinel?.pause(),
    restart: () => sentinel?.restart(),
  }
}
