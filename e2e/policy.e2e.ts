/** A key's policy: read in words, written as JSON, simulated, reviewed before it is saved, and taken back. */
import { expect, type Page, test } from '@playwright/test'
import { keyhouse, keyWithAlias } from './command-line.ts'
import { kms } from './kms.ts'
import { accountOf, complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true })

type App = { readonly arn: string; readonly accessKey: { readonly id: string; readonly secret: string } }

function iam(...words: readonly string[]): unknown {
  const { status, stdout, stderr } = keyhouse(['iam', ...words])
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

/** A program's user, with an access key and no policy of its own. */
function newApp(name: string): App {
  const user = unique(name)
  // The members of IAM's answers that are looked at.
  const { User } = iam('create-user', '--user-name', user) as { User: { Arn: string } }
  const { AccessKey } = iam('create-access-key', '--user-name', user) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string }
  }
  return { arn: User.Arn, accessKey: { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey } }
}

const short = ({ arn }: App) => arn.slice(arn.lastIndexOf(':') + 1)

const root = () => ({
  Sid: 'Account',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${accountOf('admin')}:root` },
  Action: 'kms:*',
  Resource: '*',
})
const use = (Sid: string, people: readonly string[], more: object = {}) => ({
  ...{ Sid, Effect: 'Allow', Principal: { AWS: people } },
  ...{ Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey'], Resource: '*' },
  ...more,
})
const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)

type Key = { readonly id: string; readonly alias: string }

/** A key of the administrator's account, with a policy. */
function newKey(name: string, text?: string): Key {
  const alias = unique(name)
  const id = keyWithAlias(alias)
  if (text) put({ id, alias }, text)
  return { id, alias: `alias/${alias}` }
}
const put = ({ id }: Key, text: string) => kms('put-key-policy', '--key-id', id, '--policy', text)

const pageOf = ({ id }: Key, tab: string) => `${regional('admin')}/keys/${id}/${tab}`
const editor = (page: Page, { alias }: Key) => page.getByRole('textbox', { name: `Key policy of ${alias}` })
const checks = (page: Page) => page.getByRole('region', { name: 'Checks' })
const settled = (page: Page) => expect(checks(page)).toHaveAttribute('aria-busy', 'false')

async function openEditor(page: Page, key: Key): Promise<void> {
  await signIn(page, 'admin')
  await page.goto(pageOf(key, 'policy/edit'))
  await expect(editor(page, key)).toBeVisible()
  await settled(page)
}

async function review(page: Page): Promise<void> {
  await button(page, 'Review changes').click()
  await expect(heading(page, 'Review changes to the key policy')).toBeVisible()
}

/** A button that cannot be used now opens its reason; a mouse would find it disabled. */
const why = (page: Page, name: string) => button(page, name).press('Enter')

const saved = (page: Page, version: number) =>
  expect(page.getByText(`Policy v${version} saved.`).first()).toBeVisible()

test('17: a policy of an unknown shape is written by hand, and every statement is still told in words', {
  tag: '@long',
}, async ({ page }) => {
  const said = complaints(page)
  const key = newKey('shape')
  await openEditor(page, key)
  const odd = [
    {
      Sid: 'Odd',
      Effect: 'Deny',
      NotPrincipal: { AWS: root().Principal.AWS },
      NotAction: 'kms:*',
      Resource: '*',
    },
    {
      ...{ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
      Condition: { DateGreaterThan: { 'aws:CurrentTime': '2050-01-01T00:00:00Z' } },
    },
  ]
  await editor(page, key).fill(policy(root(), ...odd).replace('"Effect": "Deny"', '"Efect": "Deny"'))
  await expect(checks(page).getByText(/Efect/).first()).toBeVisible()
  await expectAccessible(page)
  await editor(page, key).fill(policy(root(), ...odd))
  const outline = page.getByRole('list', { name: 'Statements', exact: true })
  await expect(outline.getByRole('listitem')).toHaveCount(3)
  await review(page)
  await button(page, 'Save policy').click()
  await saved(page, 2)
  const words = page.getByRole('list', { name: 'Statements in words' }).getByRole('listitem')
  await expect(words).toHaveCount(3)
  await expect(words.nth(1)).toContainText('Everyone except account')
  await expect(words.nth(2)).toContainText('2050')
  await expect(page.getByText(/last changed by user\/admin/)).toBeVisible()
  await expectAccessible(page)
  await words
    .nth(2)
    .getByRole('link', { name: /^Edit as JSON at line/ })
    .click()
  await expect(editor(page, key)).toBeFocused()
  await expect(outline.getByRole('button', { name: /^Statement 3/ })).toHaveAttribute('aria-current', 'true')
  expect(said).toEqual([])
})

test('18: who would lock themselves out can save only without the check, and by typing the key’s name', async ({
  page,
}) => {
  const said = complaints(page)
  const other = newApp('keeper')
  const key = newKey('lockout')
  await openEditor(page, key)
  const theirs = { ...use('Keeper', [other.arn]), Action: ['kms:PutKeyPolicy', 'kms:GetKeyPolicy'] }
  await editor(page, key).fill(policy(theirs))
  await expect(checks(page).getByText(/user\/admin \(you\) can't change this policy/)).toBeVisible()
  await review(page)
  await expect(checks(page).getByText('LOCK-01')).toBeVisible()
  // The alias was made a moment ago, and that could not be done again either.
  await page.getByRole('checkbox', { name: /^Save even though user\/admin loses/ }).check()
  await why(page, 'Save policy')
  await expect(page.getByText('You couldn’t change it afterwards (LOCK-01). See below.')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByLabel(`Type ${key.alias} to confirm`).fill('alias/another')
  await button(page, 'Save without the lockout check').click()
  await expect(page.getByText(`Type exactly: ${key.alias}`)).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(`Type ${key.alias} to confirm`).fill(key.alias)
  await button(page, 'Save without the lockout check').click()
  await saved(page, 2)
  expect(said).toEqual([])
})

test('19: a policy that nobody could change is not saved at all', async ({ page }) => {
  const said = complaints(page)
  const key = newKey('nobody')
  await openEditor(page, key)
  await editor(page, key).fill(policy({ ...root(), Action: 'kms:Decrypt' }))
  await expect(checks(page).getByText('nobody can change this policy')).toBeVisible()
  await review(page)
  await expect(checks(page).getByText('LOCK-02')).toBeVisible()
  await why(page, 'Save policy')
  await expect(page.getByText(/^Nobody could change this policy after saving \(LOCK-02\)/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(button(page, 'Save without the lockout check')).toHaveCount(0)
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('20: taking a key user out shows the calls that would have been denied, and leads to exactly those', {
  tag: '@long',
}, async ({ page }) => {
  const said = complaints(page)
  const [app, other, stranger] = [newApp('app-backend'), newApp('worker'), newApp('stranger')]
  const key = newKey('users', policy(root(), use('Users', [app.arn, other.arn])))
  const encrypt = ({ accessKey }: App) =>
    keyhouse(['kms', 'encrypt', '--key-id', key.id, '--plaintext', 'b3JkZXI='], { accessKey }).status
  expect([encrypt(app), encrypt(app), encrypt(app), encrypt(other)]).toEqual([0, 0, 0, 0])
  expect(encrypt(stranger)).not.toBe(0)

  await signIn(page, 'admin')
  await page.goto(pageOf(key, 'policy'))
  await button(page, `Remove ${short(app)}`).click()
  await expect(heading(page, 'Review changes to the key policy')).toBeVisible()
  const replay = page.getByRole('region', { name: 'Replay of the last 30 days' })
  await expect(replay.getByText('3 calls in the last 30 days would have been denied')).toBeVisible()
  await expect(replay.getByText(/^Replayed \d+ events recorded since/)).toBeVisible()
  const row = page
    .getByRole('table', { name: 'Who gains and who loses' })
    .getByRole('row')
    .filter({ hasText: short(app) })
  await expect(row).toContainText('lost, allowed before')
  await why(page, 'Save policy')
  await expect(page.getByText('Tick that access which was used today is lost.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expectAccessible(page)
  await replay.getByRole('link', { name: /^Show these events/ }).click()
  await expect(heading(page, 'Audit log')).toBeVisible()
  await expect(page.getByRole('search').getByText('3 events')).toBeVisible()

  await page.goto(pageOf(key, 'policy/review'))
  await page.getByRole('checkbox', { name: /^Save even though/ }).check()
  await button(page, 'Save policy').click()
  await saved(page, 3)
  await page.getByRole('button', { name: 'Add principal to Users' }).click()
  await page.getByLabel('Principal to add, by ARN').fill(stranger.arn)
  await button(page, 'Add').click()
  await expect(replay.getByText('1 call that were denied', { exact: false })).toBeVisible()
  expect(said).toEqual([])
})

test('21: a simulation answers for the draft beside what is saved, marks what decided, and stays as a test', {
  tag: '@long',
}, async ({ page }) => {
  const said = complaints(page)
  const app = newApp('tenant')
  const bound = (tenant: string) =>
    policy(
      root(),
      use('Tenant', [app.arn], { Condition: { StringEquals: { 'kms:EncryptionContext:tenant': tenant } } }),
    )
  const key = newKey('simulate', bound('acme'))
  await openEditor(page, key)
  await page.getByRole('tab', { name: 'Simulate' }).click()
  await page.getByLabel('Principal', { exact: true }).fill(app.arn)
  await page.getByLabel('Action', { exact: true }).selectOption('kms:Decrypt')
  await page.getByLabel('Key of pair 1').fill('tenant')
  await page.getByLabel('Value of pair 1').fill('acme')
  await button(page, 'Simulate').click()
  const verdict = (of: 'Saved' | 'Draft') => page.getByRole('region', { name: of, exact: true })
  await expect(verdict('Saved')).toContainText('Allowed')
  await expect(verdict('Draft').getByRole('button', { name: 'Statement 2 “Tenant”' })).toBeVisible()
  await expect(page.locator('.cm-deciding').first()).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Pin: must stay allowed').click()
  const cases = page.getByRole('list', { name: 'Pinned cases' })
  await expect(cases).toContainText('Passes')

  await editor(page, key).fill(bound('beta'))
  await expect(cases).toContainText('Fails')
  await expectAccessible(page)
  await cases
    .getByRole('button', { name: /Decrypt tenant=acme$/ })
    .first()
    .click()
  await expect(verdict('Saved')).toContainText('Allowed')
  await expect(verdict('Draft')).toContainText('Denied')
  await page.getByLabel('Value of pair 1').fill('beta')
  await button(page, 'Simulate').click()
  await expect(verdict('Saved')).toContainText('Denied')
  await expect(verdict('Draft')).toContainText('Allowed')
  expect(said).toEqual([])
})

test('22: whoever saves second is told who was first, and both changes become one policy', {
  tag: '@long',
}, async ({ page }) => {
  const said = complaints(page)
  const [mine, theirs] = [newApp('mine'), newApp('theirs')]
  const before = use('Users', [mine.arn])
  const key = newKey('merge', policy(root(), before))
  await openEditor(page, key)
  await editor(page, key).fill(
    policy(root(), { ...before, Action: ['kms:Decrypt'] }, use('Mine', [mine.arn])),
  )
  put(key, policy(root(), { ...before, Action: ['kms:Encrypt'] }, use('Theirs', [theirs.arn])))

  await review(page)
  await expect(
    page.getByText('Policy changed to v3 while you were editing v2.', { exact: false }),
  ).toBeVisible()
  await link(page, 'Keep editing').click()
  await expect(page.getByText('Policy changed to v3 by user/admin while you were editing.')).toBeVisible()
  await button(page, 'Merge').click()
  const merge = page.getByRole('region', { name: 'Merge', exact: true })
  await expect(merge.getByText('Theirs is added, as in v3 by user/admin.')).toBeVisible()
  await merge.getByRole('button', { name: 'Use the merged policy' }).press('Enter')
  await expect(page.getByText('Choose a side for 1 more statement.')).toBeVisible()
  await page.keyboard.press('Escape')
  await merge.getByRole('radio', { name: /^Use mine/ }).check()
  await expectAccessible(page)
  await merge.getByRole('button', { name: 'Use the merged policy' }).click()
  const outline = page.getByRole('list', { name: 'Statements', exact: true })
  await expect(outline.getByRole('listitem')).toHaveCount(4)
  await settled(page)
  await review(page)
  await button(page, 'Save policy').click()
  await saved(page, 4)
  const words = page.getByRole('list', { name: 'Statements in words' })
  await expect(words.getByRole('listitem').filter({ hasText: 'Users' }).first()).toContainText('Decrypt')
  await expect(words.getByRole('listitem').filter({ hasText: 'Theirs' }).first()).toBeVisible()
  expect(said).toEqual([])
})

test('23: an earlier version is restored from the history, and the new one has its event', {
  tag: '@long',
}, async ({ page }) => {
  const said = complaints(page)
  const app = newApp('history')
  const key = newKey('history', policy(root(), use('Users', [app.arn])))
  await signIn(page, 'admin')
  await page.goto(pageOf(key, 'policy'))
  await link(page, '2 versions').click()
  await expect(heading(page, 'Policy history')).toBeVisible()
  const second = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^v2/ }) })
  await expect(second).toContainText('Statement Users added')
  await page.getByRole('tab', { name: 'Meaning' }).click()
  await expect(page.getByRole('list', { name: 'Changes in words' })).toContainText('Statement Users added')
  await expectAccessible(page)
  await link(page, 'v1').click()
  await expect(heading(page, 'Key policy v1')).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Restore v1').click()
  await expect(heading(page, 'Review changes to the key policy')).toBeVisible()
  await expect(page.getByText('Restores v1').first()).toBeVisible()
  await button(page, 'Save policy').click()
  await saved(page, 3)
  await expect(button(page, 'Restore v2')).toBeVisible()
  await page.getByRole('region', { name: 'Messages' }).getByRole('link', { name: 'View event' }).click()
  const drawer = page.getByRole('complementary', { name: 'Event' })
  await expect(drawer.getByRole('heading', { level: 2 })).toContainText('PutKeyPolicy')
  expect(said).toEqual([])
})

test('24: Tab leaves the editor; when it indents instead, Escape and Tab do', { tag: '@long' }, async ({
  page,
}) => {
  const said = complaints(page)
  const key = newKey('tabs')
  await openEditor(page, key)
  const text = await editor(page, key).innerText()
  await editor(page, key).focus()
  await page.keyboard.press('Tab')
  await expect(editor(page, key)).not.toBeFocused()
  await page.getByRole('switch', { name: 'Tab indents' }).click()
  await expect(page.getByText('Press Escape, then Tab, to leave the editor.')).toBeVisible()
  await editor(page, key).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Tab')
  await expect(editor(page, key)).toBeFocused()
  expect(await editor(page, key).innerText()).not.toBe(text)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(editor(page, key)).not.toBeFocused()
  expect(said).toEqual([])
})

test('a draft is not left without being asked, and is there again afterwards', { tag: '@long' }, async ({
  page,
}) => {
  const said = complaints(page)
  const key = newKey('draft')
  await openEditor(page, key)
  await button(page, 'Add statement').click()
  await page.getByLabel('Template').selectOption('Deny a short deletion window')
  await page.getByRole('dialog').getByRole('button', { name: 'Add statement' }).click()
  await expect(editor(page, key)).toContainText('Deny a short deletion window')
  const log = page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Audit log' })
  await log.click()
  const question = page.getByRole('dialog', { name: `Leave the draft for ${key.alias}` })
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Keep draft and leave' }).click()
  await expect(heading(page, 'Audit log')).toBeVisible()
  await page.goto(pageOf(key, 'policy/edit'))
  await expect(page.getByText('Your draft was resumed')).toBeVisible()
  await button(page, 'Discard draft').click()
  await expect(editor(page, key)).not.toContainText('Deny a short deletion window')
  expect(said).toEqual([])
})

test('carol reads a policy and simulates it; bob may only ask about himself', { tag: '@long' }, async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'carol')
  await page.goto(`${regional('carol')}/keys?q=${encodeURIComponent('alias:orders')}`)
  const keyPage = await link(page, 'alias/orders').getAttribute('href')
  const edit = new URL(`${keyPage}`.replace(/\/[a-z-]+$/, '/policy/edit'), page.url()).href
  await page.goto(edit)
  await expect(
    page.getByText('You can’t change this policy, so it is read only. Simulate works.'),
  ).toBeVisible()
  await button(page, 'Simulate').click()
  await expect(page.getByRole('region', { name: 'Saved', exact: true })).toContainText('Denied')
  await expectAccessible(page)

  await signIn(page, 'bob')
  await page.goto(edit)
  await expect(page.getByText(/^You can’t view this key’s policy/)).toBeVisible()
  await button(page, 'Simulate').click()
  await expect(page.getByRole('list', { name: 'Gates of the decision' })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})
