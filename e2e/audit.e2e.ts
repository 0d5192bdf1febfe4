/** The audit log: a search of three terms, bars that hold exactly what they say, a live tail that waits, and a file. */
import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { keyhouse, type Said } from './command-line.ts'
import { accountOf, complaints, consoleUrl, expectAccessible, heading, signIn, unique } from './world.ts'

const ALIAS = `alias/${unique('audited')}`
/** A name that a spreadsheet would run. */
const FORMULA = `=${unique('cmd')}`

const rows = (page: Page) => page.getByRole('rowheader')
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

function did(words: readonly string[]): Said {
  const said = keyhouse(words)
  if (said.status !== 0) throw new Error(`${words.join(' ')}: ${said.stderr}`)
  return said
}

const encrypt = (tenant: string) =>
  keyhouse([
    'kms',
    'encrypt',
    '--key-id',
    ALIAS,
    '--plaintext',
    'eA==',
    '--encryption-context',
    `tenant=${tenant}`,
  ])

/** A key that refuses one tenant, used for two. */
function usedKey(): void {
  const account = accountOf('admin')
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Root',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'NotAcme',
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:Encrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
      },
    ],
  })
  const made = JSON.parse(did(['kms', 'create-key', '--policy', Policy]).stdout) as {
    KeyMetadata: { KeyId: string }
  }
  did(['kms', 'create-alias', '--alias-name', ALIAS, '--target-key-id', made.KeyMetadata.KeyId])
  for (const tenant of ['acme', 'beta', 'acme']) encrypt(tenant)
}

async function openLog(page: Page, query: Record<string, string>): Promise<void> {
  await page.goto(`${consoleUrl()}/${accountOf('admin')}/audit?${new URLSearchParams(query)}`)
  await expect(heading(page, 'Audit log')).toBeVisible()
}

/** The first bar of the histogram that holds something: its place, of how many, and what it says. */
async function barWithEvents(page: Page) {
  await button(page, 'View as table').click()
  const lines = page
    .getByRole('dialog')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
  const totals = (await lines.getByRole('cell').last().count()) === 0 ? [] : await lines.allInnerTexts()
  const counts = totals.map((line) => Number(line.trim().split(/\s+/).at(-1)?.replace(/\D/g, '')))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const at = counts.findIndex((count) => count > 0)
  return { at, of: counts.length, events: counts[at] ?? 0 }
}

test.beforeAll(usedKey)

