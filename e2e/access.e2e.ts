/** Who may do what, and why: the matrix of a key, the keys of a principal, a question with its context, a refusal explained. */
import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { keyhouse, keyWithAlias } from './command-line.ts'
import {
  accountOf,
  complaints,
  consoleUrl,
  expectAccessible,
  heading,
  regional,
  signIn,
  unique,
} from './world.ts'

// One key and two people go through all of it.
test.describe.configure({ mode: 'serial' })

const NAME = unique('ledger')
const ALIAS = `alias/${NAME}`
const LEAD = unique('lead')
const APP = unique('app')
let keyId = ''

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const arnOf = (name: string) => `arn:aws:iam::${accountOf('admin')}:user/${name}`

function did(words: readonly string[]): void {
  const { status, stderr } = keyhouse(words)
  if (status !== 0) throw new Error(stderr)
}

const statement = (Sid: string, principal: string, Action: string | string[], more: object = {}) => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action,
  Resource: '*',
  ...more,
})

/** One leads the key and cannot use it, the other uses it, and decrypts for one tenant only. */
test.beforeAll(() => {
  for (const name of [LEAD, APP]) did(['iam', 'create-user', '--user-name', name])
  keyId = keyWithAlias(NAME)
  const Condition = { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } }
  const policy = {
    Version: '2012-10-17',
    Statement: [
      statement('Enable IAM User Permissions', `arn:aws:iam::${accountOf('admin')}:root`, 'kms:*'),
      statement('Allow access for Key Administrators', arnOf(LEAD), [
        'kms:Describe*',
        'kms:Put*',
        'kms:Disable*',
      ]),
      statement('Allow use of the key', arnOf(APP), ['kms:Encrypt', 'kms:DescribeKey']),
      statement('One tenant', arnOf(APP), 'kms:Decrypt', { Condition }),
    ],
  }
  did(['kms', 'put-key-policy', '--key-id', keyId, '--policy', JSON.stringify(policy)])
})

const group = (page: Page, title: RegExp) =>
  page.getByRole('rowgroup').filter({ has: page.getByRole('rowheader', { name: title }) })
const rowOf = (within: Page | Locator, name: string) => within.getByRole('row').filter({ hasText: name })
const square = (row: Locator, name: string) => row.getByRole('button', { name, exact: true })

