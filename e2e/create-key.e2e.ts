/** Scenarios 2, 3, 4 and 8: the wizard by keyboard, over a reload, with bad names, and when its second call is refused. */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { accountOf, complaints, endpoint, expectAccessible, regional, signIn, state } from './world.ts'

const unique = (name: string) => `${name}-${Date.now().toString(36)}`
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const arn = (name: 'alice' | 'bob') => `arn:aws:iam::${accountOf(name)}:user/${name}`

const MOST_STOPS = 80

/** Presses Tab until a control has focus, as someone without a mouse does. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${control} cannot be reached with ${MOST_STOPS} presses of Tab`)
}

async function press(page: Page, control: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, control)
  await page.keyboard.press(key)
}

const next = (page: Page) => press(page, page.getByRole('button', { name: 'Next' }))

test('alice creates a key through all six steps by keyboard only, and opens its event', async ({ page }) => {
  const said = complaints(page)
  const alias = unique('lab/orders')
  await signIn(page, 'alice')
  await page.goto(`${regional('alice')}/keys/new/configure`)
  await tabTo(page, page.getByRole('radio', { name: 'Symmetric', exact: true }))
  await expectAccessible(page)
  await next(page)

  await expect(heading(page, 'Add labels')).toBeFocused()
  await tabTo(page, page.getByLabel('Alias'))
  await page.keyboard.type(alias)
  await expect(page.getByText('This alias is free.')).toBeVisible()
  await press(page, page.getByRole('button', { name: 'Add tag' }))
  await page.keyboard.type('team')
  await page.keyboard.press('Tab')
  await page.keyboard.type('shop')
  await expectAccessible(page)
  await next(page)

  await expect(heading(page, 'Key administrators')).toBeFocused()
  await press(page, page.getByRole('checkbox', { name: 'Choose alice' }), 'Space')
  await expectAccessible(page)
  await next(page)

  await expect(heading(page, 'Key users')).toBeFocused()
  await press(page, page.getByRole('checkbox', { name: 'Choose bob' }), 'Space')
  await expectAccessible(page)
  await next(page)

  await expect(heading(page, 'Edit key policy')).toBeFocused()
  // What has focus in an editor must not hold it: Tab leaves.
  await tabTo(page, page.getByRole('textbox', { name: 'Key policy' }))
  await expectAccessible(page)
  await next(page)

  await expect(heading(page, 'Review')).toBeFocused()
  const may = (person: string, what: string) =>
    page
      .getByRole('row')
      .filter({ hasText: `user/${person}` })
      .getByRole('button', { name: what, exact: true })
  await expect(may('alice', 'Change policy: allowed')).toBeVisible()
  await expect(may('alice', 'Encrypt: not allowed')).toBeVisible()
  await expect(may('bob', 'Encrypt: allowed')).toBeVisible()
  await expect(may('bob', 'Change policy: not allowed')).toBeVisible()
  await expect(page.getByText('Both: none.')).toBeVisible()
  await expect(page.getByText('You will be able to change this policy: yes')).toBeVisible()
  await expect(page.getByText(`Creates 1 key, 1 alias, 1 tag in ${state().region}.`)).toBeVisible()
  await expectAccessible(page)
  await press(page, page.getByRole('button', { name: 'Create key' }))

  await expect(heading(page, 'Key created')).toBeFocused()
  await expect(page.getByText(`alias/${alias} points to it.`)).toBeVisible()
  await expectAccessible(page)
  await press(page, page.getByRole('link', { name: 'View event of CreateKey' }))
  await expect(page).toHaveURL(/\/audit\?event=/)
  await expect(page.getByRole('heading', { name: /CreateKey/ }).first()).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('a reload on step 4 keeps every choice', { tag: '@long' }, async ({ page }) => {
  const said = complaints(page)
  const alias = unique('kept')
  await signIn(page, 'alice')
  await page.goto(`${regional('alice')}/keys/new/labels`)
  await page.getByLabel('Alias').fill(alias)
  await page.getByLabel('Description').fill('Kept over a reload')
  await page.getByRole('button', { name: 'Add tag' }).click()
  await page.getByLabel('Key of tag 1').fill('team')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('checkbox', { name: 'Choose alice' }).check()
  await page.getByLabel('Allow administrators to delete this key').uncheck()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(heading(page, 'Key users')).toBeVisible()
  await page.getByText('Paste ARNs').click()
  await page
    .getByLabel('ARNs', { exact: true })
    .fill(`${arn('bob')}\n${arn('alice')}, arn:aws:iam::${accountOf('bob')}:user/nobody nonsense`)
  await page.getByRole('button', { name: 'Add these' }).click()
  await expect(page.getByText('user/nobody doesn’t exist in this account.')).toBeVisible()
  await expect(page.getByText('nonsense isn’t an ARN.')).toBeVisible()
  await expect(page.getByText('alice would manage and use this key. (SOD-01)').first()).toBeVisible()
  await page.getByLabel('Account ID').fill(`${accountOf('alice')} 444455556666`)
  await page.getByRole('button', { name: 'Add account' }).click()
  await expect(page.getByText(`${accountOf('alice')} is this account.`)).toBeVisible()
  await page.getByLabel('Allow use by integrated services through grants').uncheck()

  await page.reload()

  await expect(heading(page, 'Key users')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Choose bob' })).toBeChecked()
  await expect(page.getByRole('button', { name: 'Remove account 444455556666' })).toBeVisible()
  await expect(page.getByLabel('Allow use by integrated services through grants')).not.toBeChecked()
  await page.getByRole('link', { name: 'Previous' }).click()
  await expect(page.getByRole('checkbox', { name: 'Choose alice' })).toBeChecked()
  await expect(page.getByLabel('Allow administrators to delete this key')).not.toBeChecked()
  await page.getByRole('link', { name: 'Previous' }).click()
  await expect(page.getByLabel('Alias')).toHaveValue(alias)
  await expect(page.getByLabel('Description')).toHaveValue('Kept over a reload')
  await expect(page.getByLabel('Key of tag 1')).toHaveValue('team')

  // Leaving asks once, and the draft can be resumed.
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Keep draft and leave' }).click()
  await expect(page).toHaveURL(`${regional('alice')}/keys`)
  await page.goto(`${regional('alice')}/keys/new/configure`)
  await page.getByRole('button', { name: /^Resume draft/ }).click()
  await expect(page.getByRole('checkbox', { name: 'Choose bob' })).toBeChecked()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('a reserved alias, a taken one and a long one are refused for three different reasons', async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(`${regional('alice')}/keys/new/labels`)
  const field = page.getByLabel('Alias')
  const reasons: string[] = []
  for (const [alias, reason] of [
    ['alias/aws/x', 'alias/aws/ is reserved'],
    ['orders', /^alias\/orders already points to [0-9a-f]{8}\./],
    ['a'.repeat(300), 'The alias has 306 characters with its prefix; 256 is the most.'],
    ['orders!', '“!” can’t be in an alias.'],
  ] as const) {
    await field.fill(alias)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(
      reason instanceof RegExp
        ? /already points to [0-9a-f]{8}\./
        : new RegExp(reason.replace(/[/.]/g, '\\$&')),
    )
    reasons.push((await page.getByText(reason).first().textContent()) ?? '')
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(field).toBeFocused()
  }
  expect(new Set(reasons).size).toBe(4)
  await expect(heading(page, 'Add labels')).toBeVisible()
  await expectAccessible(page)
  // The refusals of the wizard are its own: nothing reached the engine.
  expect(said).toEqual([])
})

/** The administrator from the command line, beside the browser. */
function keyhouse(operation: string, ...options: string[]) {
  const { accessKey, region } = state()
  const program = join(resolve(import.meta.dirname, '..'), 'keyhouse')
  return spawnSync(
    program,
    ['call', 'kms', operation, ...options, '--endpoint-url', endpoint(), '--region', region],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        AWS_ACCESS_KEY_ID: accessKey.id,
        AWS_SECRET_ACCESS_KEY: accessKey.secret,
      },
    },
  )
}

