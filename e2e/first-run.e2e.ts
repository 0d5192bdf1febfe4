/** Scenario 1: finish first run and land on Connect with working lines. */
import { expect, test } from '@playwright/test'
import { keyhouse } from './command-line.ts'
import { keepSecrets, PASSWORD } from './first-run.ts'
import { complaints, consoleUrl, endpoint, expectAccessible, setupLink, signIn, state } from './world.ts'

test('an administrator sets Keyhouse up, saves the secrets, and connects a program', async ({ page }) => {
  const said = complaints(page)
  await page.goto(setupLink())
  await expect(page.getByRole('heading', { level: 1, name: 'Set up Keyhouse' })).toBeVisible()
  // The token leaves the address at once.
  await expect(page).not.toHaveURL(/#/)
  await expectAccessible(page)

  const account = await page.getByLabel('Account ID').inputValue()
  expect(account).toMatch(/^\d{12}$/)
  await page.getByLabel('us-east-1').check()
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Set up Keyhouse' }).click()
  await expect(page.getByText(/At least 15 characters/).first()).toBeVisible()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set up Keyhouse' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Keyhouse is set up' })).toBeVisible({
    timeout: 30_000,
  })
  await expectAccessible(page)
  const { accessKey, sample } = await keepSecrets(page, account)
  expect(accessKey.id).toMatch(/^AKIA[A-Z0-9]{16}$/)
  expect(accessKey.secret).toMatch(/^[A-Za-z0-9+/]{40}$/)
  expect(new Set(Object.values(sample.passwords)).size).toBe(3)

  await page.getByLabel(/^I saved the key/).check()
  await page.getByRole('button', { name: 'Connect an app' }).click()
  await expect(page).toHaveURL(/\/connect$/)
  await expect(page.getByText('Waiting for your first call…')).toBeVisible()
  await expect(page.getByText(endpoint()).first()).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('Connect shows a wrong secret in words, and then the first call', async ({ page }) => {
  const { accessKey } = state()
  await signIn(page, 'admin')
  await page.goto(`${consoleUrl()}/connect`)
  await expect(page.getByText('Waiting for your first call…')).toBeVisible()

  const wrong = keyhouse(['kms', 'list-keys'], { accessKey: { id: accessKey.id, secret: 'x'.repeat(40) } })
  expect(wrong.status).not.toBe(0)
  await expect(
    page
      .getByText(/secret/i)
      .filter({ hasText: /check/i })
      .first(),
  ).toBeVisible()

  const right = keyhouse(['kms', 'list-keys'])
  expect(right.stderr).toBe('')
  expect(right.status).toBe(0)
  await expect(page.getByText(/^First call: ListKeys from 127\.0\.0\.1 by admin/)).toBeVisible()
})

test('the link works once, and wrong passwords are told alike', async ({ page }) => {
  await page.goto(setupLink())
  await expect(page).toHaveURL(/sign-in/)
  const refusals: (string | null)[] = []
  for (const [account, user] of [
    [state().account, 'admin'],
    [state().account, 'nobody'],
    ['999999999999', 'admin'],
  ] as const) {
    await page.getByLabel('Account').fill(account)
    await page.getByLabel('User').fill(user)
    await page.getByLabel('Password').fill('not the right password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    const alert = page.getByRole('alert').filter({ hasText: /\S/ }).first()
    await expect(alert).toBeVisible()
    refusals.push(await alert.textContent())
    await page.reload()
  }
  expect(new Set(refusals).size).toBe(1)
})
