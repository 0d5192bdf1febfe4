/** The lab about separation of duties, with three identities on one browser; and what the wizard and the overview say. */
import { expect, type Page, test } from '@playwright/test'
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

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Goes on to a step of the wizard, which is there when its heading is. */
async function next(page: Page, title: string): Promise<void> {
  await button(page, 'Next').click()
  await expect(heading(page, title)).toBeVisible()
}

/** From the first step to the choice of administrators. */
async function named(page: Page, alias: string): Promise<void> {
  await expect(heading(page, 'Configure key')).toBeVisible()
  await next(page, 'Add labels')
  await page.getByLabel('Alias').fill(alias)
  await next(page, 'Key administrators')
}

const choose = (page: Page, name: string) => page.getByRole('checkbox', { name: `Choose ${name}` }).check()

/** A step of the lab, by its title. */
const step = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title })

test('6: one person as administrator and user is told, and blocked where the installation requires it', {
  tag: '@long',
}, async ({ page }) => {
  const said = complaints(page)
  const create = () => button(page, 'Create key')
  async function both() {
    await page.goto(`${regional('alice')}/keys/new/configure`)
    await named(page, unique('both'))
    await choose(page, 'alice')
    await next(page, 'Key users')
    await choose(page, 'alice')
    await expect(page.getByText('alice would manage and use this key. (SOD-01)').first()).toBeVisible()
  }
  const requireSeparation = async (on: boolean) => {
    await signIn(page, 'admin')
    await page.goto(`${consoleUrl()}/settings/security`)
    await button(page, `Turn ${on ? 'on' : 'off'}: Require separation of duties`).click()
    await expect(
      page.getByText(`Require separation of duties is ${on ? 'on' : 'off'}.`).first(),
    ).toBeVisible()
  }
  await signIn(page, 'alice')
  await both()
  await expectAccessible(page)
  await button(page, 'Skip to review').click()
  await expect(heading(page, 'Review')).toBeVisible()
  await expect(page.getByText(/user\/alice would manage and use this key/).first()).toBeVisible()
  await expect(create()).not.toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page)

  await requireSeparation(true)
  try {
    await signIn(page, 'alice')
    await page.goto(`${regional('alice')}/keys/new/users`)
    await expect(
      page.getByText('This installation requires separation of duties', { exact: false }),
    ).toBeVisible()
    await page.goto(`${regional('alice')}/keys/new/review`)
    await expect(create()).toHaveAttribute('aria-disabled', 'true')
    await expect(page.getByText('alice would manage and use this key. (SOD-01)').first()).toBeVisible()
    await expectAccessible(page)
  } finally {
    await requireSeparation(false)
  }
  expect(said).toEqual([])
})

