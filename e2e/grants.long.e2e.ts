/** A grant's life: alice gives carol a little, carol uses it within its constraint and not beyond, alice takes it away. */
import { expect, type Page, test } from '@playwright/test'
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

// One grant goes through all of it, and each part begins where the one before ended.
test.describe.configure({ mode: 'serial' })

const KEY = 'alias/orders'
const NAME = unique('audit-sample')
let keyPage = ''

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

/** Carol encrypts with the key, under a context or none; gives what the page says came of it. */
async function encrypt(page: Page, tenant: string | undefined): Promise<void> {
  await page.goto(`${regional('carol')}/playground/encrypt?key=${encodeURIComponent(KEY)}`)
  await page.getByLabel('Data', { exact: true }).fill('order 42')
  if (tenant !== undefined) {
    await button(page, 'Add pair').click()
    await page.getByLabel('Key of pair 1').fill('tenant')
    await page.getByLabel('Value of pair 1').fill(tenant)
  }
  await button(page, 'Encrypt').click()
}

const denied = (page: Page) => page.getByRole('alert').filter({ hasText: 'Encrypt was denied.' })

test('alice grants carol an operation for one context, and sees beforehand what that allows', async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(`${regional('alice')}/keys?q=${encodeURIComponent('alias:orders')}`)
  await link(page, KEY).click()
  await expect(heading(page, KEY)).toBeVisible()
  keyPage = new URL(page.url()).pathname.replace(/\/access$/, '')
  await link(page, 'Grants').last().click()
  await expect(page.getByText('Grants only allow. They can’t deny.')).toBeVisible()
  await link(page, 'Create grant').first().click()
  await expect(heading(page, `Create a grant on ${KEY}`)).toBeVisible()

  await button(page, 'Create grant').click()
  await expect(page.getByText('Choose at least one operation.')).toBeVisible()
  await page.getByRole('radio', { name: 'carol' }).check()
  await page.getByRole('checkbox', { name: 'Encrypt', exact: true }).check()
  await page.getByRole('radio', { name: /^Includes/ }).check()
  await page.getByLabel('Key of pair 1').fill('tenant')
  await page.getByLabel('Value of pair 1').fill('acme')
  const allows = page.getByRole('region', { name: 'What the constraint allows' })
  await expect(allows.getByRole('listitem')).toHaveText([
    'tenant=acme: yes',
    'tenant=acme, purpose=x: yes',
    'tenant=beta: no',
    'no context: no',
  ])
  await page.getByRole('textbox', { name: /^Name/ }).fill(NAME)
  await expect(
    page.getByText(
      `user/carol will be able to Encrypt on ${KEY} when the encryption context includes tenant=acme.`,
    ),
  ).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Create grant').click()
  await expect(heading(page, 'Grant created')).toBeVisible()
  await expect(page.getByText('Use the token if the next call comes within 5 minutes.')).toBeVisible()
  await expect(button(page, 'Reveal grant token')).toBeVisible()
  await expectAccessible(page)

  await link(page, 'Open grants').click()
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: NAME }) })
  await expect(row).toContainText('user/carol')
  await expect(row).toContainText('context includes tenant=acme')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('the same grant once more is the one that is there', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(`${consoleUrl()}${keyPage}/grants/new`)
  await page.getByRole('radio', { name: 'carol' }).check()
  await page.getByRole('checkbox', { name: 'Encrypt', exact: true }).check()
  await page.getByRole('radio', { name: /^Includes/ }).check()
  await page.getByLabel('Key of pair 1').fill('tenant')
  await page.getByLabel('Value of pair 1').fill('acme')
  await page.getByRole('textbox', { name: /^Name/ }).fill(NAME)
  await button(page, 'Create grant').click()
  await expect(heading(page, 'The grant was there already')).toBeVisible()
  await page.goto(`${regional('alice')}/grants?q=${encodeURIComponent(`name:${NAME}`)}`)
  await expect(page.getByText('1–1 of 1')).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('carol encrypts within the constraint, and is refused beyond it', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'carol')
  await encrypt(page, 'acme')
  await expect(page.getByRole('region', { name: 'Ciphertext' })).toBeVisible()
  await encrypt(page, undefined)
  await expect(denied(page)).toContainText('user/carol isn’t allowed kms:Encrypt on')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('alice revokes the grant, and it is of no use at once', async ({ page, browser }) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(`${consoleUrl()}${keyPage}/grants`)
  await button(page, NAME).click()
  await page
    .getByRole('dialog', { name: `Grant ${NAME}` })
    .getByRole('button', { name: 'Revoke grant' })
    .click()
  const question = page.getByRole('alertdialog', { name: `Revoke ${NAME}` })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Revoke grant' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByRole('rowheader', { name: NAME })).toHaveCount(0)
  expect(said).toEqual([])

  const context = await browser.newContext()
  const hers = await context.newPage()
  await signIn(hers, 'carol')
  await encrypt(hers, 'acme')
  await expect(denied(hers)).toContainText('user/carol isn’t allowed kms:Encrypt on')
  await context.close()
})

test('carol finds the use, the refusals and the grant’s life in the log', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'carol')
  const key = keyPage.split('/').at(-1)
  const log = async (q: string) => {
    await page.goto(`${consoleUrl()}/${accountOf('carol')}/audit?q=${encodeURIComponent(q)}`)
    await expect(heading(page, 'Audit log')).toBeVisible()
    return page.getByRole('row').filter({ has: page.getByRole('link') })
  }
  const uses = await log(`event:Encrypt key:${key} actor:user/carol`)
  await expect(uses).toHaveCount(3)
  await expect(uses.filter({ hasText: 'Denied' })).toHaveCount(2)
  await expectAccessible(page)
  const changes = await log(`event:CreateGrant,RevokeGrant key:${key} actor:user/alice`)
  await expect(changes.filter({ hasText: 'RevokeGrant' }).first()).toBeVisible()
  await expect(changes.filter({ hasText: 'CreateGrant' }).first()).toBeVisible()
  expect(said).toEqual([])
})
