/** Setting an installation up through its page, and keeping what the page shows once. */
import { writeFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { heading, revealed, type State, setupLink, statePath } from './world.ts'

export const PASSWORD = 'quiet otters ferry lanterns'
const REGION = 'eu-west-1'

/** From the finished page: the administrator's access key, and the people of the sample account. */
export async function keepSecrets(page: Page, account: string): Promise<State> {
  const secret = await revealed(page, 'secret access key')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download .csv' }).click()
  const id = (await download).suggestedFilename().replace('.csv', '')
  const passwords = {
    alice: await revealed(page, 'password of alice'),
    bob: await revealed(page, 'password of bob'),
    carol: await revealed(page, 'password of carol'),
  }
  const sample = (await page.getByText('Sign in to').locator('code').first().textContent()) ?? ''
  const state = {
    account,
    region: REGION,
    password: PASSWORD,
    accessKey: { id, secret },
    sample: { account: sample, passwords },
  }
  writeFileSync(statePath(), JSON.stringify(state), { mode: 0o600 })
  return state
}

/** The shortest way through first run. */
export async function setUp(page: Page): Promise<void> {
  await page.goto(setupLink())
  await expect(heading(page, 'Set up Keyhouse')).toBeVisible()
  const id = page.getByLabel('Account ID')
  // The page thinks of one once it is awake.
  await expect(id).toHaveValue(/^\d{12}$/)
  const account = await id.inputValue()
  await page.getByLabel('us-east-1').check()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set up Keyhouse' }).click()
  await expect(heading(page, 'Keyhouse is set up')).toBeVisible({ timeout: 60_000 })
  await keepSecrets(page, account)
}
