/** The log proves itself in the browser, and says so where it no longer can. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { keyhouse } from './command-line.ts'
import { eventWith, forgeEvent } from './database.ts'
import {
  accountOf,
  complaints,
  consoleUrl,
  expectAccessible,
  heading,
  regional,
  signIn,
  unique,
} from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const verification = (page: Page) => page.getByRole('region', { name: 'Verification in this browser' })
const audit = (query = '') => `${consoleUrl()}/${accountOf('admin')}/audit${query}`
const integrity = () => `${consoleUrl()}/${accountOf('admin')}/audit/integrity`

async function recordedEvent(description: string): Promise<string> {
  const { status, stderr } = keyhouse(['kms', 'create-key', '--description', description])
  if (status !== 0) throw new Error(stderr)
  return eventWith(description)
}

async function openProof(page: Page, id: string): Promise<void> {
  await page.goto(audit(`?event=${id}`))
  await page.getByRole('tab', { name: 'Proof' }).click()
  await expect(button(page, 'Verify in this browser')).toBeVisible()
}

async function verify(page: Page, outcome: string): Promise<void> {
  await button(page, 'Verify in this browser').click()
  await expect(verification(page)).toContainText(outcome)
}

async function savedProof(page: Page): Promise<Record<string, unknown>> {
  const started = page.waitForEvent('download')
  await button(page, 'Download proof').click()
  return JSON.parse(await readFile(await (await started).path(), 'utf8'))
}

test('39: an event is proved in the browser; after somebody changed it, row, page and overview say so', async ({
  page,
}) => {
  const said = complaints(page)
  const description = unique('ledger of evidence')
  const forged = description.replace('ledger', 'forged')
  const id = await recordedEvent(description)
  await signIn(page, 'admin')

  await test.step('the proof holds, step by step, and can be taken along', async () => {
    await openProof(page, id)
    await verify(page, 'Verified in this browser.')
    await expect(verification(page).getByRole('list').last().getByRole('listitem')).toHaveCount(7)
    const event = { id, record: expect.stringContaining(description) }
    expect(await savedProof(page)).toMatchObject({ format: 'keyhouse-audit-proof/v1', event })
    await expectAccessible(page)
  })

  try {
    await forgeEvent(id, description, forged)

    await test.step('the changed event no longer belongs to the log', async () => {
      await verify(page, 'The event that is stored now is not the one that was recorded')
      await page.goto(audit(`?event=${id}`))
      await expect(page.locator(`tr:has([data-event="${id}"])`)).toContainText('Mismatch')
      await expect(page.getByRole('link', { name: /^Log integrity: Mismatch at #/ })).toBeVisible()
      await expect(page.getByRole('alert').filter({ hasText: `Event ${id}` })).toBeVisible()
    })

    await test.step('the overview asks for somebody', async () => {
      await page.goto(regional('admin'))
      const line = page.getByRole('listitem').filter({ hasText: 'does not say what was recorded' })
      await line.getByRole('link', { name: 'Open log integrity of Audit log' }).click()
      await expect(heading(page, 'Log integrity')).toBeVisible()
      await expectAccessible(page)
    })
  } finally {
    await forgeEvent(id, forged, description)
  }

  await test.step('who is signed in acknowledges it; the finding stays', async () => {
    const row = page.getByRole('row').filter({ hasText: `Event ${id}` })
    await row.getByRole('button', { name: /^Acknowledge mismatch/ }).click()
    const dialog = page.getByRole('alertdialog', { name: /^Acknowledge mismatch/ })
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await dialog.getByLabel('Comment').fill('Put back as it was recorded')
    await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click()
    await expect(row).toContainText('user/admin')
    await expect(page.getByRole('alert').filter({ hasText: `Event ${id}` })).toBeHidden()
  })
  expect(said).toEqual([])
})

test('the log is verified on its page, and compared with a checkpoint that was kept elsewhere @long', async ({
  page,
}) => {
  const said = complaints(page)
  await signIn(page, 'admin')
  await page.goto(integrity())
  await page.getByText('Signed note', { exact: true }).click()
  const kept = await page.getByRole('region', { name: 'Signed note' }).textContent()
  await button(page, 'Verify').click()
  await expect(page.getByText(/^All [\d,]+ events are as they were recorded\.$/)).toBeVisible()
  await recordedEvent(unique('one event later'))
  await page.reload()
  await page.getByLabel('A checkpoint that you kept').fill(kept ?? '')
  await button(page, 'Compare').click()
  await expect(verification(page)).toContainText('Verified in this browser.')
  const [log, size, , ...signed] = (kept ?? '').split('\n')
  const rewritten = [log, size, `${'A'.repeat(43)}=`, ...signed].join('\n')
  await page.getByLabel('A checkpoint that you kept').fill(rewritten)
  await button(page, 'Compare').click()
  await expect(verification(page)).toContainText('Mismatch.')
  expect(said).toEqual([])
})
