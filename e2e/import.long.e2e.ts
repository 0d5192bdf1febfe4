/** Key material from outside: the four steps with real files, what goes wrong on the way, and a rotation to new bytes. */
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { kms } from './kms.ts'
import { complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const sections = (page: Page) => page.getByRole('navigation', { name: 'Sections' })

/** A key that waits for its material, with an alias, and its page of materials. */
async function openExternalKey(page: Page, name: string): Promise<{ alias: string; pageOf: string }> {
  const alias = `alias/${unique(name)}`
  const { KeyMetadata } = kms('create-key', '--origin', 'EXTERNAL')
  kms('create-alias', '--alias-name', alias, '--target-key-id', KeyMetadata.KeyId)
  await signIn(page, 'admin')
  const pageOf = `${regional('admin')}/keys/${KeyMetadata.KeyId}`
  await page.goto(`${pageOf}/material`)
  await expect(heading(page, alias)).toBeVisible()
  return { alias, pageOf }
}

async function saved(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await button(page, name).click()
  return readFileSync(await (await download).path())
}

const wrapped = (publicKey: Buffer, material: Buffer) =>
  publicEncrypt(
    {
      key: createPublicKey({ key: publicKey, format: 'der', type: 'spki' }),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
    },
    material,
  )

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })

/** From Choose wrapping to Upload; gives the two files. */
async function getFiles(page: Page): Promise<{ publicKey: Buffer; token: Buffer }> {
  await button(page, 'Get wrapping key and token').click()
  await expect(page.getByText('Step 2 of 4: Download')).toBeVisible()
  const publicKey = await saved(page, 'Download public key (DER)')
  const token = await saved(page, 'Download import token')
  return { publicKey, token }
}

