import type { Client, ConnectionState, Path } from '@banyan/client'
import type { Player } from '@banyan/datamodel'
import type { AnswerOutput, ContractInput, Request, ToServer } from '@banyan/protocol'
import type { PlayerNetwork } from '@banyan/testing'
import type { BrowserContext, JSHandle, Page } from '@playwright/test'
import type { ReadInstance } from './read-instance.ts'

/**
 * Somebody in a browser of their own. What asks the page throws TestingError 'noDoor' where the page has not opened its
 * replica to the test, and 'pageClosed' where there is no page any more.
 */
export interface WorldPlayer {
  readonly name: string
  /** Whether their page moves by itself, or by `world.advance` alone. */
  readonly time: 'real' | 'virtual'
  /** Their browser: storage, identity and windows of their own. */
  readonly context: BrowserContext
  /** Their first window, which all of this is about. */
  readonly page: Page
  /** As the server has them; null while they are in no place. */
  readonly player: Player | null
  /** Their line, at the server's end, for both directions. */
  readonly network: PlayerNetwork
  /** Goes to a path in the test's place and waits until the client has joined; throws 'refused' where the server closed. */
  open(path: string): Promise<void>
  connection(): Promise<ConnectionState>
  /** Waits for a state of the connection; throws 'didNotHappen' with the one that it is in. */
  reaches(kind: ConnectionState['kind'], options?: { readonly limitMs?: number }): Promise<void>
  /** The whole replica as text, in the form of `viewAs`. */
  tree(): Promise<string>
  /** What is at a path now. Throws 'absent', naming what is there instead; `expect(player).toSee` waits. */
  read(path: Path): Promise<ReadInstance>
  /** Fires as the page would, with a payload of plain data, values of the tree, and the server's own instances. */
  fire<Of extends ToServer>(contract: Of, payload: ContractInput<Of>): Promise<void>
  /** Asks as the page would; throws 'refused' with the refusal. Instances in the answer are ids. */
  invoke<Of extends Request>(contract: Of, payload: ContractInput<Of>): Promise<AnswerOutput<Of>>
  /** Writes into this page's copy alone, as anybody can in their console; throws 'refused' for a property that the class has not. */
  write(path: Path, values: Readonly<Record<string, unknown>>): Promise<void>
  /** The page's own client, for code that has to run in the page. */
  client(): Promise<JSHandle<Client>>
}