test('28: the matrix has administrators and users apart, and the administrator one step away', async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}`)
  await expect(heading(page, ALIAS)).toBeVisible()
  await expect(page).toHaveURL(/\/access$/)
  await expect(page.getByRole('table', { name: `Who can do what with ${ALIAS}` })).toBeVisible()

  const administrators = group(page, /^Administrators/)
  await expect(rowOf(administrators, APP)).toHaveCount(0)
  const lead = rowOf(administrators, LEAD)
  await expect(square(lead, 'Encrypt: not allowed')).toBeVisible()
  await expect(square(lead, 'Change policy: allowed')).toBeVisible()
  await expect(lead.getByText('1 step: PutKeyPolicy')).toBeVisible()

  const users = group(page, /^Users/)
  await expect(rowOf(users, LEAD)).toHaveCount(0)
  const app = rowOf(users, APP)
  await expect(square(app, 'Encrypt: allowed')).toBeVisible()
  await expect(square(app, 'Decrypt: allowed under conditions')).toBeVisible()
  await expect(square(app, 'Change policy: not allowed')).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('the matrix is walked with arrows, and each square opens its trace', { tag: '@long' }, async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/access`)
  const lead = rowOf(page, LEAD)
  await square(lead, 'Encrypt: not allowed').focus()
  await page.keyboard.press('ArrowRight')
  await expect(square(lead, 'Decrypt: not allowed')).toBeFocused()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: `user/${LEAD}: Decrypt on ${ALIAS}` })
  await expect(drawer.getByText('Denied: nothing allows it')).toBeVisible()
  await expect(drawer.getByText(/^Recomputed now/)).toBeVisible()
  await expect(
    drawer.getByText('Statement 2 “Allow access for Key Administrators”: has no kms:Decrypt.'),
  ).toBeVisible()
  await expect(drawer.getByRole('heading', { name: 'Smallest change that would allow it' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(square(lead, 'Decrypt: not allowed')).toBeFocused()

  await page.getByRole('switch', { name: 'Last used' }).click()
  await expect(square(rowOf(page, APP), 'Encrypt: allowed, not in 90 days')).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('the matrix is had as a file, with its moment and its policy version', { tag: '@long' }, async ({
  page,
}) => {
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/access`)
  await button(page, 'Export').click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`access-${keyId}.csv`)
  const [heads, ...lines] = (await readFile(await download.path(), 'utf8')).split('\r\n')
  expect(heads).toMatch(/^evaluated,policyVersion,keyArn,principal,kind,group,Encrypt,Decrypt,/)
  const lead = lines.find((line) => line.includes(arnOf(LEAD)))
  expect(lead).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,\d+,/)
  expect(lead).toContain(',user,administrators,none,none,')
})

test('a question is answered with its context, which stays out of the address', { tag: '@long' }, async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await page.goto(`${consoleUrl()}/${accountOf('admin')}/access`)
  await expect(heading(page, 'Access explorer')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Key', { exact: true }).selectOption(keyId)
  await expect(page.getByRole('table', { name: `Who can do what with ${ALIAS}` })).toBeVisible()
  await page.getByLabel('Principal', { exact: true }).selectOption(arnOf(APP))
  await page.getByLabel('Action', { exact: true }).selectOption('kms:Decrypt')
  await expect(page.getByRole('heading', { name: 'No', exact: true })).toBeVisible()
  await expect(
    page.getByText('Statement 4 “One tenant”: its condition on kms:EncryptionContext:tenant isn’t met.'),
  ).toBeVisible()

  await page.getByLabel('Key of pair 1').fill('tenant')
  await page.getByLabel('Value of pair 1').fill('acme')
  await button(page, 'Ask').click()
  await expect(page.getByRole('heading', { name: 'Yes', exact: true })).toBeVisible()
  await expect(page.getByText('Statement 4 “One tenant” decided.')).toBeVisible()
  await expect(page).toHaveURL(/action=kms%3ADecrypt/)
  expect(page.url()).not.toContain('acme')
  await expectAccessible(page)

  await page.reload()
  await expect(page.getByRole('heading', { name: 'No', exact: true })).toBeVisible()
  await page.getByLabel('Key', { exact: true }).selectOption('')
  const keys = page.getByRole('table', { name: /^What user\/app-.* can do with the keys of/ })
  await expect(square(rowOf(keys, ALIAS), 'Encrypt: allowed')).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('10: who may not create keys is told which permission is missing, why, and what to ask for', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const said = complaints(page)
  await signIn(page, 'carol')
  await page.goto(`${regional('carol')}/keys/new/configure`)
  await button(page, 'Next').click()
  await page.getByLabel('Alias').fill(unique('refused'))
  for (const step of ['Add labels', 'Key administrators', 'Key users', 'Edit key policy']) {
    await expect(heading(page, step)).toBeVisible()
    await button(page, 'Next').click()
  }
  await button(page, 'Create key').click()
  const refusal = page.getByRole('alert').filter({ hasText: 'kms:CreateKey' })
  await expect(refusal).toContainText('user/carol isn’t allowed kms:CreateKey')
  await refusal.getByRole('button', { name: 'Why' }).click()
  const dialog = page.getByRole('dialog', { name: 'Why it was denied' })
  await expect(dialog.getByText(/^Recorded at the time/)).toBeVisible()
  await expect(dialog.getByText('No identity policy allows it.', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await refusal.getByRole('button', { name: 'Ask for access' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^Please allow kms:CreateKey[\s\S]*"Effect": "Allow"/)
  await refusal.getByRole('button', { name: 'Switch identity' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  expect(said).toEqual([])
})

test('bob sees his own row of a matrix, and why it is no more', { tag: '@long' }, async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'bob')
  await page.goto(`${regional('bob')}/keys?q=${encodeURIComponent('alias:orders')}`)
  await page.getByRole('link', { name: 'alias/orders', exact: true }).click()
  await expect(page.getByText(/so only your own row is shown/)).toBeVisible()
  const people = page.getByRole('rowheader').filter({ hasText: 'user/' })
  await expect(people).toHaveCount(1)
  await expect(people).toContainText('(you)')
  await expectAccessible(page)
  expect(said).toEqual([])
})
