/** An adapter, loaded where it runs, and the packages whose versions belong into the report. */
export interface SystemEntry<System> {
  readonly load: () => Promise<System>
  readonly dependencies: readonly string[]
}
