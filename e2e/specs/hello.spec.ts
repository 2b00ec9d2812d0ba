import { expect, test } from '../fixtures/test.ts'
import { createHelloPage } from '../pages/hello-page.ts'
import { failApp } from '../servers/app-server.ts'

test('Every browser has a live replica of one counter', async ({ hello, world }) => {
  const [anaVisits, benVisits] = await world.players('Ana', 'Ben')
  const ana = createHelloPage(anaVisits.page)
  const ben = createHelloPage(benVisits.page)
  await ana.open(hello.url)
  await ben.open(hello.url)
  const before = await ana.count()

  await ana.counter.click()
  await expect(ben.counter).toHaveText(String(before + 1))
  await ben.counter.click()
  await expect(ana.counter).toHaveText(String(before + 2))
  await expect(ben.counter).toHaveText(String(before + 2))
})

test('Whoever comes late sees the number that the others see', async ({ hello, world }) => {
  const [anaVisits, cleoVisits] = await world.players('Ana', 'Cleo')
  const ana = createHelloPage(anaVisits.page)
  await ana.open(hello.url)
  const before = await ana.count()
  await ana.counter.press('Enter')
  await ana.counter.press('Enter')
  await ana.counter.press('Enter')
  await expect(ana.counter).toHaveText(String(before + 3))

  const cleo = createHelloPage(cleoVisits.page)
  await cleo.open(hello.url)
  await expect(cleo.counter).toHaveText(String(before + 3))
})

test('It says where it is, and why it cannot start', async ({ hello }) => {
  await expect.poll(() => hello.output()).toBe(`${hello.url}\n`)
  const port = Number(new URL(hello.url).port)
  const { exitCode, output } = await failApp('hello', port)
  expect(exitCode).toBe(1)
  expect(output).toContain(`cannot listen on port "${port}": another program uses it.`)
  expect(output).not.toContain('    at ')
})
