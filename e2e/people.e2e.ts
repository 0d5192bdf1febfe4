/** People: a second factor from its first code to a sign-in with it, several identities on one browser, sessions. */
import { createHmac } from 'node:crypto'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { accountOf, consoleUrl, expectAccessible, heading, revealed, signIn, unique } from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const item = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name })
const identity = (page: Page, name: string) => page.getByRole('button', { name: `${name}, identity menu` })
/** Opens the identity menu; a page that has only come does not answer its buttons yet. */
async function openMenu(page: Page, name: string): Promise<void> {
  await expect(async () => {
    await identity(page, name).click()
    await expect(page.getByRole('menu')).toBeVisible({ timeout: 1000 })
  }).toPass()
}
const PASSWORD = 'seven paper boats at noon'

/** RFC 6238, by other means than the engine's: from the secret as the page shows it. */
function code(secret: string, ahead = 0): string {
  const letters = [...secret.replace(/\s/g, '')]
  const bits = letters.map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const seed = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const mac = createHmac('sha1', seed).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

type Credentials = { readonly account: string; readonly user: string; readonly password: string }

async function typeCredentials(page: Page, { account, user, password }: Credentials): Promise<void> {
  await page.goto(`${consoleUrl()}/sign-in`)
  await page.getByLabel('Account').fill(account)
  await page.getByLabel('User').fill(user)
  await page.getByLabel('Password').fill(password)
  await button(page, 'Sign in').click()
}

/** An account of this story's own, so that no other story needs a code; its administrator has chosen a password. */
async function ownAccount(browser: Browser, page: Page): Promise<Credentials> {
  const maker = await (await browser.newContext()).newPage()
  await signIn(maker, 'admin')
  await maker.goto(`${consoleUrl()}/${accountOf('admin')}/identities/accounts`)
  await expect(heading(maker, 'Accounts')).toBeVisible()
  await expectAccessible(maker)
  await button(maker, 'Create account').click()
  const dialog = maker.getByRole('dialog')
  const alias = unique('people')
  await dialog.getByLabel('Alias').fill(alias)
  await dialog.getByLabel('First administrator').fill('dora')
  await button(maker, 'Create account').last().click()
  await expect(maker.getByRole('dialog', { name: 'Account created' })).toBeVisible()
  const first = await revealed(maker, 'password')
  await maker.context().close()

  await typeCredentials(page, { account: alias, user: 'dora', password: first })
  await expect(heading(page, 'Choose a new password')).toBeVisible()
  await page.getByLabel('Present password').fill(first)
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('New password again').fill(PASSWORD)
  await button(page, 'Change password').click()
  await expect(identity(page, 'dora')).toBeVisible()
  return { account: alias, user: 'dora', password: PASSWORD }
}

/** Sets up a second factor on the page of one's sign-in; gives its secret and the first recovery code. */
async function enrol(page: Page): Promise<{ secret: string; recovery: string }> {
  await openMenu(page, 'dora')
  await item(page, 'Your sign-in and sessions').click()
  await expect(heading(page, 'Your sign-in')).toBeVisible()
  await button(page, 'Set up a second factor').click()
  await expect(page.getByRole('img', { name: 'QR code of the secret' })).toBeVisible()
  await expectAccessible(page)
  const secret =
    (await page
      .locator('code')
      .filter({ hasText: /^(?:[A-Z2-7]{4} ?){8}$/ })
      .textContent()) ?? ''
  await page.getByLabel('First code').fill(code(secret, -1))
  await page.getByLabel('Second code').fill(code(secret))
  await button(page, 'Enable second factor').click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  await expectAccessible(page)
  const recovery = (await codes.first().textContent()) ?? ''
  await button(page, 'I saved them').click()
  await expect(page.getByText('10 recovery codes left.')).toBeVisible()
  return { secret, recovery }
}

test('a person sets up a second factor, signs in with it, and looks at the same page as somebody else', {
  tag: '@long',
}, async ({ page, browser }) => {
  test.slow()
  const dora = await ownAccount(browser, page)
  const { secret, recovery } = await enrol(page)
  await openMenu(page, 'dora')
  await item(page, 'Sign out').click()
  await expect(page).toHaveURL(/sign-in/)

  await typeCredentials(page, dora)
  await page.getByLabel('Code').fill('000000')
  await button(page, 'Sign in').click()
  await expect(page.getByText('The code isn’t right, or it was used already.')).toBeVisible()
  await expectAccessible(page)
  // The step of now was spent by setting up; the next one is within the window.
  await page.getByLabel('Code').fill(code(secret, 1))
  await button(page, 'Sign in').click()
  await expect(identity(page, 'dora')).toBeVisible()

  await signIn(page, 'bob')
  await expect(identity(page, 'bob')).toBeVisible()
  const address = page.url()
  await openMenu(page, 'bob')
  await expectAccessible(page)
  await item(page, /^dora/).click()
  await expect(identity(page, 'dora')).toBeVisible()
  expect(page.url()).toBe(address)

  const elsewhere = await (await browser.newContext()).newPage()
  await typeCredentials(elsewhere, dora)
  await elsewhere.getByLabel('Code').fill(recovery)
  await button(elsewhere, 'Sign in').click()
  await expect(identity(elsewhere, 'dora')).toBeVisible()

  await page.goto(`${consoleUrl()}/settings/security`)
  await expect(page.getByText('9 recovery codes left.')).toBeVisible()
  await button(page, 'End all others').click()
  await expect(page.getByText('Your other sessions have ended.').first()).toBeVisible()
  await elsewhere.goto(`${consoleUrl()}/settings/security`)
  await expect(elsewhere).toHaveURL(/sign-in/)
  await elsewhere.context().close()
})