test('7: another account is let in by a statement, with a warning and what the other account must do', async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'alice')
  await page.goto(`${regional('alice')}/keys/new/configure`)
  await named(page, unique('outside'))
  await choose(page, 'alice')
  await next(page, 'Key users')
  await page.getByLabel('Account ID').fill('444455556666')
  await button(page, 'Add account').click()
  await expect(
    page.getByText('Access for another account also needs an identity policy in that account.').first(),
  ).toBeVisible()
  await next(page, 'Edit key policy')
  await expect(page.getByRole('textbox', { name: 'Key policy' })).toContainText(
    'arn:aws:iam::444455556666:root',
  )
  await expect(page.getByRole('region', { name: 'Checks' })).toContainText('444455556666')
  await next(page, 'Review')
  await expect(page.getByRole('row').filter({ hasText: '444455556666' }).first()).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('27, 29: the lab, with alice, bob and carol on one browser, until the overlap is seen', async ({
  page,
}) => {
  const said = complaints(page)
  const lab = `${consoleUrl()}/labs/separation`
  await signIn(page, 'admin')
  await page.goto(`${consoleUrl()}/labs`)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Separation of duties', exact: true }).click()
  await expect(heading(page, 'Separation of duties')).toBeVisible()
  await button(page, 'Sign in alice, bob and carol').click()
  await expect(button(page, 'Act as carol')).toBeEnabled()
  await expect(button(page, 'Sign in alice, bob and carol')).toBeHidden()
  await button(page, 'Start the lab').click()
  const first = step(page, 'Create the key')
  const alias = (await first.locator('code').first().textContent()) ?? ''
  await expectAccessible(page)

  // 1: alice makes the key; the bar under the page follows.
  await button(page, 'Act as alice and go there').click()
  await named(page, alias)
  await choose(page, 'alice')
  await next(page, 'Key users')
  await choose(page, 'bob')
  await button(page, 'Skip to review').click()
  await expect(page.getByText('Both: none.')).toBeVisible()
  await button(page, 'Create key').click()
  await expect(heading(page, 'Key created')).toBeVisible()
  const bar = page.getByRole('region', { name: 'Lab' })
  await expect(bar).toContainText('Step 1 is done.')

  // 2, 3: the same request as each.
  await bar.getByRole('link', { name: 'Go there' }).click()
  await page.getByLabel('Data', { exact: true }).fill('order 42')
  await button(page, 'Encrypt').click()
  await expect(page.getByRole('alert').filter({ hasText: 'Encrypt was denied.' })).toBeVisible()
  await expect(bar).toContainText('Step 2 is done.')
  await button(page, 'Act as bob and go there').click()
  await expect(page.getByRole('button', { name: 'bob, identity menu' })).toBeVisible()
  await page.getByLabel('Data', { exact: true }).fill('order 42')
  await button(page, 'Encrypt').click()
  await button(page, 'Send to Decrypt').click()
  await button(page, 'Decrypt').click()
  await expect(page.getByRole('region', { name: 'Plaintext' })).toHaveText('order 42')
  await expect(bar).toContainText('Step 3 is done.')

  // 27: both at once.
  await page.getByLabel('On the left').selectOption({ label: 'alice · sample' })
  await page.getByLabel('On the right').selectOption({ label: 'bob · sample' })
  await button(page, 'Run as both').click()
  await expect(page.getByRole('region', { name: 'As alice' })).toContainText('Decrypt was denied.')
  await expect(
    page.getByRole('region', { name: 'As bob' }).getByRole('region', { name: 'Plaintext' }),
  ).toHaveText('order 42')
  await page.getByRole('region', { name: 'As alice' }).getByText('How it was decided').click()
  await expect(page.getByRole('list', { name: 'Gates of the decision' })).toBeVisible()
  await expectAccessible(page)

  await page.goto(lab)
  await expect(step(page, 'Side by side')).toContainText('Done')
  await expect(step(page, 'Try to switch it off')).toContainText('Next')

  // 29: alice lets herself use the key, and everybody can see it.
  await step(page, 'Cross the line').locator('summary').click()
  await step(page, 'Cross the line').getByRole('button', { name: 'Act as alice and go there' }).click()
  await expect(heading(page, 'Edit the key policy')).toBeVisible()
  const key = new URL(page.url()).pathname.split('/')[4] ?? ''
  await page.goto(`${regional('alice')}/keys/${key}/policy`)
  await button(page, 'Add principal to Allow use of the key').click()
  await page.getByLabel('Principal to add, by ARN').fill(`arn:aws:iam::${accountOf('alice')}:user/alice`)
  await button(page, 'Add').click()
  await expect(heading(page, 'Review changes to the key policy')).toBeVisible()
  await expect(page.getByText('SOD-01', { exact: false }).first()).toBeVisible()
  for (const tick of await page.getByRole('main').getByRole('checkbox').all()) await tick.check()
  await button(page, 'Save policy').click()
  await expect(page.getByText('Policy v2 saved.').first()).toBeVisible()
  await page.goto(`${consoleUrl()}/${accountOf('alice')}/${state().region}`)
  await expect(heading(page, 'Overview')).toBeVisible()
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: `alias/${alias}` })
      .filter({ hasText: 'manages and uses it' }),
  ).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${regional('alice')}/keys/${key}/access`)
  await expect(page.getByRole('table', { name: /^Who can do what with/ })).toContainText('Both')
  await page.goto(lab)
  await expect(step(page, 'Cross the line')).toContainText('Done')
  await expectAccessible(page)

  await button(page, 'Reset the lab').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset the lab' }).click()
  await expect(
    page.getByText('The lab starts over under a new alias.', { exact: false }).first(),
  ).toBeVisible()
  await expect(page.getByText('0 of 10 done')).toBeVisible()
  expect(said).toEqual([])
})
