/** The playground: every operation tried with a real key, its result carried on, broken, and read in the log. */
import { expect, type Page, test } from '@playwright/test'
import { keyhouse, keyWithAlias } from './command-line.ts'
import { complaints, expectAccessible, heading, regional, signIn, unique } from './world.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const outcome = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

async function openPlayground(page: Page, operation: string, key: string): Promise<void> {
  await signIn(page, 'admin')
  await page.goto(`${regional('admin')}/playground/${operation}?key=${encodeURIComponent(key)}`)
  await expect(heading(page, 'Playground')).toBeVisible()
}

/** A key for a use; gives its id. */
function keyFor(spec: string, usage: string): string {
  const made = keyhouse(['kms', 'create-key', '--key-spec', spec, '--key-usage', usage])
  expect(made.status, made.stderr).toBe(0)
  return (JSON.parse(made.stdout) as { KeyMetadata: { KeyId: string } }).KeyMetadata.KeyId
}

test('a ciphertext is sent on, names its key, opens, and is broken in three ways', async ({ page }) => {
  const said = complaints(page)
  const alias = unique('play')
  keyWithAlias(unique('other'))
  const keyId = keyWithAlias(alias)
  await openPlayground(page, 'encrypt', keyId)
  await page.getByLabel('Data', { exact: true }).fill('order 42')
  await page.getByLabel('Key of pair 1').fill('tenant')
  await page.getByLabel('Value of pair 1').fill('acme')
  await expect(page.getByText('8 of 4,096 bytes')).toBeVisible()
  await button(page, 'Encrypt').click()
  await button(page, 'Send to Decrypt').click()

  await expect(page.getByRole('region', { name: 'What the ciphertext says' })).toContainText(keyId)
  await button(page, 'Decrypt').click()
  await expect(page.getByRole('region', { name: 'Plaintext' })).toContainText('order 42')
  await button(page, 'Flip a byte').click()
  await expect(outcome(page, 'Flip a byte')).toContainText('InvalidCiphertextException')
  await button(page, 'Drop a context pair').click()
  await expect(outcome(page, 'Drop a context pair')).toContainText('InvalidCiphertextException')
  await button(page, 'Use another key').click()
  await expect(outcome(page, 'Use another key')).toContainText('IncorrectKeyException')
  await expectAccessible(page)
  await expect(page.getByRole('link', { name: 'View event' }).first()).toBeVisible()
  expect(said).toEqual([])
})

test('what is too large for Encrypt goes into an envelope with a data key', async ({ page }) => {
  const said = complaints(page)
  await openPlayground(page, 'encrypt', keyWithAlias(unique('envelope')))
  await page.getByLabel('Data', { exact: true }).fill('x'.repeat(5112))
  await expect(
    page.getByText(
      'The data is 5,112 bytes; a symmetric key takes at most 4,096. Use a data key for larger data.',
    ),
  ).toBeVisible()
  await button(page, 'Use a data key').click()
  await button(page, 'Generate data key').click()
  await expect(button(page, 'Reveal the plaintext data key for 30 seconds')).toBeVisible()
  await button(page, 'Encrypt in this browser').click()
  await expect(page.getByText('5,140 bytes: IV, ciphertext, tag')).toBeVisible()
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download data').click()])
  expect(download.suggestedFilename()).toBe('data.encrypted')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('a file is hashed in the browser, its digest signed, and verified by KMS and offline', async ({
  page,
}) => {
  const said = complaints(page)
  const keyId = keyFor('ECC_NIST_P256', 'SIGN_VERIFY')
  await openPlayground(page, 'sign', keyId)
  await page.getByRole('radio', { name: 'Digest' }).check()
  await page
    .getByLabel('Hash in browser')
    .setInputFiles({ name: 'order.txt', mimeType: 'text/plain', buffer: Buffer.from('order 42') })
  await expect(page.getByText('32 of 32 bytes')).toBeVisible()
  await button(page, 'Sign').click()
  await button(page, 'Send to Verify').click()
  await button(page, 'Verify').click()
  await expect(page.getByText('The signature is valid.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'openssl command' })).toContainText('-pkeyopt digest:sha256')
  await button(page, 'Flip a byte of the signature').click()
  await expect(outcome(page, 'Flip a byte of the signature')).toContainText('KMSInvalidSignatureException')

  await page.goto(`${regional('admin')}/playground/sign?key=${keyId}`)
  await page.getByRole('textbox', { name: 'Message' }).fill('order 42')
  await button(page, 'Sign').click()
  await button(page, 'Send to Verify').click()
  await button(page, 'Verify in this browser').click()
  await expect(page.getByText('The signature holds. KMS wasn’t asked.')).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('a MAC, a shared secret and an encapsulated secret are made and checked', async ({ page }) => {
  const said = complaints(page)
  await openPlayground(page, 'mac', keyFor('HMAC_256', 'GENERATE_VERIFY_MAC'))
  await page.getByLabel('Message', { exact: true }).fill('order 42')
  await button(page, 'Generate MAC').click()
  await button(page, 'Send to Verify MAC').click()
  await button(page, 'Verify MAC').click()
  await expect(page.getByText('The MAC is valid.')).toBeVisible()
  await button(page, 'Flip a byte of the message').click()
  await expect(outcome(page, 'Flip a byte of the message')).toContainText('KMSInvalidMacException')

  const agreeing = keyFor('ECC_NIST_P384', 'KEY_AGREEMENT')
  await page.goto(`${regional('admin')}/playground/shared-secret?key=${agreeing}`)
  await button(page, 'Make a peer in this browser').click()
  await expect(page.getByLabel('Peer’s public key')).toHaveValue(/BEGIN PUBLIC KEY/)
  await button(page, 'Derive shared secret').click()
  await button(page, 'Reveal the shared secret for 30 seconds').click()
  await expect(page.getByRole('region', { name: 'Shared secret' })).toHaveText(/^[0-9a-f]{96}$/)

  const encapsulating = keyFor('ML_KEM_768', 'ENCAPSULATE_DECAPSULATE')
  await page.goto(`${regional('admin')}/playground/encapsulate?key=${encapsulating}`)
  await button(page, 'Encapsulate').click()
  await button(page, 'Send to Decapsulate').click()
  await expect(page.getByText('1,088 of 1,088 bytes')).toBeVisible()
  await button(page, 'Decapsulate').click()
  await button(page, 'Flip a byte').click()
  await expect(outcome(page, 'Flip a byte')).toContainText('of another secret')
  await expectAccessible(page)
  expect(said).toEqual([])
})

test('operations that a key is not for say what they need', async ({ page }) => {
  const said = complaints(page)
  await openPlayground(page, 'mac', keyFor('HMAC_256', 'GENERATE_VERIFY_MAC'))
  const operations = page.getByRole('navigation', { name: 'Operations' })
  await expect(operations.getByRole('link', { name: /^Sign/ })).toContainText('Needs a signing key')
  await expect(operations.getByRole('link', { name: 'Verify MAC', exact: true })).toBeVisible()
  await expectAccessible(page)
  expect(said).toEqual([])
})
