/** A list as people arrange it: columns that a link brings along, a filter with a name, and the whole of it as a file. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { keyWithAlias } from './command-line.ts'
import { kms } from './kms.ts'
import { complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

test('columns stand in the address, a filter is kept under its name, and the export has its rows', async ({
  page,
}) => {
  const said = complaints(page)
  const team = unique('list')
  const [first = '', second = ''] = [`${team}-a`, `${team}-b`].map((name) => keyWithAlias(name))
  for (const id of [first, second])
    kms('tag-resource', '--key-id', id, '--tags', `TagKey=team,TagValue=${team}`)
  kms('update-key-description', '--key-id', second, '--description', '=1+1')
  const list = `${regional('admin')}/keys?q=tag:team%3D${team}`
  await signIn(page, 'admin')
  await page.goto(list)
  await expect(page.getByText('1–2 of 2')).toBeVisible()

  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Columns' }).click()
  const columns = page.getByRole('dialog', { name: 'Columns' })
  await columns.getByRole('checkbox', { name: 'tag:team' }).check()
  await columns.getByRole('checkbox', { name: 'Usage' }).uncheck()
  await columns.getByRole('button', { name: 'Move tag:team left' }).click()
  await expect(columns.getByRole('button', { name: 'Move tag:team left' })).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  const heads = page.getByRole('columnheader')
  await expect(heads.nth(-3)).toHaveText('tag:team')
  await expect(page.getByRole('columnheader', { name: 'Usage' })).toHaveCount(0)
  const shared = page.url()
  expect(new URL(shared).searchParams.get('columns')).toContain('tag:team')

  await page.getByRole('button', { name: 'Saved filters' }).click()
  await page.getByRole('menuitem', { name: 'Save this filter' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(team)
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Filter keys' }).fill('state:Disabled')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`${team} (edited)`)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Revert' }).click()
  await expect(page.getByText('1–2 of 2')).toBeVisible()

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ])
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^keyId,arn,aliases,/)
  // A spreadsheet would have calculated it.
  expect(lines.find((line) => line.startsWith(second))).toContain(",'=1+1,")

  // The usual columns again for the one who looks, and not for the one who got the link.
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Reset the view' }).click()
  await expect(page.getByRole('columnheader', { name: 'Usage' })).toBeVisible()
  await page.goto(shared)
  await expect(heading(page, 'Customer keys')).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'tag:team' })).toBeVisible()
  expect(said).toEqual([])
})
