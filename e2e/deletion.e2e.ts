/** A deletion as an investigation: who uses the key, what depends on it, something safer first, and the way back. */
import { expect, type Page, test } from '@playwright/test'
import { keyhouse, keyWithAlias } from './command-line.ts'
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

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

const PLAINTEXT = 'b3JkZXIgNDI='

/** A key with an alias and a grant that was encrypted with once and decrypted with twice, just now. */
function usedKey(name: string): { keyId: string; alias: string; blob: string } {
  const alias = unique(name)
  const keyId = keyWithAlias(alias)
  const { CiphertextBlob: blob } = kms('encrypt', '--key-id', keyId, '--plaintext', PLAINTEXT)
  for (let again = 0; again < 2; again++) kms('decrypt', '--ciphertext-blob', blob)
  const admin = `arn:aws:iam::${state().account}:user/admin`
  kms('create-grant', '--key-id', keyId, '--grantee-principal', admin, '--operations', 'Decrypt')
  return { keyId, alias: `alias/${alias}`, blob }
}

/** A call that must not work. */
function refused(...words: string[]): string {
  const { status, stderr } = keyhouse(['kms', ...words])
  expect(status).not.toBe(0)
  return stderr
}

test('34: a key that was used today says who, from where and what depends on it, and is disabled and watched first', async ({
  page,
}) => {
  const said = complaints(page)
  const { keyId, alias, blob } = usedKey('missed')
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/delete`)
  await expect(heading(page, `Schedule deletion of ${alias}`)).toBeVisible()
  await expect(page.getByText(/: Decrypt by user\/admin from \S+\. View event$/)).toBeVisible()
  const uses = page.getByRole('table', { name: 'Who uses this key' })
  const decrypts = uses.getByRole('row').filter({ hasText: 'Decrypt' })
  await expect(decrypts).toContainText('user/admin')
  await expect(decrypts.getByRole('cell').nth(2)).toHaveText(/^2 /)
  await expect(page.getByRole('img', { name: /^Decrypt: 2 times on 1 of 90 days/ })).toBeVisible()
  await page.getByText('View as table').click()
  await expect(page.getByRole('table', { name: 'Use by day' }).getByRole('row')).toHaveCount(2)
  await expect(page.getByText(/^Use recorded since/)).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'is deleted with the key' })).toContainText(alias)
  await expect(page.getByRole('link', { name: '1 grant' })).toBeVisible()

  // What can be taken back stands before what cannot.
  const titles = await page.getByRole('heading', { level: 2 }).allTextContents()
  expect(titles).toEqual([
    'Is it in use?',
    'What depends on it',
    'What will happen',
    'Safer: disable and watch',
    'Schedule',
  ])
  await expect(page.getByText('Recommended: the key was used in the last 90 days')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Watch for').selectOption({ label: '7 days' })
  await button(page, 'Disable and watch for 7 days').click()
  await expect(page.getByText(`${alias} is disabled and watched for 7 days.`).first()).toBeVisible()
  await expect(page).toHaveURL(/activity$/)

  expect(refused('decrypt', '--ciphertext-blob', blob)).toContain('DisabledException')
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('1 call refused in that time.')).toBeVisible({ timeout: 2000 })
  }).toPass()
  await expect(page.getByRole('listitem').filter({ hasText: 'user/admin: 1, last' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Key use' }).click()
  await expect(heading(page, 'Key use')).toBeVisible()
  const watched = page
    .getByRole('table', { name: 'Watched keys' })
    .getByRole('row')
    .filter({ hasText: alias })
  await expect(watched).toContainText('1 call')
  await expectAccessible(page)
  await watched.getByRole('button', { name: `Stop watching ${alias}` }).click()
  await expect(page.getByText(`${alias} is not watched any more.`).first()).toBeVisible()
  await expect(watched).toHaveCount(0)
  expect(said).toEqual([])
})

test('35: a deletion is scheduled with its reason, a denied attempt is counted, and it is cancelled on a phone', async ({
  page,
}) => {
  const said = complaints(page)
  const { keyId, alias, blob } = usedKey('doomed')
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/delete`)
  await page.getByLabel('Waiting period in days', { exact: true }).fill('7')
  await page.getByLabel('Reason').fill('Replaced by another key')
  const schedule = button(page, /^Schedule deletion for \d{1,2} \w+ 20\d\d$/)
  await schedule.click()
  await expect(page.getByText(`Type exactly: ${alias}`)).toBeVisible()
  await expect(page.getByText('Tick this to go on: the key was used in the last 30 days.')).toBeVisible()
  await page.getByRole('checkbox', { name: /^I know user\/admin used this key/ }).check()
  await page.getByLabel(`Type ${alias} to confirm`).fill(alias)
  await schedule.click()
  await expect(page.getByText('Pending deletion · 7 d left')).toBeVisible()
  await expect(page.getByText('Reason: Replaced by another key')).toBeVisible()
  await expect(page.getByText('No call has been refused since.')).toBeVisible()

  expect(refused('decrypt', '--ciphertext-blob', blob)).toContain('KMSInvalidStateException')
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('1 call refused since.')).toBeVisible({ timeout: 2000 })
  }).toPass()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  await button(page, 'Cancel deletion').click()
  await expect(
    page.getByText(`${alias} is no longer pending deletion. It is disabled.`).first(),
  ).toBeVisible()
  await expect(button(page, 'Undo (Enable)')).toBeVisible()
  await expect(page.getByText(/^Calls that use this key fail with DisabledException/)).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('a budget is set, overrun and removed', { tag: '@long' }, async ({ page }) => {
  const said = complaints(page)
  const { keyId, alias } = usedKey('budgeted')
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/activity`)
  await expect(page.getByRole('table', { name: 'Who uses this key for what' })).toBeVisible()
  await button(page, 'Set a budget').click()
  await page.getByLabel('Uses at most').fill('2')
  await button(page, 'Save budget').click()
  await expect(page.getByText(`The budget of ${alias} per day is set.`).first()).toBeVisible()
  await expect(page.getByText('3 of 2 uses today')).toContainText('over budget')
  await expectAccessible(page)
  await button(page, 'Change the budget per day').click()
  await page.getByLabel('Uses at most').fill('100')
  await button(page, 'Save budget').click()
  await expect(page.getByText('3 of 100 uses today')).not.toContainText('over budget')
  await button(page, 'Remove the budget per day').click()
  await expect(page.getByText('No budget is set.')).toBeVisible()
  expect(said).toEqual([])
})

test('12: each view of a filtered list comes back, by reloading and by Back', { tag: '@long' }, async ({
  page,
}) => {
  const team = unique('team')
  const keyId = keyWithAlias(team)
  kms('tag-resource', '--key-id', keyId, '--tags', `TagKey=team,TagValue=${team}`)
  kms('disable-key', '--key-id', keyId)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys`)
  const filter = page.getByRole('combobox', { name: 'Filter keys' })
  const own = page.getByRole('rowheader', { name: `alias/${team}` })
  await expect(heading(page, 'Customer keys')).toBeVisible()
  for (const term of ['state:Disabled', `tag:team=${team}`, 'used:never']) {
    await filter.fill(term)
    await page.keyboard.press('Enter')
  }
  await expect(page.getByText('1–1 of 1')).toBeVisible()
  await page.reload()
  await expect(own).toBeVisible()
  await expect(page.getByText('1–1 of 1')).toBeVisible()
  await own.getByRole('link').click()
  await expect(heading(page, `alias/${team}`)).toBeVisible()
  await page.goBack()
  await expect(page.getByText('1–1 of 1')).toBeVisible()
  await filter.fill('used:>30d')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No keys match')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove used:>30d', exact: true }).click()
  await expect(page.getByText('1–1 of 1')).toBeVisible()
})

test('13: a Region without keys says which has some, and leads there', { tag: '@long' }, async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(`${consoleUrl()}/${accountOf('alice')}/us-east-1/keys`)
  await expect(
    page.getByText(new RegExp(`^No keys in us-east-1\\. ${state().region} has \\d+\\.$`)),
  ).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: `Switch to ${state().region}` }).click()
  await expect(page).toHaveURL(`${regional('alice')}/keys`)
  await expect(page.getByRole('rowheader', { name: 'alias/orders' })).toBeVisible()
  expect(said).toEqual([])
})
