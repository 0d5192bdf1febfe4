/** Who is who in the stories, and the few moves that every story makes. */
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { type ConsoleMessage, expect, type Page } from '@playwright/test'

export type State = {
  readonly account: string
  readonly region: string
  readonly password: string
  readonly accessKey: { readonly id: string; readonly secret: string }
  readonly sample: { readonly account: string; readonly passwords: Record<'alice' | 'bob' | 'carol', string> }
}

const named = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the stories with npm test`)
  return value
}

export const consoleUrl = () => named('E2E_CONSOLE')
export const endpoint = () => named('E2E_ENDPOINT')
export const setupLink = () => named('E2E_SETUP_LINK')
export const statePath = () => named('E2E_STATE')

/** What the first run made. */
export const state = (): State => JSON.parse(readFileSync(statePath(), 'utf8'))

export type PersonName = 'admin' | 'alice' | 'bob' | 'carol'

function credentials(name: PersonName) {
  const { account, password, sample } = state()
  if (name === 'admin') return { account, password }
  return { account: sample.account, password: sample.passwords[name] }
}

/** The first path segment of a person's pages. */
export const accountOf = (name: PersonName) => credentials(name).account
export const regional = (name: PersonName) => `${consoleUrl()}/${accountOf(name)}/${state().region}`

export async function signIn(page: Page, name: PersonName): Promise<void> {
  const { account, password } = credentials(name)
  await page.goto(`${consoleUrl()}/sign-in`)
  await page.getByLabel('Account').fill(account)
  await page.getByLabel('User').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

/** A name that no other story uses. */
export const unique = (name: string) => `${name}-${Date.now().toString(36)}`

export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' })

/** A secret of the page, which shows it only when asked. */
export async function revealed(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: `Reveal ${name}` }).click()
  const shown = page
    .getByRole('button', { name: `Hide ${name}` })
    .locator('..')
    .locator('code')
  return (await shown.textContent()) ?? ''
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** No accessibility violation on the page as it is (console.md §4.1): by every rule, or by those named. */
export async function expectAccessible(page: Page, rules?: readonly string[]): Promise<void> {
  // What lies half under the bar that stays on top would count as too small to hit.
  await page.evaluate(() => scrollTo(0, 0))
  // A page that is being refreshed is without its title for a moment; what is really wrong is wrong the next time, too.
  await expect.poll(() => violationsOf(page, rules)).toEqual([])
}

async function violationsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules ? axe.withRules([...rules]) : axe.withTags(TAGS)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

// A read that the engine refuses is an answer, which the page draws; the browser counts it as a failed load.
const refusedRead = (message: ConsoleMessage) =>
  /status of 403/.test(message.text()) &&
  /^\/api\/(?:engine|policy)\//.test(new URL(message.location().url).pathname)

/** Collects what the browser complains of; a story ends by expecting none. */
export function complaints(page: Page): string[] {
  const said: string[] = []
  page.on('pageerror', (error) => said.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !refusedRead(message))
      said.push(`${message.text()} (${message.location().url})`)
  })
  return said
}
