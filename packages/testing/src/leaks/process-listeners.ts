/** Tells, for each event of the process that has more listeners than it has now, that one is left. */
export function watchProcessListeners(): () => readonly string[] {
  const count = () =>
    new Map(process.eventNames().map((name) => [name, process.listenerCount(name)] as const))
  const before = count()
  return () =>
    [...count()]
      .filter(([name, listeners]) => listeners > (before.get(name) ?? 0))
      .map(
        ([name]) =>
          `a listener of the process for "${String(name)}" is left. Take it off when the place stops.`,
      )
}
