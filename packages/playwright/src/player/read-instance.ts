/** An instance as a page's replica has it, local writes included: a copy, which does not follow. */
export interface ReadInstance {
  readonly id: number
  readonly className: string
  readonly name: string
  /** By name, as the replica holds them; a reference is the other instance's full name. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly attributes: Readonly<Record<string, unknown>>
  readonly tags: readonly string[]
  /** Names, in order. */
  readonly children: readonly string[]
}
