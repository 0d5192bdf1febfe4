/** The AWS command line against the real engine: what a person types first. Skipped where there is none on the PATH. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, type Answer, REGION } from '#lib/testing/world.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

const run = promisify(execFile)
const installed = await run('aws', ['--version']).then(
  () => true,
  () => false,
)

let served: ServedWorld
let folder: string
beforeAll(async () => {
  served = await serveWorld()
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
})
afterAll(async () => {
  await served?.close()
  rmSync(folder, { recursive: true })
})

const environmentOf = (name: string) => ({
  NODE_ENV: 'test' as const,
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  AWS_ACCESS_KEY_ID: served.world.as(name).accessKey.id,
  AWS_SECRET_ACCESS_KEY: served.world.as(name).accessKey.secret,
  AWS_DEFAULT_REGION: REGION,
  AWS_REGION: REGION,
  AWS_MAX_ATTEMPTS: '1',
})

async function awsAs(name: string, ...args: string[]): Promise<Answer> {
  const { stdout } = await run('aws', [...args, '--endpoint-url', served.url, '--output', 'json'], {
    env: environmentOf(name),
  })
  return stdout === '' ? {} : JSON.parse(stdout)
}
const aws = (...args: string[]) => awsAs('admin', ...args)
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('was not refused'),
    (error) => String(error.stderr),
  )

/** Bytes as both generations of the command line take them. */
function file(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes)
  return `fileb://${join(folder, name)}`
}
const fromBase64 = (text: string) => Buffer.from(text, 'base64')

describe.skipIf(!installed)('the AWS command line', { timeout: 90_000 }, () => {
  it('walks from the first key to a decrypted string', async () => {
    const { KeyMetadata: key } = await aws('kms', 'create-key', '--description', 'orders')
    await aws('kms', 'create-alias', '--alias-name', 'alias/orders', '--target-key-id', key.KeyId)
    const sealed = await aws(
      'kms',
      'encrypt',
      '--key-id',
      'alias/orders',
      '--plaintext',
      file('plain', 'order 42'),
    )
    const blob = file('sealed', fromBase64(sealed.CiphertextBlob))
    const opened = await aws('kms', 'decrypt', '--ciphertext-blob', blob)
    expect(fromBase64(opened.Plaintext).toString()).toBe('order 42')
    expect(opened.KeyId).toBe(key.Arn)
    const again = await aws(
      'kms',
      're-encrypt',
      '--ciphertext-blob',
      blob,
      '--destination-key-id',
      'alias/orders',
    )
    expect(again.SourceKeyId).toBe(key.Arn)
    const dataKey = await aws('kms', 'generate-data-key', '--key-id', 'alias/orders', '--key-spec', 'AES_256')
    expect(fromBase64(dataKey.Plaintext)).toHaveLength(32)
    await aws('kms', 'enable-key-rotation', '--key-id', key.KeyId)
    await aws('kms', 'rotate-key-on-demand', '--key-id', key.KeyId)
    expect(fromBase64((await aws('kms', 'decrypt', '--ciphertext-blob', blob)).Plaintext).toString()).toBe(
      'order 42',
    )
    const scheduled = await aws(
      'kms',
      'schedule-key-deletion',
      '--key-id',
      key.KeyId,
      '--pending-window-in-days',
      '7',
    )
    expect(scheduled).toMatchObject({ KeyState: 'PendingDeletion', PendingWindowInDays: 7 })
    expect((await aws('kms', 'cancel-key-deletion', '--key-id', key.KeyId)).KeyId).toBe(key.Arn)
  })

  it('says who is calling and lists what happened, refusals too', async () => {
    const { KeyMetadata: key } = await aws('kms', 'create-key')
    expect(await awsAs('bob', 'sts', 'get-caller-identity')).toMatchObject({
      Account: ACCOUNT,
      Arn: `arn:aws:iam::${ACCOUNT}:user/bob`,
    })
    const words = await refusalOf(awsAs('bob', 'kms', 'disable-key', '--key-id', key.KeyId))
    expect(words).toContain(
      'An error occurred (AccessDeniedException) when calling the DisableKey operation: User: ',
    )
    const attribute = 'AttributeKey=Username,AttributeValue=bob'
    const { Events } = await awsAs('carol', 'cloudtrail', 'lookup-events', '--lookup-attributes', attribute)
    const names = Events.map((event: Answer) => event.EventName)
    expect(names).toEqual(expect.arrayContaining(['DisableKey', 'GetCallerIdentity']))
  })
})

/** boto3 signs whole seconds: calls of one second have one signature, and are still calls of their own. */
const TWENTY = `
import boto3, concurrent.futures, json, sys
kms = boto3.client('kms', endpoint_url=sys.argv[1], config=boto3.session.Config(retries={'max_attempts': 0}))
with concurrent.futures.ThreadPoolExecutor(10) as pool:
    print(json.dumps(list(pool.map(lambda _: kms.create_key()['KeyMetadata']['KeyId'], range(20)))))
`
const boto3 = await run('python3', ['-c', 'import boto3']).then(
  () => true,
  () => false,
)

describe.skipIf(!boto3)('boto3', () => {
  it('makes twenty keys of twenty calls in one second', async () => {
    const { stdout } = await run('python3', ['-c', TWENTY, served.url], { env: environmentOf('admin') })
    expect(new Set(JSON.parse(stdout)).size).toBe(20)
  }, 60_000)
})
