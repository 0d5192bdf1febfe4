/**
 * The pictures of the README. Nothing in them is drawn for the occasion: an installation is set up, its people work
 * with some keys, and the pages are what they then see.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { consoleKeyPolicy } from '#lib/domain/default-policy.ts'
import { launchOptions, VIEWPORT } from './browser.ts'
import { keyhouse } from './command-line.ts'
import { setUp } from './first-run.ts'
import startInstallation from './installation.ts'
import { accountOf, consoleUrl, type PersonName, regional, revealed, signIn, state } from './world.ts'

const FOLDER = resolve(import.meta.dirname, '..', 'docs', 'screenshots')

type Key = {
  readonly name: string
  readonly description: string
  readonly team: string
  readonly after?: readonly string[]
  readonly region?: string
}

const KEYS: readonly Key[] = [
  { name: 'payments', description: 'Card tokens', team: 'pay', after: ['enable-key-rotation'] },
  { name: 'payouts', description: 'Bank details of sellers', team: 'pay', after: ['enable-key-rotation'] },
  { name: 'customers', description: 'Names and addresses', team: 'shop', after: ['enable-key-rotation'] },
  { name: 'sessions', description: 'Session tickets', team: 'platform' },
  { name: 'webhooks', description: 'Secrets of webhooks', team: 'platform' },
  { name: 'search/index', description: 'Search index at rest', team: 'platform' },
  { name: 'reports/2025', description: 'Closed reports', team: 'finance', after: ['disable-key'] },
  { name: 'mail/archive', description: 'Archived mail', team: 'support', after: ['enable-key-rotation'] },
  { name: 'uploads', description: 'Pictures of customers', team: 'shop' },
  { name: 'customers', description: 'Names and addresses, America', team: 'shop', region: 'us-east-1' },
  { name: 'uploads', description: 'Pictures of customers, America', team: 'shop', region: 'us-east-1' },
]
const SECOND_NAMES = { 'alias/vouchers': 'alias/customers', 'alias/tokens': 'alias/payments' }
const USED = ['payments', 'customers', 'sessions', 'webhooks', 'payouts', 'uploads', 'payments']

type AccessKey = { readonly id: string; readonly secret: string }

async function asPerson<T>(
  browser: Browser,
  person: PersonName,
  dark: boolean,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await signIn(page, person)
  const seen = await look(page)
  await context.close()
  return seen
}

/** An access key that a person makes for themselves on Connect. */
const newAccessKey = (browser: Browser, person: PersonName): Promise<AccessKey> =>
  asPerson(browser, person, false, async (page) => {
    await page.goto(`${consoleUrl()}/connect`)
    await page.getByRole('button', { name: 'Create access key' }).click()
    const id =
      (await page
        .getByText(/^AKIA[A-Z0-9]{16}$/)
        .first()
        .textContent()) ?? ''
    return { id, secret: await revealed(page, 'secret access key') }
  })

type Answer = { readonly KeyMetadata?: { readonly KeyId: string }; readonly CiphertextBlob?: string }

function call(accessKey: AccessKey, ...words: string[]): Answer {
  const { status, stdout, stderr } = keyhouse(['kms', ...words], { accessKey })
  if (status !== 0) throw new Error(`${words[0]}: ${stderr}`)
  return stdout.trim() === '' ? {} : JSON.parse(stdout)
}

/** alice makes the keys, bob uses some of them. */
function work(alice: AccessKey, bob: AccessKey): void {
  const account = accountOf('alice')
  const user = (name: string) => `arn:aws:iam::${account}:user/${name}`
  const policy = consoleKeyPolicy({
    partition: 'aws',
    account,
    administrators: [user('alice')],
    users: [user('bob')],
    accounts: [],
    allowDeletion: true,
    grants: true,
  })
  for (const { name, description, team, after = [], region = state().region } of KEYS) {
    const there = ['--region', region]
    const made = call(
      alice,
      'create-key',
      ...there,
      ...['--description', description, '--policy', policy, '--tags', `TagKey=team,TagValue=${team}`],
    )
    const keyId = made.KeyMetadata?.KeyId ?? ''
    call(alice, 'create-alias', ...there, '--alias-name', `alias/${name}`, '--target-key-id', keyId)
    for (const operation of after) call(alice, operation, ...there, '--key-id', keyId)
  }
  for (const [second, name] of Object.entries(SECOND_NAMES)) {
    const described = call(alice, 'describe-key', '--key-id', name)
    call(alice, 'create-alias', '--alias-name', second, '--target-key-id', described.KeyMetadata?.KeyId ?? '')
  }
  for (const name of USED)
    call(
      bob,
      'generate-data-key',
      ...['--key-id', `alias/${name}`, '--key-spec', 'AES_256', '--encryption-context', 'tenant=acme'],
    )
  refusals(alice, bob)
}