test('material is imported in four steps; its token expires once, and one is led back to Download', async ({
  page,
}) => {
  const said = complaints(page)
  const { alias, pageOf } = await openExternalKey(page, 'imported')
  await expect(page.getByText('This key has no material yet.')).toBeVisible()
  await page.getByRole('link', { name: 'Import key material' }).click()
  await expect(heading(page, `Import key material into ${alias}`)).toBeVisible()
  await expect(page.getByRole('radio', { name: /^RSAES_OAEP_SHA_256/ })).toBeChecked()
  await expect(page.getByText('RSAES_PKCS1_V1_5 is no longer supported')).toBeVisible()
  await expectAccessible(page)

  await getFiles(page)
  expect((await saved(page, 'Download README.txt')).toString()).toContain('key-material.wrapped')
  await expectAccessible(page)
  // A day passes for this tab: what it keeps says when the token ends.
  await page.evaluate(() => {
    for (const [name, kept] of Object.entries(sessionStorage)) {
      if (!name.startsWith('keyhouse-import:')) continue
      const flow = JSON.parse(kept)
      sessionStorage.setItem(
        name,
        JSON.stringify({ ...flow, parameters: { ...flow.parameters, validTo: 1_000_000_000 } }),
      )
    }
  })
  await page.goto(`${pageOf}/import/upload`)
  await expect(page.getByText('The import token has expired: it was good for 24 hours.')).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Get new wrapping key and token').click()
  await expect(page.getByText('Step 2 of 4: Download')).toBeVisible()

  const publicKey = await saved(page, 'Download public key (DER)')
  const material = randomBytes(32)
  await page.getByRole('link', { name: 'Next: upload' }).click()
  await button(page, 'Import key material').click()
  await expect(page.getByText('Choose the file with the wrapped material.')).toBeVisible()
  const drop = page.getByLabel('Wrapped key material')
  await drop.setInputFiles(file('key-material.bin', material))
  await expect(page.getByText('Is it the plaintext? Wrap it first; it was not sent.')).toBeVisible()
  await drop.setInputFiles(file('key-material.wrapped', wrapped(publicKey, material)))
  await page.getByLabel('The material expires').check()
  await page.getByLabel('Expires on').fill(new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 16))
  await page.getByLabel('Description').fill('from the safe')
  await expectAccessible(page)
  await button(page, 'Import key material').click()

  await expect(page.getByText('Step 4 of 4: Done')).toBeVisible()
  await expect(page.getByText('Enabled', { exact: true })).toBeVisible()
  const event = page.getByRole('definition').getByRole('link', { name: 'View event' })
  await expect(event).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Open key material' }).click()
  const row = page.getByRole('row').filter({ hasText: 'from the safe' })
  await expect(row).toContainText('Imported')
  // Somebody must bring it again within 14 days.
  await expect(sections(page).getByRole('link', { name: /^Imports, .*expiring$/ })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('another key’s token and other bytes are refused, each with its way back', async ({ page }) => {
  const said = complaints(page)
  const other = await openExternalKey(page, 'other')
  await page.goto(`${other.pageOf}/import/wrap`)
  const foreign = await getFiles(page)

  const { pageOf } = await openExternalKey(page, 'refused')
  await page.goto(`${pageOf}/import/wrap`)
  const { publicKey } = await getFiles(page)
  await page.getByRole('link', { name: 'Next: upload' }).click()
  const drop = page.getByLabel('Wrapped key material')
  await page.getByLabel('Import token').setInputFiles(file('import-token.bin', foreign.token))
  await drop.setInputFiles(file('key-material.wrapped', wrapped(foreign.publicKey, randomBytes(32))))
  await button(page, 'Import key material').click()
  await expect(page.getByText('This token does not belong here.')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${pageOf}/import/upload`)

  await drop.setInputFiles(file('key-material.wrapped', wrapped(foreign.publicKey, randomBytes(32))))
  await button(page, 'Import key material').click()
  await expect(page.getByText('The material could not be unwrapped.')).toBeVisible()
  await page.getByRole('link', { name: 'Back to Download' }).click()
  await expect(page.getByText('Step 2 of 4: Download')).toBeVisible()
  await page.getByRole('link', { name: 'Next: upload' }).click()

  await drop.setInputFiles(file('key-material.wrapped', wrapped(publicKey, randomBytes(32))))
  await button(page, 'Import key material').click()
  await expect(page.getByText('Step 4 of 4: Done')).toBeVisible()
  await page.getByRole('link', { name: 'Open key material' }).click()
  await page.getByRole('link', { name: /^Reimport/ }).click()
  await expect(page.getByText('it must be the same bytes as before')).toBeVisible()
  const again = await getFiles(page)
  await page.getByRole('link', { name: 'Next: upload' }).click()
  await expect(page.getByRole('radio', { name: /^Existing material again/ })).toBeChecked()
  await drop.setInputFiles(file('key-material.wrapped', wrapped(again.publicKey, randomBytes(32))))
  await button(page, 'Import key material').click()
  await expect(page.getByText('These are not the bytes that the key had.')).toBeVisible()
  await button(page, 'Back to the upload').click()
  await expect(drop).toBeVisible()
  expect(said).toEqual([])
})

test('material made in the browser is imported, rotated to, and deleted by typing the alias', async ({
  page,
}) => {
  const said = complaints(page)
  const { alias, pageOf } = await openExternalKey(page, 'learned')
  async function bring() {
    await page.goto(`${pageOf}/import/wrap`)
    await getFiles(page)
    await button(page, 'Make and wrap random material').click()
    await button(page, 'Go on with the wrapped material').click()
    await expect(page.getByText('Made in this browser, 512 bytes')).toBeVisible()
    await button(page, 'Import key material').click()
    await expect(page.getByText('Step 4 of 4: Done')).toBeVisible()
  }
  await bring()
  await bring()
  await page.getByRole('link', { name: 'Rotate to the new material' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Pending rotation' })).toBeVisible()
  await button(page, 'Rotate now').click()
  await page
    .getByRole('alertdialog', { name: `Rotate ${alias}` })
    .getByRole('button', { name: 'Rotate key' })
    .click()
  await expect(page.getByText('24 of 25 on-demand rotations left')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Non-current, decrypt only' })).toBeVisible()

  await page
    .getByRole('link', { name: /^Delete material/ })
    .first()
    .click()
  await expect(heading(page, `Delete key material of ${alias}`)).toBeVisible()
  await button(page, 'Delete key material').click()
  await expect(page.getByText(`Type exactly: ${alias}`)).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(`Type ${alias} to confirm`).fill(alias)
  await button(page, 'Delete key material').click()
  await expect(page.getByText('Pending import', { exact: true }).first()).toBeVisible()

  await page.goto(`${regional('admin')}/imports`)
  await expect(page.getByRole('row').filter({ hasText: alias })).toContainText('Pending import')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Create key with origin External' }).click()
  await expect(heading(page, 'Configure key')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Import key material' })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'Single-Region key' })).toBeChecked()
  // A choice that a link made is no work: leaving asks nothing.
  await sections(page).getByRole('link', { name: 'Multi-Region' }).click()
  await expect(heading(page, 'Multi-Region keys')).toBeVisible()
  expect(said).toEqual([])
})
