/** Scenario 14: everything that a filter matches is selected and disabled, and each key tells its own result. */
import { expect, test } from '@playwright/test'
import { keyhouse, keyWithAlias } from './command-line.ts'
import { kms } from './kms.ts'
import { accountOf, complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

/** A policy under which the administrator may do everything but disable the key. */
const noDisabling = (account: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'NoDisabling',
        Effect: 'Deny',
        Principal: { AWS: `arn:aws:iam::${account}:user/admin` },
        Action: 'kms:DisableKey',
        Resource: '*',
      },
    ],
  })

/** Three keys that can be asked, one of which refuses, and one that is disabled already. */
function keysOf(team: string): { refusing: string; first: string } {
  const names = ['a', 'b', 'refusing', 'off'].map((name) => `${team}-${name}`)
  const ids = names.map((name) => {
    const id = keyWithAlias(name)
    kms('tag-resource', '--key-id', id, '--tags', `TagKey=team,TagValue=${team}`)
    return id
  })
  kms('put-key-policy', '--key-id', ids[2] ?? '', '--policy', noDisabling(accountOf('admin')))
  kms('disable-key', '--key-id', ids[3] ?? '')
  return { refusing: `alias/${names[2]}`, first: `alias/${names[0]}` }
}

const stateOf = (alias: string): string =>
  JSON.parse(keyhouse(['kms', 'describe-key', '--key-id', alias]).stdout).KeyMetadata.KeyState

test('all keys of a filter are disabled, and each tells how it went, the refused one too', async ({
  page,
}) => {
  const said = complaints(page)
  const team = unique('bulk')
  const { refusing, first } = keysOf(team)
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys?q=tag:team%3D${team}`)
  await page.getByRole('checkbox', { name: `Select ${first}` }).check()
  const bar = page.getByRole('region', { name: 'Selected keys' })
  await expect(bar.getByText('1 selected')).toBeVisible()
  await bar.getByRole('button', { name: 'Select all 4 matching' }).click()
  await expect(bar.getByText('All 4 selected')).toBeVisible()
  await expectAccessible(page)

  await bar.getByRole('button', { name: 'Disable' }).click()
  const panel = page.getByRole('region', { name: 'Disable 3 keys' })
  await expect(panel.getByRole('heading', { name: 'Disable 3 keys' })).toBeFocused()
  await expect(panel.getByText('1 is disabled already')).toBeVisible()
  await panel.getByRole('button', { name: 'Disable 3 keys' }).click()

  await expect(panel.getByText('2 keys are disabled. 1 was refused.')).toBeVisible()
  const results = panel.getByRole('list', { name: 'Results' })
  await expect(results.getByRole('listitem')).toHaveCount(3)
  const refused = results.getByRole('listitem').filter({ hasText: refusing })
  await expect(refused).toContainText('AccessDeniedException')
  await expect(results.getByRole('listitem').filter({ hasText: first })).toContainText('disabled')
  await expect(refused.getByRole('link', { name: 'View event' })).toHaveAttribute('href', /audit\?event=/)
  await expectAccessible(page)
  expect([stateOf(first), stateOf(refusing)]).toEqual(['Disabled', 'Enabled'])
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(bar).toBeHidden()
  expect(said).toEqual([])
})

test('rows are walked and selected by keyboard, and a deletion of many waits for their number', async ({
  page,
}) => {
  const said = complaints(page)
  const team = unique('walk')
  for (const name of ['a', 'b', 'c']) {
    const id = keyWithAlias(`${team}-${name}`)
    kms('tag-resource', '--key-id', id, '--tags', `TagKey=team,TagValue=${team}`)
  }
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys?q=tag:team%3D${team}`)
  await expect(page.getByRole('link', { name: `alias/${team}-a` })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: `alias/${team}-a` })).toBeFocused()
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await expect(page.getByText('3 selected')).toBeVisible()

  await page.getByRole('region', { name: 'Selected keys' }).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Schedule deletion' }).click()
  const panel = page.getByRole('region', { name: 'Schedule deletion of 3 keys' })
  const submit = panel.getByRole('button', { name: 'Schedule deletion of 3 keys' })
  await submit.click()
  await expect(panel.getByText('Type exactly: 3')).toBeVisible()
  await expectAccessible(page)
  await panel.getByLabel(/^Type 3/).fill('3')
  await submit.click()
  await expect(panel.getByText('3 keys are scheduled for deletion.')).toBeVisible()
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText(/^Pending deletion/)).toHaveCount(3)
  await expect(heading(page, 'Customer keys')).toBeVisible()
  expect(said).toEqual([])
})
