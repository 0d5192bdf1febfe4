/** Every page, light and dark: no accessibility violation, no complaint, and no sideways scrolling on the smallest phone. */
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import {
  accountOf,
  complaints,
  consoleUrl,
  expectAccessible,
  heading,
  type PersonName,
  regional,
  signIn,
  state,
} from './world.ts'

const NO_KEY = '00000000-0000-4000-8000-000000000000'

// A theme is nothing but colours.
const COLOURS = ['color-contrast', 'link-in-text-block']

type Visit = readonly [sentence: string, path: (place: Place) => string, title: string | RegExp]
/** Addresses of the sample account, as one of its people sees them. */
type Place = {
  readonly account: string
  readonly regional: string
  readonly key: string
  readonly event: string
}

const REGION = () => state().region

const ALICE: readonly Visit[] = [
  ['the keys', ({ regional }) => `${regional}/keys`, 'Customer keys'],
  [
    'keys by a filter',
    ({ regional }) => `${regional}/keys?q=tag:team%3Dshop&sort=-lastUsed`,
    'Customer keys',
  ],
  ['a filter that no key matches', ({ regional }) => `${regional}/keys?q=alias:nowhere`, 'Customer keys'],
  ['a Region without keys', ({ account }) => `/${account}/us-east-1/keys`, 'Customer keys'],
  ['the wizard: configure', ({ regional }) => `${regional}/keys/new/configure`, 'Configure key'],
  ['the wizard: labels', ({ regional }) => `${regional}/keys/new/labels`, 'Add labels'],
  ['who can do what with a key', ({ key }) => `${key}/access`, 'alias/orders'],
  ['the access explorer', ({ account }) => `/${account}/access`, 'Access explorer'],
  ['a key’s policy', ({ key }) => `${key}/policy`, 'alias/orders'],
  ['a key’s policy, being edited', ({ key }) => `${key}/policy/edit`, 'Edit the key policy'],
  ['a key’s material', ({ key }) => `${key}/material`, 'alias/orders'],
  ['a key’s aliases', ({ key }) => `${key}/aliases`, 'alias/orders'],
  ['a key’s grants', ({ key }) => `${key}/grants`, 'alias/orders'],
  ['a grant, being created', ({ key }) => `${key}/grants/new`, 'Create a grant on alias/orders'],
  ['the grants', ({ regional }) => `${regional}/grants`, 'Grants'],
  ['a filter that no grant matches', ({ regional }) => `${regional}/grants?q=name:nowhere`, 'Grants'],
  ['a key’s tags', ({ key }) => `${key}/tags`, 'alias/orders'],
  ['a key’s configuration', ({ key }) => `${key}/config`, 'alias/orders'],
  ['a key’s activity', ({ key }) => `${key}/activity`, 'alias/orders'],
  ['a deletion', ({ key }) => `${key}/delete`, /^Schedule deletion of/],
  ['the aliases', ({ regional }) => `${regional}/aliases`, 'Aliases'],
  ['the keys of AWS services', ({ regional }) => `${regional}/keys/managed`, 'AWS managed keys'],
  ['the use of keys', ({ regional }) => `${regional}/key-use`, 'Key use'],
  ['the multi-Region keys', ({ regional }) => `${regional}/multi-region`, 'Multi-Region keys'],
  ['a key that does not exist', ({ regional }) => `${regional}/keys/${NO_KEY}`, /./],
  ['a key’s ID that no Region has', () => `/k/${NO_KEY}`, 'Key'],
  ['an ARN of another account', () => `/arn/arn:aws:kms:eu-west-1:444455556666:key/${NO_KEY}`, 'ARN'],
  ['the audit log', ({ account }) => `/${account}/audit`, 'Audit log'],
  ['the integrity of the log', ({ account }) => `/${account}/audit/integrity`, 'Log integrity'],
  ['an event', ({ account, event }) => `/${account}/audit?event=${event}`, 'Audit log'],
  ['a filter that no event matches', ({ account }) => `/${account}/audit?q=event:Sign`, 'Audit log'],
  ['a filter that can’t be read', ({ account }) => `/${account}/audit?q=nonsense:yes`, 'Audit log'],
  ['encrypting', ({ regional }) => `${regional}/playground/encrypt`, 'Playground'],
  ['decrypting', ({ regional }) => `${regional}/playground/decrypt`, 'Playground'],
  ['connecting', () => '/connect', 'Connect an app'],
  ['the glossary', () => '/help', 'Help'],
  ['a search of the glossary', () => '/help?q=grant', 'Help'],
  ['then and now', () => '/help/then-and-now', 'Help'],
  ['AWS owned keys', () => '/help/aws-owned-keys', 'Help'],
  ['a Region that is not there', ({ account }) => `/${account}/mars-north-1/keys`, /./],
  ['another account', () => `/999999999999/${REGION()}/keys`, /./],
]

