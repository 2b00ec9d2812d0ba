import { expect, test } from '../fixtures/test.ts'

test('sees what is not there', async ({ world }) => {
  const [ana, ben] = await world.players('Ana', 'Ben', { path: '/countdown' })
  await ben.page.close()
  await expect(ana).toSee('Workspace.Nobody', {}, { timeout: 100 })
})

test('takes nothing of what the server logs', async ({ world }) => {
  await world.players('Ana', { path: '/countdown' })
  world.host.log.error('it broke', new Error('on purpose'))
})
