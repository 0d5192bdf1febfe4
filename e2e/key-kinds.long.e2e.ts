/** Scenarios 5 and 9: the wizard offers what the server has, and its last step gives the same key as code. */
import { expect, type Page, test } from '@playwright/test'
import { awsVersion, keyhouse, shell } from './command-line.ts'
import { complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

const tile = (page: Page, group: string, name: string) =>
  page.getByRole('group', { name: group }).getByRole('radio', { name, exact: true })
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click()

/** What every partition but China's has for signatures. */
const SIGNING = [
  'NIST P-256',
  'NIST P-384',
  'NIST P-521',
  'Ed25519',
  'secp256k1',
  'RSA 2048',
  'RSA 3072',
  'RSA 4096',
  'ML-DSA-65',
  'ML-DSA-44',
  'ML-DSA-87',
]

test('asymmetric, sign and verify: only specs that the server offers', async ({ page }) => {
  const said = complaints(page)
  const alias = unique('signer')
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/new/configure`)
  await tile(page, 'Key type', 'Asymmetric').check()
  await tile(page, 'Key usage', 'Sign and verify').check()
  const specs = page.getByRole('group', { name: 'Key spec' })
  await expect(specs.getByRole('radio')).toHaveCount(SIGNING.length)
  for (const name of SIGNING) await expect(tile(page, 'Key spec', name)).toBeVisible()
  const refused = keyhouse(['kms', 'create-key', '--key-spec', 'SM2', '--key-usage', 'SIGN_VERIFY'])
  expect(refused.status, 'the spec that is not shown is refused').not.toBe(0)

  // What AWS does not import stays in sight with its reason, and cannot be chosen.
  await tile(page, 'Key spec', 'ML-DSA-65').check()
  const importing = tile(page, 'Origin of the key material', 'Import key material')
  await expect(importing).toHaveAccessibleDescription(/AWS imports no material into ML-DSA-65 keys/)
  await expect(importing).toBeDisabled()
  await importing.click({ force: true })
  await expect(tile(page, 'Origin of the key material', 'KMS')).toBeChecked()

  await tile(page, 'Key spec', 'NIST P-384').check()
  await expect(page.getByText('ECDSA_SHA_384', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await next(page)
  await page.getByLabel('Alias').fill(alias)
  await page.getByRole('button', { name: 'Skip to review' }).click()
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(heading(page, 'Key created')).toBeVisible()
  const made = keyhouse(['kms', 'describe-key', '--key-id', `alias/${alias}`])
  expect(JSON.parse(made.stdout).KeyMetadata).toMatchObject({
    KeySpec: 'ECC_NIST_P384',
    KeyUsage: 'SIGN_VERIFY',
  })
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('the review’s CLI code makes a key with the wizard’s policy', async ({ page }) => {
  test.skip(awsVersion() === undefined, 'there is no aws on the PATH')
  const said = complaints(page)
  const alias = unique('from-code')
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/keys/new/labels`)
  await page.getByLabel('Alias').fill(alias)
  await page.getByLabel('Description').fill('It’s made by $code')
  await next(page)
  await page.getByRole('checkbox', { name: 'Choose admin' }).check()
  await next(page)
  await page
    .getByRole('button', { name: 'Skip to review' })
    .or(page.getByRole('button', { name: 'Next' }))
    .first()
    .click()
  await expect(heading(page, 'Review')).toBeVisible()
  await page.getByRole('tab', { name: 'Policy JSON' }).click()
  const policy = await page.getByRole('region', { name: 'key policy' }).innerText()
  await page.getByRole('tab', { name: 'Code' }).click()
  const code = await page.getByRole('region', { name: 'CLI code' }).innerText()
  await expectAccessible(page)

  const ran = shell(code)
  expect(ran.status, ran.stderr).toBe(0)
  const made = JSON.parse(keyhouse(['kms', 'describe-key', '--key-id', `alias/${alias}`]).stdout)
  expect(made.KeyMetadata.Description).toBe('It’s made by $code')
  const kept = keyhouse(['kms', 'get-key-policy', '--key-id', made.KeyMetadata.KeyId])
  expect(JSON.parse(JSON.parse(kept.stdout).Policy)).toEqual(JSON.parse(policy))
  expect(said).toEqual([])
})