const countKeys = (): number => JSON.parse(keyhouse('ListKeys', '--limit', '1000').stdout).Keys.length

const policyFor = (account: string, deny: object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      ...deny,
    ],
  })

test('when CreateAlias is refused the key is reported as created, and the alias can be tried again', {
  tag: '@long',
}, async ({ page }) => {
  const said = complaints(page)
  const account = accountOf('admin')
  const alias = unique('refused')
  const before = countKeys()
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/new/labels`)
  await page.getByLabel('Alias').fill(alias)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(heading(page, 'Key administrators')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(heading(page, 'Key users')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  // Between the steps the caller loses kms:CreateAlias on this key.
  const deny = {
    Sid: 'NoNames',
    Effect: 'Deny',
    Principal: { AWS: `arn:aws:iam::${account}:user/admin` },
    Action: 'kms:CreateAlias',
    Resource: '*',
  }
  const editor = page.getByRole('textbox', { name: 'Key policy' })
  // An editor that has only just come may not have taken the selection yet: what stood there must be gone.
  await expect(async () => {
    await editor.fill(policyFor(account, [deny]))
    await expect(editor).not.toContainText('key-consolepolicy-3', { timeout: 1000 })
  }).toPass()
  await expect(page.getByText('This policy was edited.')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Create key' }).dblclick()

  await expect(heading(page, 'Key created, without its alias')).toBeVisible()
  await expect(page.getByText(/^Key [0-9a-f]{8} was created\. The alias wasn’t\.$/)).toBeVisible()
  const denial = page.getByText(/isn’t allowed kms:CreateAlias on .* policy denies it\.$/)
  const keyId = await page
    .getByText(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .first()
    .textContent()
  await expect(denial).toBeVisible()
  await expectAccessible(page)
  const retry = page.getByRole('button', { name: 'Retry alias' })
  const event = page.getByRole('link', { name: 'View event of CreateAlias' })
  const first = (await event.getAttribute('href')) ?? ''
  await retry.click()
  await expect(event).not.toHaveAttribute('href', first)
  await expect(denial).toBeVisible()

  const put = keyhouse('PutKeyPolicy', '--key-id', keyId ?? '', '--policy', policyFor(account, []))
  expect(put.status, put.stderr).toBe(0)
  await expect(retry).toBeEnabled()
  await retry.click()
  await expect(page.getByText(`alias/${alias} points to it.`)).toBeVisible()
  await expect(heading(page, 'Key created')).toBeVisible()
  await page.getByRole('link', { name: 'Open key' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `alias/${alias}` })).toBeVisible()
  expect(countKeys() - before, 'a double click makes one key').toBe(1)
  expect(said).toEqual([])
})
