/** Rotation: on demand, with old data still opening, and on a schedule from the list of what is due. */
import { expect, type Page, test } from '@playwright/test'
import { keyWithAlias } from './command-line.ts'
import { kms } from './kms.ts'
import { complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('a key rotates on demand: new material is current, the counter falls, old data still decrypts', async ({
  page,
}) => {
  const said = complaints(page)
  const name = unique('rotated')
  const keyId = keyWithAlias(name)
  const { CiphertextBlob } = kms('encrypt', '--key-id', keyId, '--plaintext', 'b3JkZXIgNDI=')
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/material`)
  await expect(heading(page, `alias/${name}`)).toBeVisible()
  await expect(page.getByText('25 of 25 on-demand rotations left')).toBeVisible()
  const rows = page.getByRole('table', { name: 'Key materials' }).getByRole('row')
  await expect(rows).toHaveCount(2)

  await button(page, 'Rotate now').click()
  const question = page.getByRole('alertdialog', { name: `Rotate alias/${name}` })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Rotate key' }).click()
  await expect(page.getByText('24 of 25 on-demand rotations left')).toBeVisible()
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(1)).toContainText('On-demand')
  await expect(rows.nth(2)).toContainText('Non-current, decrypt only')

  expect(kms('decrypt', '--ciphertext-blob', CiphertextBlob).Plaintext).toBe('b3JkZXIgNDI=')
  await page.reload()
  await expect(rows.nth(2).getByRole('cell').nth(3)).toHaveText(/^1/)
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('rotation is turned on from the list, which says of every other key why it cannot', {
  tag: '@long',
}, async ({ page }) => {
  const said = complaints(page)
  const name = unique('scheduled')
  keyWithAlias(name)
  const signing = unique('signing')
  const { KeyMetadata } = kms('create-key', '--key-spec', 'ECC_NIST_P256', '--key-usage', 'SIGN_VERIFY')
  kms('create-alias', '--alias-name', `alias/${signing}`, '--target-key-id', KeyMetadata.KeyId)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/rotation`)
  await expect(heading(page, 'Rotation')).toBeVisible()
  const filter = page.getByRole('combobox', { name: 'Filter rotations' })
  await filter.fill(`alias:${signing}`)
  await filter.press('Enter')
  const rowOf = (alias: string) => page.getByRole('row').filter({ hasText: `alias/${alias}` })
  await expect(page.getByText('1 key', { exact: true }).first()).toBeVisible()
  await expect(rowOf(signing)).toContainText('Asymmetric: rotate by alias')
  await button(page, 'Clear filters').click()
  await filter.fill(`alias:${name}`)
  await filter.press('Enter')
  await button(page, `Turn on rotation of alias/${name}`).click()
  await expect(page.getByText('New material every 365 days')).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Turn on rotation').click()
  await expect(page.getByText(`alias/${name} rotates every 365 days.`).first()).toBeVisible()
  const row = rowOf(name)
  await expect(row.getByRole('link', { name: 'Change' })).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Later' })).toBeVisible()

  await row.getByRole('link', { name: 'Change' }).click()
  await expect(page.getByLabel('Period in days')).toHaveValue('365')
  await page.goto(`${regional('admin')}/keys/${KeyMetadata.KeyId}/material`)
  await expect(page.getByText('An asymmetric key has one material for as long as it exists')).toBeVisible()
  await page.getByRole('link', { name: 'Repoint an alias' }).click()
  await expect(page.getByRole('row').filter({ hasText: signing })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})
