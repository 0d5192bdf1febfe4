/** A key's own pages: its tags, its aliases, its description. */
import { expect, type Page, test } from '@playwright/test'
import { keyWithAlias } from './command-line.ts'
import { complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** A fresh key of the administrator, and its page. */
async function openKey(page: Page, name: string, tab: string, title?: string): Promise<{ alias: string }> {
  const alias = unique(name)
  const keyId = keyWithAlias(alias)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/${tab}`)
  await expect(heading(page, title ?? `alias/${alias}`)).toBeVisible()
  return { alias: `alias/${alias}` }
}

test('a tag is added, given another value and removed, and the removal undone', { tag: '@long' }, async ({
  page,
}) => {
  const said = complaints(page)
  const { alias } = await openKey(page, 'tags', 'tags')
  await expect(page.getByText('A tag is a name and a value.')).toBeVisible()
  await page.getByLabel('Key', { exact: true }).fill('aws:team')
  await button(page, 'Add tag').click()
  await expect(page.getByText('Tags beginning with aws: are reserved.')).toBeVisible()
  await page.getByLabel('Key', { exact: true }).fill('team')
  await page.getByLabel('Value').fill('shop')
  await button(page, 'Add tag').click()
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'team' }) })
  await expect(row).toContainText('shop')

  await button(page, 'Edit tag team').click()
  await expect(page.getByLabel('Value')).toBeFocused()
  await page.getByLabel('Value').fill('billing')
  await button(page, 'Save tag').click()
  await expect(row).toContainText('billing')
  await expectAccessible(page)

  await button(page, 'Remove tag team').click()
  const removal = page.getByRole('region', { name: 'Remove tag team' })
  await removal.getByText('Show as code').click()
  await expect(removal).toContainText('aws kms untag-resource')
  await expectAccessible(page)
  await button(page, 'Remove tag').click()
  await expect(page.getByText(`Tag team of ${alias} is removed.`).first()).toBeVisible()
  await expect(row).toHaveCount(0)
  await button(page, 'Undo (Add it again)').click()
  await expect(row).toContainText('billing')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('an alias is added, pointed at another key and deleted', { tag: '@long' }, async ({ page }) => {
  const said = complaints(page)
  const other = unique('other')
  keyWithAlias(other)
  const { alias } = await openKey(page, 'named', 'aliases')
  const second = unique('second')
  await page.getByLabel('New alias').fill('aws/mine')
  await button(page, 'Create alias').click()
  await expect(page.getByText('Names beginning with alias/aws/ belong to AWS managed keys.')).toBeVisible()
  await page.getByLabel('New alias').fill(alias)
  await button(page, 'Create alias').click()
  await expect(page.getByRole('alert').filter({ hasText: 'AlreadyExistsException' })).toBeVisible()
  await page.getByLabel('New alias').fill(second)
  await button(page, 'Create alias').click()
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: `alias/${second}` }) })
  await expect(row).toBeVisible()
  await expect(page.getByText('2 of 50')).toBeVisible()

  await button(page, `Repoint alias/${second}`).click()
  const repoint = page.getByRole('alertdialog', { name: `Repoint alias/${second}` })
  await repoint.getByRole('button', { name: 'Repoint alias' }).click()
  await expect(repoint.getByText('Choose the key that the alias will point at.')).toBeVisible()
  await repoint.getByLabel('Find the new key').fill(other)
  await repoint.getByRole('radio', { name: new RegExp(`alias/${other}`) }).check()
  await expectAccessible(page)
  await repoint.getByRole('button', { name: 'Repoint alias' }).click()
  await expect(page.getByText(`alias/${second} now points at alias/${other}.`).first()).toBeVisible()
  await expect(row).toHaveCount(0)

  await button(page, `Delete ${alias}`).click()
  const removal = page.getByRole('alertdialog', { name: `Delete ${alias}` })
  await expect(removal.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await removal.getByRole('button', { name: 'Delete alias' }).click()
  await expect(page.getByText('An alias is a name you can repoint.')).toBeVisible()
  await expect(heading(page, /^Key [0-9a-f]{8}$/)).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('a description is changed where it stands, and Activity tells of it', async ({ page }) => {
  const said = complaints(page)
  const { alias } = await openKey(page, 'described', 'activity')
  await button(page, 'Edit description').click()
  await expect(page.getByLabel('Description')).toBeFocused()
  await page.getByLabel('Description').fill('Orders of the web shop')
  await button(page, 'Save description').click()
  await expect(page.getByText(`The description of ${alias} is changed.`).first()).toBeVisible()
  await expect(page.getByText('Orders of the web shop')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('link', { name: 'UpdateKeyDescription' })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})
