import { expect, test } from '@playwright/test'

test('the browser under test renders a page', async ({ page }) => {
  await page.goto('data:text/html,<title>Banyan</title><h1>One tree</h1>')
  await expect(page).toHaveTitle('Banyan')
  await expect(page.getByRole('heading', { name: 'One tree' })).toBeVisible()
})
