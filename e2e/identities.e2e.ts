/** A person's life: made with a password and a policy, at work, deleted; and what key policies say of them afterwards. */
import { expect, type Page, test } from '@playwright/test'
import { kms } from './kms.ts'
import {
  accountOf,
  complaints,
  consoleUrl,
  expectAccessible,
  heading,
  regional,
  signIn,
  state,
  unique,
} from './world.ts'

// One person goes through all of it.
test.describe.configure({ mode: 'serial' })

const NAME = unique('robin')
const PASSWORD = 'seven grey herons wait'
let keyId = ''

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const identities = (list: string) => `${consoleUrl()}/${accountOf('admin')}/identities/${list}`

test('the administrator makes a user with a password', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await page.goto(identities('users'))
  await link(page, 'Create user').click()
  await expect(heading(page, 'Create user')).toBeVisible()
  await button(page, 'Create user').click()
  await expect(page.getByText('Give the user a name.')).toBeVisible()
  await page.getByLabel('User name').fill(NAME)
  await page.getByRole('radio', { name: 'Password', exact: true }).check()
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('A new password must be chosen').uncheck()
  await expectAccessible(page)
  await button(page, 'Create user').click()
  await expect(heading(page, NAME)).toBeVisible()
  await expect(page.getByText(`${NAME} signs in with a password`)).toBeVisible()

  await link(page, 'Add inline policy').click()
  await expect(heading(page, `Add an inline policy to ${NAME}`)).toBeVisible()
  await page.getByLabel('Policy name').fill('see-keys')
  await button(page, 'Save policy').click()
  await expect(heading(page, NAME)).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'see-keys' })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('they sign in, and see keys because their policy lets them', async ({ page }) => {
  await page.goto(`${consoleUrl()}/sign-in`)
  await page.getByLabel('Account').fill(accountOf('admin'))
  await page.getByLabel('User').fill(NAME)
  await page.getByLabel('Password').fill(PASSWORD)
  await button(page, 'Sign in').click()
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto(`${regional('admin')}/keys`)
  await expect(heading(page, 'Customer keys')).toBeVisible()
  await expect(page.getByText(/isn’t allowed kms:ListKeys/)).toHaveCount(0)
  await page.goto(identities('users'))
  await expect(page.getByRole('heading', { name: 'Your own profile and access keys' })).toBeVisible()
})

test('a key names them; deleting them says so, and the policy keeps their id', async ({ page }) => {
  const said = complaints(page)
  const account = accountOf('admin')
  const Statement = ['root', `user/${NAME}`].map((who) => ({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:${who}` },
    Action: 'kms:*',
    Resource: '*',
  }))
  const policy = JSON.stringify({ Version: '2012-10-17', Statement })
  keyId = kms('create-key', '--policy', policy, '--region', state().region).KeyMetadata.KeyId
  await signIn(page, 'admin')
  await page.goto(`${identities('users')}/${NAME}`)
  await link(page, 'Delete user').click()
  await expect(heading(page, `Delete user ${NAME}`)).toBeVisible()
  const row = page.getByRole('row').filter({ hasText: keyId.slice(0, 8) })
  await expect(row).toContainText('key policy')
  await expect(row).toContainText('Others can')
  await expect(page.getByText('Deleted with it: the password and 1 policy.')).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Delete user').click()
  await expect(page.getByText(`Type exactly: ${NAME}`)).toBeVisible()
  await page.getByLabel(`Type ${NAME} to confirm`).fill(NAME)
  await button(page, 'Delete user').click()
  await expect(heading(page, 'Users')).toBeVisible()
  await expect(page.getByRole('rowheader', { name: NAME })).toHaveCount(0)
  await page.goto(`${regional('admin')}/keys/${keyId}/policy`)
  await expect(page.getByText(/AIDA[A-Z0-9]{12,}/).first()).toBeVisible()
  expect(said).toEqual([])
})
