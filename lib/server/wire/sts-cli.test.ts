/** The AWS command line with temporary credentials of this engine. Skipped where there is none on the PATH. */
import { execFile } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowing, document, giveRole, trusting } from '#lib/testing/sessions.ts'
import { ACCOUNT, type Answer, REGION } from '#lib/testing/world.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

const run = promisify(execFile)
const installed = await run('aws', ['--version']).then(
  () => true,
  () => false,
)

let served: ServedWorld
let key: string
beforeAll(async () => {
  served = await serveWorld()
  key = (await served.world.as('admin').call('CreateKey')).KeyMetadata.Arn
})
afterAll(() => served?.close())

type Keys = { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken?: string }

function keysOf(name: string): Keys {
  const { id, secret } = served.world.as(name).accessKey
  return { AccessKeyId: id, SecretAccessKey: secret }
}

async function aws(keys: Keys | undefined, ...args: string[]): Promise<Answer> {
  const env = {
    NODE_ENV: 'test' as const,
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DEFAULT_REGION: REGION,
    AWS_REGION: REGION,
    AWS_MAX_ATTEMPTS: '1',
    ...(keys && { AWS_ACCESS_KEY_ID: keys.AccessKeyId, AWS_SECRET_ACCESS_KEY: keys.SecretAccessKey }),
    ...(keys?.SessionToken && { AWS_SESSION_TOKEN: keys.SessionToken }),
  }
  const { stdout } = await run('aws', [...args, '--endpoint-url', served.url, '--output', 'json'], { env })
  return JSON.parse(stdout)
}

const refusalOf = (answer: Promise<unknown>) =>
  answer.then(
    () => expect.fail('was not refused'),
    (error) => String(error.stderr),
  )
const encrypt = ['kms', 'encrypt', '--plaintext', 'AAAA', '--key-id']
const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`

describe.skipIf(!installed).concurrent('the AWS command line', { timeout: 90_000 }, () => {
  it('assumes a role and encrypts as it', async () => {
    const policies = [allowing('kms:Encrypt')]
    const arn = await giveRole(served.world, { name: 'worker', trust: document(trusting(ALICE)), policies })
    const name = ['--role-session-name', 'work', '--tags', 'Key=a,Value=b', '--external-id', 'x1']
    const refused = await refusalOf(aws(keysOf('alice'), 'sts', 'assume-role', '--role-arn', arn, ...name))
    expect(refused).toContain('(AccessDenied) when calling the AssumeRole operation: User: ')
    const output = await aws(keysOf('alice'), 'sts', 'assume-role', '--role-arn', arn, ...name.slice(0, 2))
    expect(output.AssumedRoleUser.Arn).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/worker/work`)
    expect((await aws(output.Credentials, ...encrypt, key)).KeyId).toBe(key)
    const { SessionToken: _, ...withoutToken } = output.Credentials
    expect(await refusalOf(aws(withoutToken, ...encrypt, key))).toContain('(UnrecognizedClientException)')
  })

  it('gets a session of its own, until that has expired', async () => {
    const { Credentials } = await aws(
      keysOf('admin'),
      'sts',
      'get-session-token',
      '--duration-seconds',
      '900',
    )
    const { AccessKeyId } = Credentials
    await served.world.sql(
      `UPDATE keyhouse.temporary_credential SET issued_at = now() - interval '1 hour', expires_at = now() - interval '1 s'
       WHERE id = $1`,
      [AccessKeyId],
    )
    expect(await refusalOf(aws(Credentials, ...encrypt, key))).toContain(
      '(ExpiredTokenException) when calling the Encrypt operation: The security token included in the request is expired',
    )
    expect(await refusalOf(aws(Credentials, 'sts', 'get-caller-identity'))).toContain('(ExpiredToken)')
  })

  it('shows a token of an identity provider, without credentials of any kind', async () => {
    const issuer = 'issuer.example.com'
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const Url = `https://${issuer}`
    await served.world.as('admin').call('CreateOpenIDConnectProvider', { Url, ClientIDList: ['app'] })
    const Jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k' }] })
    await served.world.as('admin').call('PutIdentityProviderKeys', { Url, Jwks })
    const trust = document({
      ...{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity' },
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
      Condition: { StringEquals: { [`${issuer}:sub`]: 'job' } },
    })
    const arn = await giveRole(served.world, { name: 'ci', trust, policies: [allowing('kms:Encrypt')] })
    const iat = Math.floor(Date.now() / 1000)
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${encode({ alg: 'EdDSA', kid: 'k' })}.${encode({ iss: Url, aud: 'app', sub: 'job', iat, exp: iat + 60 })}`
    const token = `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
    const name = ['--role-arn', arn, '--role-session-name', 'job-1', '--web-identity-token']
    const output = await aws(undefined, 'sts', 'assume-role-with-web-identity', ...name, token)
    expect(output.SubjectFromWebIdentityToken).toBe('job')
    expect((await aws(output.Credentials, ...encrypt, key)).KeyId).toBe(key)
    expect(
      await refusalOf(aws(undefined, 'sts', 'assume-role-with-web-identity', ...name, `${token}x`)),
    ).toContain('(InvalidIdentityToken)')
  })
})