const BOB: readonly Visit[] = [
  ['his own row of a key’s matrix', ({ key }) => `${key}/access`, /./],
  ['a policy that he may not read', ({ key }) => `${key}/policy`, /./],
  ['a policy that he may not edit', ({ key }) => `${key}/policy/edit`, /./],
  ['rotations that he may not list', ({ key }) => `${key}/material`, /./],
  ['grants that he may not list', ({ key }) => `${key}/grants`, /./],
  ['an account’s grants that he may not list', ({ regional }) => `${regional}/grants`, 'Grants'],
  ['an activity that he may not see', ({ key }) => `${key}/activity`, /./],
  ['a log that he may not read', ({ account }) => `/${account}/audit`, 'Audit log'],
  ['its integrity, which he may not see', ({ account }) => `/${account}/audit/integrity`, 'Log integrity'],
]

/** Nothing but tables, code and the like scrolls sideways (console.md 1.4.10). */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 })
  const widths = () =>
    page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  await expect.poll(async () => (await widths())[0]).toBeLessThanOrEqual(320)
}

/** A page as it is by day, what night changes of it, and on a phone. */
async function look(page: Page, title: string | RegExp): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await expect(heading(page, title)).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expectAccessible(page, COLOURS)
  await expectNoSidewaysScroll(page)
}

function pagesOf(person: PersonName, visits: readonly Visit[]) {
  test.describe(`as ${person}`, () => {
    let context: BrowserContext
    let place: Place

    test.beforeAll(async ({ browser }) => {
      context = await browser.newContext()
      const page = await context.newPage()
      await signIn(page, person)
      await page.goto(`${regional(person)}/keys?q=alias:orders`)
      const key = await page.getByRole('link', { name: 'alias/orders', exact: true }).getAttribute('href')
      place = {
        account: accountOf(person),
        regional: new URL(regional(person)).pathname,
        key: key?.replace(/\/access$/, '') ?? '',
        event: '',
      }
      if (person === 'alice') {
        await page.goto(`${consoleUrl()}/${place.account}/audit?q=outcome:denied`)
        const event = await page.getByRole('row').getByRole('link').first().getAttribute('data-event')
        place = { ...place, event: event ?? '' }
      }
      await page.close()
    })
    test.afterAll(() => context.close())

    for (const [sentence, path, title] of visits) {
      test(sentence, async () => {
        const page = await context.newPage()
        const said = complaints(page)
        await page.setViewportSize({ width: 1440, height: 900 })
        await page.goto(consoleUrl() + path(place))
        await look(page, title)
        expect(said).toEqual([])
        await page.close()
      })
    }
  })
}

pagesOf('alice', ALICE)
pagesOf('bob', BOB)

test('signing in', async ({ page }) => {
  const said = complaints(page)
  await page.goto(`${consoleUrl()}/sign-in`)
  await look(page, /./)
  expect(said).toEqual([])
})

test('an address that is not there', async ({ page }) => {
  await page.goto(`${consoleUrl()}/nowhere/at/all`)
  await look(page, /./)
})

test('the chosen theme stays over a reload', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await signIn(page, 'carol')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await page.getByRole('button', { name: 'carol, identity menu' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(background).not.toBe(light)
  const dark = await background()
  await expectAccessible(page)
  await page.reload()
  await expect.poll(background).toBe(dark)
})

/** Presses Tab until a link has focus, as someone without a mouse does. */
async function tabTo(page: Page, link: Locator): Promise<void> {
  await link.waitFor()
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(link).toBeFocused({ timeout: 1 })
  }).toPass({ intervals: [0] })
}

test('someone without a mouse signs in, opens a key, reads an event and comes back to where they were', async ({
  page,
}) => {
  const said = complaints(page)
  const { sample } = state()
  const link = (name: string) => page.getByRole('link', { name, exact: true })
  await page.goto(`${consoleUrl()}/sign-in`)
  await expect(page.getByLabel('Account')).toBeFocused()
  for (const word of [sample.account, 'carol', sample.passwords.carol]) {
    await page.keyboard.type(word)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Customer keys')).toBeVisible()
  await tabTo(page, link('alias/orders'))
  await page.keyboard.press('Enter')
  await expect(heading(page, 'alias/orders')).toBeFocused()
  await tabTo(page, link('Audit log'))
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Audit log')).toBeFocused()

  const event = page.getByRole('row').getByRole('link').first()
  await tabTo(page, event)
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('complementary', { name: 'Event' })
  await expect(drawer.getByRole('heading', { level: 2 })).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(event).toBeFocused()
  expect(said).toEqual([])
})