/** The separation at work: neither can do what is the other's, and a ciphertext opens only in its context. */
function refusals(alice: AccessKey, bob: AccessKey): void {
  const { KeyMetadata } = call(bob, 'describe-key', '--key-id', 'alias/payments')
  const keyId = KeyMetadata?.KeyId ?? ''
  const text = Buffer.from('4111 1111').toString('base64')
  keyhouse(['kms', 'encrypt', '--key-id', keyId, '--plaintext', text], { accessKey: alice })
  keyhouse(['kms', 'disable-key', '--key-id', keyId], { accessKey: bob })
  const context = (tenant: string) => ['--encryption-context', `tenant=${tenant}`]
  const { CiphertextBlob } = call(bob, 'encrypt', '--key-id', keyId, '--plaintext', text, ...context('acme'))
  keyhouse(['kms', 'decrypt', '--ciphertext-blob', CiphertextBlob ?? '', ...context('beta')], {
    accessKey: bob,
  })
  call(bob, 'decrypt', '--ciphertext-blob', CiphertextBlob ?? '', ...context('acme'))
}

/** Waits until nothing is loading any more, moves the pointer away, and keeps what is on screen. */
async function picture(page: Page, name: string): Promise<void> {
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready)
  await page.mouse.move(VIEWPORT.width - 1, VIEWPORT.height - 1)
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' })
  process.stdout.write(`docs/screenshots/${name}.png\n`)
}

const keys = (name: string) => async (page: Page) => {
  await page.goto(`${regional('alice')}/keys`)
  await page.getByText(/^\d+ in eu-west-1 · \d+ more in us-east-1$/).waitFor()
  await picture(page, name)
}

/** The log as the auditor reads it, with alice's refused Encrypt opened. */
async function auditLog(page: Page): Promise<void> {
  await page.goto(`${consoleUrl()}/${accountOf('carol')}/audit?q=${encodeURIComponent('class:crypto,admin')}`)
  await page
    .getByRole('row')
    .filter({ hasText: 'Denied' })
    .filter({ hasText: 'user/alice' })
    .getByRole('link', { name: 'Encrypt', exact: true })
    .click()
  await page.getByText(/^Recorded at the time/).waitFor()
  await picture(page, 'audit-light')
}

async function wizard(page: Page): Promise<void> {
  const next = () => page.getByRole('button', { name: 'Next' }).click()
  await page.goto(`${regional('alice')}/keys/new/configure`)
  await next()
  await page.getByLabel('Alias').fill('loyalty')
  await page.getByLabel('Description').fill('Points and vouchers of customers')
  await next()
  await page.getByRole('checkbox', { name: 'Choose alice' }).check()
  await next()
  await page.getByRole('checkbox', { name: 'Choose bob' }).check()
  await picture(page, 'wizard-light')
}

async function policy(page: Page): Promise<void> {
  await page.goto(`${regional('alice')}/keys`)
  await page.getByRole('link', { name: 'alias/orders', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'alias/orders' }).waitFor()
  await page.getByRole('link', { name: 'Key policy', exact: true }).click()
  await page.getByRole('list', { name: 'Statements in words' }).waitFor()
  await picture(page, 'policy-dark')
}

/** Who can do what on a key, as its administrator reads it. */
async function access(page: Page): Promise<void> {
  await page.goto(`${regional('alice')}/keys`)
  await page.getByRole('link', { name: 'alias/orders', exact: true }).click()
  await page.getByRole('table').getByText('alice', { exact: false }).first().waitFor()
  await picture(page, 'access-light')
}

async function lab(page: Page): Promise<void> {
  await page.goto(`${consoleUrl()}/labs/separation`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await picture(page, 'lab-dark')
}

mkdirSync(FOLDER, { recursive: true })
const stop = await startInstallation()
try {
  const browser = await chromium.launch(launchOptions)
  const page = await browser.newPage({ viewport: VIEWPORT })
  await setUp(page)
  work(await newAccessKey(browser, 'alice'), await newAccessKey(browser, 'bob'))
  await asPerson(browser, 'alice', false, keys('keys-light'))
  await asPerson(browser, 'alice', true, keys('keys-dark'))
  await asPerson(browser, 'carol', false, auditLog)
  await asPerson(browser, 'alice', false, wizard)
  await asPerson(browser, 'alice', true, policy)
  await asPerson(browser, 'alice', false, access)
  await asPerson(browser, 'alice', true, lab)
  await browser.close()
} finally {
  await stop()
}
