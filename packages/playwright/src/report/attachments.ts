import { viewText } from '@banyan/testing'
import type { TestHost } from '@banyan/testing/host'
import type { TestInfo } from '@playwright/test'
import type { OwnedPlayer } from '../player/create-world-player.ts'

/** Puts what everybody had into the report of a failed test: each player's tree and connection, the server's tree, the messages. */
export async function attachWorld(
  testInfo: TestInfo,
  { host, members }: { readonly host: TestHost; readonly members: readonly OwnedPlayer[] },
): Promise<void> {
  const attach = (name: string, body: string): Promise<void> =>
    testInfo.attach(name, { body, contentType: 'text/plain' })

  for (const member of members) {
    // What is wrong with one is said in their own attachment; the others have theirs.
    const tree = await treeOf(host, member).catch((error: unknown) => `${String(error)}\n`)
    await attach(`${member.name}.tree.txt`, tree)
  }
  for (const name of new Set(members.flatMap(({ placeName }) => placeName ?? []))) {
    await attach(
      `server.${name}.tree.txt`,
      textOr(() => viewText(host.place(name).game.snapshot, null)),
    )
    await attach(
      `messages.${name}.txt`,
      textOr(() => host.timeline(name)),
    )
  }
}

/** What the page holds, and what it should hold where the two differ. */
async function treeOf(host: TestHost, member: OwnedPlayer): Promise<string> {
  const { door, name, placeName, page, tree } = member
  if (placeName === null) return `"${name}" opened no page.\n`
  if (page.isClosed() || !(await door.isOpen().catch(() => false)))
    return `The page of "${name}" has no door.\n`
  const held = await tree().catch((error: unknown) => `${String(error)}\n`)
  const state = await door.call('state').catch((error: unknown) => String(error))
  const should = textOr(() => viewText(host.place(placeName).game.snapshot, member.player?.id ?? null))
  const verdict = held === should ? 'It is what the server shows them.' : `The server shows them:\n${should}`
  return `${JSON.stringify(state)}\n\n${held}\n${verdict}\n`
}

function textOr(make: () => string): string {
  try {
    return make()
  } catch (error) {
    return `${String(error)}\n`
  }
}