test('a refusal is found by its key and its encryption context', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await openLog(page, { last: '24h', q: '' })
  const filter = page.getByRole('combobox', { name: 'Filter events' })
  await filter.fill(`outcome:denied key:${ALIAS} ctx.tenant:acme`)
  await filter.press('Enter')
  await expect(page.getByRole('search').getByText('2 events')).toBeVisible()
  await expect(rows(page)).toHaveText(['Encrypt', 'Encrypt'])

  // A facet leaves out what another one asked for.
  await page.getByRole('search').getByRole('button', { name: 'Remove outcome:denied' }).click()
  await button(page, 'Outcome Denied: actions').click()
  await page.getByRole('menuitem', { name: 'Leave such events out' }).click()
  await expect(page.getByText(/^No events between/)).toBeVisible()
  // Of the terms, the one without which there are most.
  await page.getByRole('button', { name: 'Remove -outcome:denied', exact: true }).click()
  await expect(rows(page)).toHaveCount(2)
  await expectAccessible(page)

  // Two of them beside each other differ in nothing but when.
  await rows(page).getByRole('link').first().click()
  await button(page, 'Add to compare').click()
  await button(page, 'Event below').click()
  await button(page, 'Add to compare').click()
  await button(page, 'Compare').click()
  const compared = page.getByRole('dialog', { name: 'Compare events' })
  await expect(compared.getByRole('rowheader', { name: 'Request ID' })).toBeVisible()
  await expect(compared.getByRole('rowheader', { name: 'Principal' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  expect(said).toEqual([])
})

test('a bar holds exactly what it says, by pointer and by keyboard', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await openLog(page, { last: '15m', q: `key:${ALIAS}` })
  await expect(rows(page).first()).toBeVisible()
  const everything = await rows(page).count()

  const bar = await barWithEvents(page)
  expect(bar.events).toBeGreaterThan(0)
  const drawing = page.getByRole('region', { name: 'Events over time' }).locator('svg').first()
  const box = await drawing.boundingBox()
  if (!box) throw new Error('The histogram is not drawn')
  await drawing.click({ position: { x: ((bar.at + 0.5) / bar.of) * box.width, y: box.height - 4 } })
  await expect(page).toHaveURL(/from=/)
  await expect(
    page.getByRole('search').getByText(bar.events === 1 ? '1 event' : `${bar.events} events`),
  ).toBeVisible()
  await expect(rows(page)).toHaveCount(bar.events)
  await button(page, 'Zoom out').click()
  await expect(rows(page)).toHaveCount(everything)

  const again = await barWithEvents(page)
  const from = page.getByRole('slider', { name: 'From' })
  const to = page.getByRole('slider', { name: 'To' })
  await from.focus()
  for (let step = 0; step < again.at; step++) await page.keyboard.press('ArrowRight')
  await to.focus()
  for (let step = again.of; step > again.at + 1; step--) await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(rows(page)).toHaveCount(again.events)
  // Earlier than the key there is nothing of it.
  await heading(page, 'Audit log').focus()
  await page.keyboard.press('[')
  await page.keyboard.press('-')
  await expect(page).toHaveURL(/from=/)
  expect(said).toEqual([])
})

test('live rows wait while one is read, and tailing leaves two events', async ({ page }) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await openLog(page, { last: '24h', q: `key:${ALIAS}` })
  const before = await rows(page).count()
  const began = Date.now()
  await button(page, 'Live').click()
  await expect(page).toHaveURL(/live=true/)
  await expect(page.getByText('0 events so far.')).toBeVisible()
  encrypt('beta')
  await expect(rows(page)).toHaveCount(1)
  await rows(page).getByRole('link').focus()
  encrypt('beta')
  await button(page, '1 new event').click()
  await expect(rows(page)).toHaveCount(2)
  await page.mouse.move(0, 0)
  await button(page, 'Live').click()
  await expect(button(page, 'Time range: Last 24 hours')).toBeVisible()
  await expect(rows(page)).toHaveCount(before + 2)

  const from = new Date(began - 1000).toISOString()
  await openLog(page, { from, q: 'event:StartTail,StopTail actor:user/admin' })
  await expect(rows(page)).toHaveText(['StopTail', 'StartTail'])
  expect(said).toEqual([])
})

test('a file of a filter takes nothing for a formula, and says how much it holds', async ({ page }) => {
  const said = complaints(page)
  did(['iam', 'create-user', '--user-name', FORMULA])
  const { AccessKey } = JSON.parse(did(['iam', 'create-access-key', '--user-name', FORMULA]).stdout) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string }
  }
  const accessKey = { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey }
  expect(keyhouse(['kms', 'list-keys'], { accessKey }).status).not.toBe(0)

  await signIn(page, 'admin')
  await openLog(page, { last: '1h', q: `access-key:${accessKey.id}` })
  await expect(rows(page)).toHaveText(['ListKeys'])
  await button(page, 'Export').click()
  const dialog = page.getByRole('dialog', { name: 'Export events' })
  await expect(dialog.getByText(/^1 event, about/)).toBeVisible()
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const text = readFileSync(await (await saved).path(), 'utf8')
  expect(text).toContain(`'${FORMULA}`)
  expect(text.trim().split('\n')).toHaveLength(2)

  const written = page.waitForEvent('download')
  await dialog.getByRole('link', { name: 'Download its manifest' }).click()
  const manifest: unknown = JSON.parse(readFileSync(await (await written).path(), 'utf8'))
  expect(manifest).toMatchObject({ count: 1 })
  expect(said).toEqual([])
})
