/** The walk: alice manages a key and can't use it, bob uses it and can't switch it off, carol reads both in the log. */
import { expect, type Page, test } from '@playwright/test'
import {
  accountOf,
  complaints,
  consoleUrl,
  expectAccessible,
  heading,
  type PersonName,
  regional,
  signIn,
  unique,
} from './world.ts'

// One key goes through all of it, and each part begins where the one before ended.
test.describe.configure({ mode: 'serial' })

const ALIAS = `alias/${unique('lab/orders')}`
let keyPage = ''
let ciphertext = ''

const playground = (person: PersonName, operation: string) =>
  `${regional(person)}/playground/${operation}?key=${encodeURIComponent(ALIAS)}`
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const next = (page: Page) => button(page, 'Next').click()

/** What a button says that knows it will be refused, and the way past it: the server decides. */
async function tryAnyway(page: Page, name: string): Promise<void> {
  await expect(button(page, name)).toHaveAttribute('aria-disabled', 'true')
  await button(page, name).press('Enter')
  await button(page, 'Try anyway').click()
}

/** The dialog behind "Why": the gates of the decision, from top to bottom. */
async function readTrace(page: Page): Promise<string> {
  await button(page, 'Why').click()
  const dialog = page.getByRole('dialog', { name: 'Why it was denied' })
  const gates = dialog.getByRole('list', { name: 'Gates of the decision' })
  await expect(gates).toBeVisible()
  const trace = (await gates.textContent()) ?? ''
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  return trace
}

