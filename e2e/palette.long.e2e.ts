/** Scenario 16: whatever is pasted into the palette leads to its page; and the keys of the keyboard map. */
import { expect, type Page, test } from '@playwright/test'
import { keyWithAlias } from './command-line.ts'
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

const box = (page: Page) => page.getByRole('combobox', { name: /^Search keys, pages and actions/ })

/** A page answers to keys as soon as its scripts have run, which nothing on it shows. */
async function openPalette(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(box(page)).toBeFocused({ timeout: 2000 })
  }).toPass()
}

/** Signs in, and waits for where that leads. */
async function arrive(page: Page): Promise<void> {
  await signIn(page, 'admin')
  await expect(heading(page, 'Customer keys')).toBeVisible()
}

/** Pastes into the palette, and takes the first thing it offers of that name. */
async function paste(page: Page, text: string, offered: string | RegExp): Promise<void> {
  await openPalette(page)
  await box(page).fill(text)
  await expect(page.getByRole('option', { name: offered }).first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeHidden()
}

test('an ARN, a key ID, an event ID and a ciphertext each lead to their page, and stand in no address', async ({
  page,
}) => {
  const said = complaints(page)
  const alias = unique('pasted')
  const keyId = keyWithAlias(alias)
  const arn = `arn:aws:kms:${state().region}:${accountOf('admin')}:key/${keyId}`
  const { CiphertextBlob } = kms('encrypt', '--key-id', keyId, '--plaintext', 'aGVsbG8=')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await arrive(page)
  const start = async () => {
    await page.goto(`${regional('admin')}/keys`)
    await expect(heading(page, 'Customer keys')).toBeVisible()
  }
  const atKey = () => expect(heading(page, `alias/${alias}`)).toBeVisible()

  await start()
  await paste(page, arn, `alias/${alias}`)
  await atKey()
  await start()
  await paste(page, ` "${keyId}" `, `alias/${alias}`)
  await atKey()
  await start()
  await paste(page, CiphertextBlob, 'Find the key that encrypted this')
  await atKey()
  expect(asked.filter((url) => url.includes(encodeURIComponent(CiphertextBlob).slice(0, 60)))).toEqual([])

  await page.goto(`${consoleUrl()}/${accountOf('admin')}/audit?q=event:Encrypt%20key:${keyId}`)
  await page
    .getByRole('row', { name: /Encrypt/ })
    .getByRole('link')
    .first()
    .click()
  await expect(page).toHaveURL(/event=/)
  const eventId = new URL(page.url()).searchParams.get('event') ?? ''
  await start()
  await paste(page, eventId, 'Encrypt')
  await expect(page).toHaveURL(new RegExp(`event=${eventId}`))
  await expect(page.getByRole('heading', { name: /Encrypt/ }).first()).toBeVisible()

  await openPalette(page)
  await box(page).fill('arn:aws:kms:eu-west-1:444455556666:key/00000000-0000-4000-8000-000000000000')
  const denied = page.getByRole('option', { name: /You don’t have kms:DescribeKey on it in 444455556666/ })
  await expect(denied).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('resolvers lead to the one page, or say what is missing', async ({ page }) => {
  const said = complaints(page)
  const alias = unique('resolved')
  const keyId = keyWithAlias(alias)
  const { region } = state()
  await arrive(page)
  await page.goto(`${consoleUrl()}/k/${keyId}`)
  await expect(heading(page, `alias/${alias}`)).toBeVisible()
  await page.goto(`${consoleUrl()}/arn/arn:aws:kms:${region}:${accountOf('admin')}:alias/${alias}`)
  await expect(heading(page, `alias/${alias}`)).toBeVisible()
  await page.goto(`${consoleUrl()}/k/00000000-0000-4000-8000-000000000000`)
  await expect(page.getByText(/^No key with this ID or alias in any Region/)).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${consoleUrl()}/arn/arn:aws:kms:${region}:444455556666:key/${keyId}`)
  await expect(page.getByText('You don’t have kms:DescribeKey on this key in 444455556666.')).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('keys go where the sheet says, stay out of text, and can be switched off', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys`)
  await expect(heading(page, 'Customer keys')).toBeVisible()
  await page.keyboard.press('/')
  const filter = page.getByRole('combobox', { name: 'Filter keys' })
  await expect(filter).toBeFocused()
  await page.keyboard.type('gl?')
  await expect(filter).toHaveValue('gl?')
  await filter.fill('')
  await heading(page, 'Customer keys').focus()

  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet.getByText('Audit log')).toBeVisible()
  await expectAccessible(page)
  const single = sheet.getByRole('switch', { name: 'Shortcuts of a single character' })
  await single.click()
  await expect(single).toHaveAttribute('aria-checked', 'false')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await page.keyboard.press('?')
  await expect(sheet).toBeHidden()

  // Off in this browser until someone switches them on again, from the menu that needs no key.
  await page.getByRole('button', { name: /identity menu$/ }).click()
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
  await single.click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(heading(page, 'Audit log')).toBeVisible()
  await openPalette(page)
  await box(page).fill('playground')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Playground')).toBeVisible()
  expect(said).toEqual([])
})
