/** The list of aliases, and the keys that AWS services keep under aliases of their own. */
import { expect, type Page, test } from '@playwright/test'
import { keyhouse, keyWithAlias } from './command-line.ts'
import { complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const rowOf = (page: Page, alias: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: alias, exact: true }) })

/** From the menu of an alias. */
async function chosenFor(page: Page, alias: string, deed: string): Promise<void> {
  await button(page, `Actions for ${alias}`).click()
  await page.getByRole('menuitem', { name: deed, exact: true }).click()
}

/** A signing key with an alias. */
function signerWithAlias(alias: string, spec: string): void {
  const made = keyhouse(['kms', 'create-key', '--key-spec', spec, '--key-usage', 'SIGN_VERIFY'])
  const { KeyMetadata } = JSON.parse(made.stdout) as { KeyMetadata: { KeyId: string } }
  keyhouse(['kms', 'create-alias', '--alias-name', `alias/${alias}`, '--target-key-id', KeyMetadata.KeyId])
}

test('an alias is created, found, repointed to a key of another spec with a warning, and deleted', async ({
  page,
}) => {
  const said = complaints(page)
  const [first, second, symmetric, fresh] = ['first', 'second', 'symmetric', 'fresh'].map(unique)
  signerWithAlias(`${first}`, 'ECC_NIST_P256')
  signerWithAlias(`${second}`, 'ECC_NIST_P384')
  keyWithAlias(`${symmetric}`)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/aliases`)
  await expect(heading(page, 'Aliases')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Reserved aliases' })).toContainText('alias/aws/s3')
  await expectAccessible(page)

  await button(page, 'Create alias').click()
  const creation = page.getByRole('dialog', { name: 'Create alias' })
  await creation.getByLabel('Alias', { exact: true }).fill('aws/mine')
  await creation.getByRole('button', { name: 'Create alias' }).click()
  await expect(
    creation.getByText('Names beginning with alias/aws/ belong to AWS managed keys.'),
  ).toBeVisible()
  await expect(creation.getByText('Choose the key that the alias will point at.')).toBeVisible()
  await creation.getByLabel('Alias', { exact: true }).fill(`${fresh}`)
  await creation.getByLabel('Find the key').fill(`${first}`)
  await creation.getByRole('radio', { name: new RegExp(`alias/${first}`) }).check()
  await expectAccessible(page)
  await creation.getByRole('button', { name: 'Create alias' }).click()
  await expect(creation).toHaveCount(0)

  await page.getByLabel('Filter aliases').fill(`${fresh}`)
  await expect(rowOf(page, `alias/${fresh}`)).toContainText('NIST P-256')
  await expect(page.getByText('1–1 of 1')).toBeVisible()

  await chosenFor(page, `alias/${fresh}`, 'Repoint')
  const repoint = page.getByRole('alertdialog', { name: `Repoint alias/${fresh}` })
  await repoint.getByLabel('Find the new key').fill(`${symmetric}`)
  await expect(repoint.getByText('No other key of this class and usage matches.')).toBeVisible()
  await repoint.getByLabel('Find the new key').fill(`${second}`)
  await repoint.getByRole('radio', { name: new RegExp(`alias/${second}`) }).check()
  await expect(repoint.getByText('The specs differ: NIST P-256 now, NIST P-384 then.')).toBeVisible()
  await expect(repoint.getByText(/will need the old key’s ID/)).toBeVisible()
  await repoint.getByText('Show as code').click()
  await expect(repoint.getByText(/aws kms update-alias/)).toBeVisible()
  await expectAccessible(page)
  await repoint.getByRole('button', { name: 'Repoint alias' }).click()
  await expect(rowOf(page, `alias/${fresh}`)).toContainText('NIST P-384')

  await chosenFor(page, `alias/${fresh}`, 'Delete')
  const removal = page.getByRole('alertdialog', { name: `Delete alias/${fresh}` })
  await removal.getByRole('button', { name: 'Delete alias' }).click()
  await expect(page.getByText('No aliases match')).toBeVisible()
  await button(page, 'Clear filter').click()
  await expect(rowOf(page, `alias/${first}`)).toBeVisible()
  expect(said).toEqual([])
})

test('describing a reserved alias makes its key, which can be read and not changed', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/managed`)
  await expect(heading(page, 'AWS managed keys')).toBeVisible()
  await button(page, 'Create by describing alias/aws/lambda').click()
  await expect(page.getByText('alias/aws/lambda has its key now.').first()).toBeVisible()
  await expectAccessible(page)
  await page
    .getByRole('table', { name: 'AWS managed keys' })
    .getByRole('link', { name: 'alias/aws/lambda' })
    .click()
  await expect(heading(page, 'alias/aws/lambda')).toBeVisible()
  await page
    .getByRole('navigation', { name: 'Parts of this key' })
    .getByRole('link', { name: 'Key policy' })
    .click()
  await expect(page.getByText('kms:ViaService').first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit policy' })).toHaveCount(0)
  // It says why it can’t be pressed: a click that waits for it to be enabled would wait for ever.
  await button(page, 'Disable').click({ force: true })
  await expect(page.getByText(/belongs to its service: nobody in the account can change it/)).toBeVisible()
  await page.keyboard.press('Escape')
  await page
    .getByRole('navigation', { name: 'Parts of this key' })
    .getByRole('link', { name: 'Aliases' })
    .click()
  await expect(page.getByRole('button', { name: /^Delete alias/ })).toHaveCount(0)
  await expectAccessible(page)
  expect(said).toEqual([])
})