test('alice makes a key that she manages and bob uses', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await link(page, 'Create key').first().click()
  await expect(heading(page, 'Configure key')).toBeVisible()
  await next(page)
  await page.getByLabel('Alias').fill(ALIAS.replace('alias/', ''))
  await next(page)
  await page.getByRole('checkbox', { name: 'Choose alice' }).check()
  await next(page)
  await page.getByRole('checkbox', { name: 'Choose bob' }).check()
  await next(page)
  await expect(heading(page, 'Edit key policy')).toBeVisible()
  await next(page)
  await expect(page.getByText('Both: none.')).toBeVisible()
  await button(page, 'Create key').click()
  await expect(heading(page, 'Key created')).toBeVisible()
  await link(page, 'Open key').click()
  await expect(heading(page, ALIAS)).toBeVisible()
  keyPage = new URL(page.url()).pathname.replace(/\/access$/, '')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('25: alice is refused the use of her own key, and reads which statement lacks which action', async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(playground('alice', 'encrypt'))
  await page.getByLabel('Data', { exact: true }).fill('order 42')
  await button(page, 'Encrypt').click()
  const refusal = page.getByRole('alert').filter({ hasText: 'Encrypt was denied.' })
  await expect(refusal).toContainText('user/alice isn’t allowed kms:Encrypt on')
  await expect(refusal).toContainText(ALIAS)
  await expect(refusal).toContainText('AccessDeniedException')
  await expect(
    page.getByText(/user\/alice may not kms:Encrypt on key\/.*no identity policy allows it/).first(),
  ).toBeVisible()
  const trace = await readTrace(page)
  expect(trace).toContain('Nothing denies it.')
  expect(trace).toContain('Statement 2 “Allow access for Key Administrators”: has no kms:Encrypt.')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('bob encrypts and decrypts with it', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'bob')
  await page.goto(playground('bob', 'encrypt'))
  await page.getByLabel('Data', { exact: true }).fill('order 42')
  await button(page, 'Add pair').click()
  await page.getByLabel('Key of pair 1').fill('table')
  await page.getByLabel('Value of pair 1').fill('orders')
  await button(page, 'Encrypt').click()
  ciphertext = (await page.getByRole('region', { name: 'Ciphertext' }).textContent()) ?? ''
  await button(page, 'Send to Decrypt').click()
  await expect(page).toHaveURL(/\/playground\/decrypt/)
  await expect(page.getByLabel('Value of pair 1')).toHaveValue('orders')

  // The context must match to the letter; one that does not is told as AWS tells it, with the likely cause.
  await page.getByLabel('Value of pair 1').fill('invoices')
  await button(page, 'Decrypt').click()
  await expect(page.getByRole('alert').filter({ hasText: 'Decrypt failed.' })).toContainText(
    'InvalidCiphertextException',
  )
  await expect(page.getByText('Likely cause.')).toBeVisible()
  await expectAccessible(page)

  await page.getByLabel('Value of pair 1').fill('orders')
  await button(page, 'Decrypt').click()
  await expect(page.getByRole('heading', { name: 'Plaintext' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Plaintext' })).toHaveText('order 42')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('26: bob can’t switch it off, and reads why before and after he tried', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'bob')
  await page.goto(`${consoleUrl()}${keyPage}`)
  await expect(heading(page, ALIAS)).toBeVisible()
  await tryAnyway(page, 'Disable')
  await expect(button(page, 'Disable key')).toBeFocused()
  await page.keyboard.press('Enter')
  const refusal = page.getByRole('alert').filter({ hasText: 'The key was not disabled.' })
  await expect(refusal).toContainText('user/bob isn’t allowed kms:DisableKey on')
  await expect(refusal).toContainText(
    /: (the key policy does not allow it|no key policy statement, identity policy or grant allows it)\./,
  )
  await expect(page.getByText('Enabled', { exact: true })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('carol finds both refusals in the log, and what decided', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'carol')
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Audit log' }).click()
  await expect(heading(page, 'Audit log')).toBeVisible()
  const filter = page.getByRole('combobox', { name: 'Filter events' })
  const key = keyPage.split('/').at(-1)
  await filter.fill(`outcome:denied key:${key}`)
  await filter.press('Enter')
  for (const [person, operation, action] of [
    ['alice', 'Encrypt', 'kms:Encrypt'],
    ['bob', 'DisableKey', 'kms:DisableKey'],
  ] as const) {
    await filter.fill(`actor:user/${person}`)
    await filter.press('Enter')
    await expect(page.getByRole('search').getByText('1 event')).toBeVisible()
    await page.getByRole('row').getByRole('link', { name: operation, exact: true }).click()
    const drawer = page.getByRole('complementary', { name: 'Event' })
    await expect(drawer.getByRole('heading', { level: 2 })).toHaveText(
      `${person} was denied ${operation} on ${ALIAS}`,
    )
    await expect(drawer.getByText('Denied: nothing allows it')).toBeVisible()
    await expect(drawer.getByText(`user/${person} may not ${action} on key/`).first()).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
    await button(page, `Remove actor:user/${person}`).click()
  }
  await button(page, 'Clear filters').click()

  // What was allowed names the statement that allowed it.
  await filter.fill(`event:Encrypt outcome:ok key:${key}`)
  await filter.press('Enter')
  await expect(page.getByRole('search').getByText('1 event')).toBeVisible()
  await page.getByRole('row').getByRole('link', { name: 'Encrypt', exact: true }).click()
  const drawer = page.getByRole('complementary', { name: 'Event' })
  await expect(
    drawer.getByText('Statement 3 ("Allow use of the key") of the key policy allows it.').first(),
  ).toBeVisible()
  await drawer.getByRole('tab', { name: 'JSON' }).click()
  await expect(drawer.getByText('"eventSource": "kms.amazonaws.com"')).toBeVisible()
  await expectAccessible(page)

  // The auditor sees everything and can change nothing.
  await page.goto(`${consoleUrl()}${keyPage}`)
  await tryAnyway(page, 'Disable')
  await button(page, 'Disable key').click()
  await expect(page.getByRole('alert').filter({ hasText: 'The key was not disabled.' })).toContainText(
    'user/carol isn’t allowed kms:DisableKey',
  )
  expect(said).toEqual([])
})

test('alice turns rotation on, and rotates now', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(`${consoleUrl()}${keyPage}/material`)
  await expect(page.getByText('This key has its first material.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Rotate the key material automatically' }).check()
  await page.getByLabel('Period in days').fill('12')
  await button(page, 'Save rotation').click()
  await expect(page.getByText('The period is 90 to 2,560 days.')).toBeVisible()
  await page.getByLabel('Period in days').fill('180')
  await button(page, 'Save rotation').click()
  await expect(page.getByText(`${ALIAS} rotates every 180 days.`).first()).toBeVisible()
  await expect(page.getByText(/^Every 180 days, next on/)).toBeVisible()

  await button(page, 'Rotate now').click()
  const dialog = page.getByRole('alertdialog', { name: `Rotate ${ALIAS}` })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialog).toBeHidden()
  const materials = page.getByRole('table', { name: 'Key materials' })
  await expect(
    materials.getByRole('row').filter({ hasText: 'Current' }).filter({ hasText: 'On-demand' }),
  ).toBeVisible()
  await expect(
    materials
      .getByRole('row')
      .filter({ hasText: 'Non-current, decrypt only' })
      .filter({ hasText: 'Initial' }),
  ).toBeVisible()
  await expect(page.getByText('24 of 25 on-demand rotations left')).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('alice schedules its deletion for 7 days by typing its name, cancels, and enables it again', async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(`${consoleUrl()}${keyPage}`)
  await button(page, 'Key actions').click()
  await page.getByRole('menuitem', { name: 'Schedule deletion' }).click()
  await expect(heading(page, `Schedule deletion of ${ALIAS}`)).toBeVisible()
  await page.getByLabel('Waiting period in days', { exact: true }).fill('7')
  await page.getByLabel(`Type ${ALIAS} to confirm`).fill('alias/another')
  await page.getByRole('checkbox', { name: /^I know user\/bob used this key/ }).check()
  const schedule = page.getByRole('button', { name: /^Schedule deletion for/ })
  await schedule.click()
  await expect(page.getByText(`Type exactly: ${ALIAS}`)).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(`Type ${ALIAS} to confirm`).fill(ALIAS)
  await schedule.click()

  await expect(heading(page, ALIAS)).toBeVisible()
  await expect(page.getByText(/^Pending deletion/).first()).toBeVisible()
  await expect(page.getByText('user/alice scheduled this deletion')).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Cancel deletion').click()
  await expect(
    page.getByText(`${ALIAS} is no longer pending deletion. It is disabled.`).first(),
  ).toBeVisible()
  await expect(page.getByText('Disabled', { exact: true })).toBeVisible()
  await button(page, 'Enable').click()
  await expect(page.getByText('Enabled', { exact: true })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('what bob encrypted before all that opens, and the log has every step', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'bob')
  await page.goto(`${regional('bob')}/playground/decrypt`)
  await page.getByLabel('Ciphertext', { exact: true }).fill(ciphertext)
  await page.getByLabel('Key of pair 1').fill('table')
  await page.getByLabel('Value of pair 1').fill('orders')
  await button(page, 'Decrypt').click()
  await expect(page.getByRole('region', { name: 'Plaintext' })).toHaveText('order 42')

  await signIn(page, 'carol')
  const filter = `key:${keyPage.split('/').at(-1)} actor:user/alice class:admin -source:console-read`
  await page.goto(`${consoleUrl()}/${accountOf('carol')}/audit?q=${encodeURIComponent(filter)}`)
  const events = page.getByRole('table').getByRole('rowheader')
  await expect(events).toHaveText([
    'EnableKey',
    'CancelKeyDeletion',
    'ScheduleKeyDeletion',
    'RotateKeyOnDemand',
    'EnableKeyRotation',
    'CreateAlias',
    'CreateKey',
  ])
  expect(said).toEqual([])
})
