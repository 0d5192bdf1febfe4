/** Multi-Region keys: replicated, drifting apart, led from elsewhere, and the way between Regions. */
import { expect, type Page, test } from '@playwright/test'
import { keyhouse, keyWithAlias } from './command-line.ts'
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

/** Another Region of the administrator's account. */
const ELSEWHERE = 'us-east-1'
const elsewhere = () => `${consoleUrl()}/${accountOf('admin')}/${ELSEWHERE}`

function call(...words: string[]): unknown {
  const said = keyhouse(['kms', ...words])
  if (said.status !== 0) throw new Error(said.stderr)
  return said.stdout.trim() === '' ? undefined : JSON.parse(said.stdout)
}

/** A multi-Region primary with an alias; gives its id. */
function primaryWithAlias(alias: string): string {
  const made = call('create-key', '--multi-region') as { KeyMetadata: { KeyId: string } }
  call('create-alias', '--alias-name', `alias/${alias}`, '--target-key-id', made.KeyMetadata.KeyId)
  return made.KeyMetadata.KeyId
}

test('33: a key is replicated, its replica’s policy changed, and the drift is marked with a diff', async ({
  page,
}) => {
  const said = complaints(page)
  const alias = unique('global')
  const keyId = primaryWithAlias(alias)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/regions`)
  await expect(page.getByText('There is one member.')).toBeVisible()
  await page.getByRole('link', { name: 'Replicate', exact: true }).click()
  await expect(heading(page, `Replicate alias/${alias}`)).toBeVisible()
  await expect(page.getByText('The primary key is here.')).toBeVisible()
  await button(page, 'Replicate key').click()
  await expect(page.getByText('Tick at least one Region.')).toBeVisible()
  await page.getByRole('checkbox', { name: ELSEWHERE }).check()
  await page.getByLabel(`Alias in ${ELSEWHERE}`).fill(`${alias}-there`)
  await page.getByRole('radio', { name: /^Copy of the primary’s policy/ }).check()
  await expect(page.getByRole('table', { name: 'What will be made' })).toContainText('Copy of the primary’s')
  await expectAccessible(page)
  await button(page, 'Replicate key').click()
  const lines = page.getByRole('list', { name: 'Replicas' })
  await expect(lines).toContainText(`Replica in ${ELSEWHERE}.`)
  await expect(lines).toContainText(`alias/${alias}-there in ${ELSEWHERE}.`)
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Regions of this key' }).click()
  const kept = page.getByRole('table', { name: 'Properties of each member' })
  const policy = kept.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Key policy' }) })
  await expect(policy).toContainText('Alike')

  await page.goto(`${elsewhere()}/keys/${keyId}/policy/edit`)
  const editor = page.getByRole('textbox', { name: `Key policy of alias/${alias}-there` })
  const saved = JSON.parse(await editor.innerText()) as { Statement: object[] }
  const statement = {
    Sid: 'Never there',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'kms:GenerateDataKeyPair',
    Resource: '*',
  }
  await editor.fill(JSON.stringify({ ...saved, Statement: [...saved.Statement, statement] }, null, 2))
  await button(page, 'Review changes').click()
  await button(page, 'Save policy').click()
  await expect(page.getByText('Policy v2 saved.').first()).toBeVisible()

  await page.goto(`${regional('admin')}/keys/${keyId}/regions`)
  await expect(policy).toContainText('Differs')
  const diff = page.getByRole('region', { name: `Key policy in ${ELSEWHERE} against ${state().region}` })
  await expect(diff.getByRole('listitem').filter({ hasText: '"Sid": "Never there"' })).toContainText(
    `Only in ${ELSEWHERE}`,
  )
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('another Region leads a family, and the matrix shows it', async ({ page }) => {
  const said = complaints(page)
  const alias = unique('led')
  const keyId = primaryWithAlias(alias)
  call('replicate-key', '--key-id', keyId, '--replica-region', ELSEWHERE)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/regions`)
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('Creating…')).toHaveCount(0)
  }).toPass()
  await button(page, 'Change primary Region').click()
  const dialog = page.getByRole('alertdialog', { name: `Change the primary Region of alias/${alias}` })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(dialog.getByRole('radio', { name: ELSEWHERE })).toBeChecked()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Change primary Region' }).click()
  await expect(page.getByText(`The primary of alias/${alias} is in ${ELSEWHERE} now.`).first()).toBeVisible()
  await expect(page.getByText(/^Multi-Region replica, primary in/)).toBeVisible()

  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Multi-Region' }).click()
  await expect(heading(page, 'Multi-Region keys')).toBeVisible()
  const row = page.getByRole('row').filter({ hasText: `alias/${alias}` })
  await expect(row.getByRole('link', { name: `Primary in ${ELSEWHERE}` })).toBeVisible()
  await expect(row.getByRole('link', { name: `Replica in ${state().region}` })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('a primary waits for its replicas before it is deleted', async ({ page }) => {
  const said = complaints(page)
  const alias = unique('waits')
  const keyId = primaryWithAlias(alias)
  call('replicate-key', '--key-id', keyId, '--replica-region', ELSEWHERE)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/delete`)
  await expect(page.getByText('Until its replica is deleted')).toBeVisible()
  await page.getByLabel('Waiting period in days', { exact: true }).fill('9')
  await button(page, 'Show as code').click()
  await expect(page.getByRole('dialog', { name: 'Show as code' })).toContainText('--pending-window-in-days 9')
  await page.keyboard.press('Escape')
  await page.getByLabel(`Type alias/${alias} to confirm`).fill(`alias/${alias}`)
  await expectAccessible(page)
  await button(page, 'Schedule deletion').click()
  await expect(page.getByText('Waiting for 1 replica')).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Cancel deletion').click()
  await expect(page.getByText('It is disabled.').first()).toBeVisible()
  expect(said).toEqual([])
})

async function switchTo(page: Page, region: string): Promise<void> {
  await page.getByRole('button', { name: /Switch Region$/ }).click()
  await page.getByRole('menuitemradio', { name: region }).click()
}

test('15: in another Region a key’s page leads to the keys there, and says so; a multi-Region key’s to its related key', async ({
  page,
}) => {
  const alias = unique('at-home')
  const keyId = keyWithAlias(alias)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/${keyId}/tags`)
  await expect(heading(page, `alias/${alias}`)).toBeVisible()
  await switchTo(page, ELSEWHERE)
  await expect(page).toHaveURL(`${elsewhere()}/keys`)
  await expect(
    page.getByText(`alias/${alias} isn’t in ${ELSEWHERE}. Showing keys in ${ELSEWHERE}.`).first(),
  ).toBeVisible()
  await expect(heading(page, 'Customer keys')).toBeVisible()
  await expectAccessible(page)

  const global = unique('everywhere')
  const family = primaryWithAlias(global)
  call('replicate-key', '--key-id', family, '--replica-region', ELSEWHERE)
  await page.goto(`${regional('admin')}/keys/${family}/config`)
  await expect(heading(page, `alias/${global}`)).toBeVisible()
  await switchTo(page, ELSEWHERE)
  await expect(page).toHaveURL(`${elsewhere()}/keys/${family}/config`)
  await expect(page.getByText(/^Multi-Region replica, primary in/)).toBeVisible()
})
