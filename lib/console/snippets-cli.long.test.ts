/** Every operation's CLI snippet, run as it stands by the AWS CLI against a served engine. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kmsOperations } from '#lib/kms/operations.ts'
import { type ServedWorld, serveWorld } from '#lib/server/wire/served-world.ts'
import { type Answer, REGION } from '#lib/testing/world.ts'
import { kebab } from './code/request.ts'
import { type At, NOTHING_YET, STEPS } from './code/testing.ts'
import { snippetsFor } from './snippets.ts'

const run = promisify(execFile)
const installed = await run('aws', ['--version']).then(
  () => true,
  () => false,
)

const folder = mkdtempSync(join(tmpdir(), 'snippets-'))
let served: ServedWorld
let environment: NodeJS.ProcessEnv
const at: Record<string, string> = { ...NOTHING_YET }

const KEYS = {
  spare: {},
  sign: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  agree: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' },
  mac: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
  kem: { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' },
  external: { Origin: 'EXTERNAL' },
  family: { MultiRegion: true },
}

const file = (name: string, bytes: string | Uint8Array) => writeFileSync(join(folder, name), bytes)

beforeAll(async () => {
  if (!installed) return
  served = await serveWorld()
  const admin = served.world.as('admin')
  environment = {
    PATH: process.env.PATH,
    HOME: folder,
    NODE_ENV: 'test',
    AWS_ACCESS_KEY_ID: admin.accessKey.id,
    AWS_SECRET_ACCESS_KEY: admin.accessKey.secret,
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  }
  for (const [name, input] of Object.entries(KEYS)) {
    const { KeyMetadata } = await admin.call('CreateKey', input)
    at[name] = KeyMetadata.Arn
  }
  at.later = String(Math.floor(Date.now() / 1000) + 86_400)
  for (const name of ['plaintext.bin', 'message.bin', 'attestation-document.cbor']) file(name, 'order 42')
})
afterAll(async () => {
  await served?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Wraps key material for the public key of GetParametersForImport. */
async function wrapped(publicKey: string): Promise<Uint8Array> {
  const oaep = { name: 'RSA-OAEP', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('spki', Buffer.from(publicKey, 'base64'), oaep, false, [
    'encrypt',
  ])
  return new Uint8Array(await crypto.subtle.encrypt(oaep, key, Buffer.alloc(32, 7)))
}

/** What later snippets name or read. */
async function keep(name: string, answer: Answer): Promise<void> {
  const blob = (member: string, to: string) => file(to, Buffer.from(answer[member], 'base64'))
  if (name === 'CreateKey') at.key = answer.KeyMetadata.Arn
  if (name === 'CreateGrant') Object.assign(at, { grant: answer.GrantId, token: answer.GrantToken })
  if (name === 'Encrypt') blob('CiphertextBlob', 'ciphertext.bin')
  if (name === 'Sign') blob('Signature', 'signature.bin')
  if (name === 'GenerateMac') blob('Mac', 'mac.bin')
  if (name === 'GetPublicKey') blob('PublicKey', 'public-key.der')
  if (name === 'Encapsulate') blob('SharedSecretCiphertextBlob', 'shared-secret.encrypted')
  if (name === 'GetParametersForImport') {
    blob('ImportToken', 'import-token.bin')
    file('key-material.wrapped', await wrapped(answer.PublicKey))
  }
}

const shell = (code: string) =>
  run('sh', ['-euc', code], { cwd: folder, env: environment, encoding: 'utf8' }).then(
    ({ stdout }) => ({ stdout, stderr: '' }),
    (failed) => ({ stdout: '', stderr: String(failed.stderr) }),
  )

/** An older CLI lacks newer operations and members: its skeleton of a request says which it has. */
async function lacks(name: string, input: object): Promise<string | undefined> {
  const { stdout } = await shell(`aws kms ${kebab(name)} --generate-cli-skeleton`)
  if (stdout === '') return `this AWS CLI has no ${kebab(name)}`
  const members = JSON.parse(stdout) as object
  const missing = Object.keys(input).find((member) => !Object.hasOwn(members, member))
  return missing && `this AWS CLI has no --${kebab(missing)}`
}

it('there is a snippet to run for every operation', () => {
  const names = kmsOperations.map(({ name }) => name)
  expect(STEPS.map(([name]) => name).toSorted()).toEqual(names.toSorted())
})

describe.skipIf(!installed)('the AWS CLI runs the snippet of', () => {
  it.each(STEPS.map(([name, input, outcome]) => ({ name, input, outcome })))(
    '$name',
    { timeout: 30_000 },
    async ({ name, input, outcome }) => {
      // Filled in by the steps before, under the names that At has.
      const given = input(at as At)
      const place = { endpoint: served.url, region: REGION }
      const code = snippetsFor([{ name, input: given }], place).find(({ id }) => id === 'cli')?.code ?? ''
      const { stdout, stderr } = await shell(code)
      if (/Invalid choice|Unknown options/.test(stderr)) {
        expect(await lacks(name, given)).toMatch(/this AWS CLI has no/)
        return
      }
      if (outcome instanceof RegExp) return expect(stderr).toMatch(outcome)
      expect(stderr).toBe('')
      await keep(name, stdout.trim() === '' ? {} : JSON.parse(stdout))
    },
  )

  it('what went through a shell arrived as it was', async () => {
    const admin = served.world.as('admin')
    const { KeyMetadata } = await admin.call('DescribeKey', { KeyId: at.key })
    expect(KeyMetadata.Description).toBe('--not an option')
    const [created] = await served.world.events('CreateKey')
    expect(created?.eventName).toBe('CreateKey')
    const encrypted = (await served.world.events('Encrypt')).at(-1)
    expect(encrypted?.requestParameters.encryptionContext).toEqual({
      tenant: 'acme & sons',
      "it's": '$HOME "here"',
    })
  })
})
