/** Guardrails: the first account sets one of another, is told what that does, and takes it away; others see why not. */
import { expect, type Page, test } from '@playwright/test'
import { keyhouse } from './command-line.ts'
import {
  accountOf,
  complaints,
  consoleUrl,
  expectAccessible,
  heading,
  signIn,
  state,
  unique,
} from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const accounts = () => `${consoleUrl()}/${accountOf('admin')}/identities/accounts`

/** An account that no other story looks at. */
function ownAccount(alias: string): string {
  const input = { Alias: alias, AdministratorName: 'dora', Regions: [state().region] }
  const made = keyhouse(['keyhouse', 'create-account', JSON.stringify(input)])
  return (JSON.parse(made.stdout) as { AccountId: string }).AccountId
}

/** Confirmation level 3 of taking one away. */
async function remove(page: Page, name: string, consequence: RegExp): Promise<void> {
  await link(page, `Remove guardrail ${name}`).click()
  await expect(heading(page, `Remove guardrail ${name}`)).toBeVisible()
  await expect(page.getByText(consequence)).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(`Type ${name} to confirm`).fill(name)
  await button(page, 'Remove guardrail').click()
  await expect(page.getByText(new RegExp(`^Guardrail ${name} of account .* is removed`))).toBeVisible()
}

test('a guardrail of another account is set, with what it does said before, and removed', async ({
  page,
}) => {
  const said = complaints(page)
  const alias = unique('bound')
  const id = ownAccount(alias)
  await signIn(page, 'admin')
  await page.goto(accounts())
  await button(page, `Actions for account ${id}`).click()
  await page.getByRole('menuitem', { name: 'Guardrails', exact: true }).click()
  await expect(heading(page, `Account ${alias}`)).toBeVisible()
  await expect(page.getByText('0 guardrails')).toBeVisible()
  await link(page, 'Set guardrail').click()
  await expect(heading(page, `Set a guardrail of ${alias}`)).toBeVisible()

  await button(page, 'Set guardrail').click()
  await expect(page.getByText('Give the guardrail a name.')).toBeVisible()
  await expect(page.getByText(`Type exactly: ${alias}`)).toBeVisible()
  await page.getByLabel('Guardrail name').fill('keep-keys')
  await page.getByLabel('Set FullAccess beside it').uncheck()
  await expect(page.getByText(`Nobody of account ${alias} can do anything`)).toBeVisible()
  await page.getByLabel('Set FullAccess beside it').check()
  await expect(page.getByText('can do at most what all its guardrails leave')).toBeVisible()
  await page.getByLabel(`Type ${alias} to confirm`).fill(alias)
  await expectAccessible(page)
  await button(page, 'Set guardrail').click()
  await expect(page.getByText('2 guardrails')).toBeVisible()
  await button(page, 'Show guardrail keep-keys').click()
  await expect(page.getByRole('region', { name: 'Guardrail keep-keys' })).toContainText('Deny')
  await expectAccessible(page)

  await remove(page, 'FullAccess', /^Nobody of account .* can do anything/)
  await remove(page, 'keep-keys', /has no guardrail then/)
  await expect(page.getByText('0 guardrails')).toBeVisible()
  expect(said).toEqual([])
})

test('the first account itself is not bound, and whoever is of another sees why they set none', async ({
  page,
}) => {
  await signIn(page, 'admin')
  await page.goto(`${accounts()}/${accountOf('admin')}`)
  await expect(page.getByText('This is the installation’s first account')).toBeVisible()
  await expect(link(page, 'Set guardrail')).toHaveCount(0)
  await signIn(page, 'alice')
  await page.goto(`${consoleUrl()}/${accountOf('alice')}/identities/accounts/${accountOf('alice')}`)
  await expect(page.getByText('Guardrails are set by the installation’s first account')).toBeVisible()
})
