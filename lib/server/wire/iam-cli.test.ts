/** The AWS command line makes a user who then uses a key: IAM over HTTP. Skipped where there is none on the PATH. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, type AccessKey, type Answer, REGION } from '#lib/testing/world.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

const run = promisify(execFile)
const installed = await run('aws', ['--version']).then(
  () => true,
  () => false,
)

let served: ServedWorld
beforeAll(async () => {
  served = await serveWorld()
})
afterAll(() => served?.close())

async function awsWith(key: AccessKey, ...args: string[]): Promise<Answer> {
  const env = {
    NODE_ENV: 'test' as const,
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: key.id,
    AWS_SECRET_ACCESS_KEY: key.secret,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_MAX_ATTEMPTS: '1',
  }
  const { stdout } = await run('aws', [...args, '--endpoint-url', served.url, '--output', 'json'], { env })
  return stdout === '' ? {} : JSON.parse(stdout)
}
const aws = (...args: string[]) => awsWith(served.world.as('admin').accessKey, ...args)
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('was not refused'),
    (error) => String(error.stderr).trim(),
  )

const MAY_LIST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' }],
})

describe.skipIf(!installed)('the AWS command line', { timeout: 90_000 }, () => {
  it('makes a user, lets them in by a group, and shuts them out', async () => {
    const { User } = await aws('iam', 'create-user', '--user-name', 'lea', '--tags', 'Key=team,Value=a+b=c é')
    expect(User).toMatchObject({
      Path: '/',
      UserName: 'lea',
      Arn: `arn:aws:iam::${ACCOUNT}:user/lea`,
      CreateDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+00:00|Z)$/),
      Tags: [{ Key: 'team', Value: 'a+b=c é' }],
    })
    // Each call is a program that starts: those that do not wait for each other run together.
    const [{ AccessKey: made }] = await Promise.all([
      aws('iam', 'create-access-key', '--user-name', 'lea'),
      aws('iam', 'create-group', '--group-name', 'listers'),
    ])
    const lea = { id: made.AccessKeyId, secret: made.SecretAccessKey }
    const group = ['--group-name', 'listers', '--policy-name', 'list']
    const [refused] = await Promise.all([
      refusalOf(awsWith(lea, 'kms', 'list-keys')),
      aws('iam', 'put-group-policy', ...group, '--policy-document', MAY_LIST),
    ])
    expect(refused).toContain('AccessDeniedException')
    await aws('iam', 'add-user-to-group', '--group-name', 'listers', '--user-name', 'lea')
    const [listed, policy] = await Promise.all([
      awsWith(lea, 'kms', 'list-keys'),
      aws('iam', 'get-group-policy', ...group),
    ])
    expect(listed).toMatchObject({ Keys: [] })
    expect(policy.PolicyDocument).toEqual(JSON.parse(MAY_LIST))

    await aws(
      ...['iam', 'update-access-key', '--user-name', 'lea'],
      ...['--access-key-id', lea.id, '--status', 'Inactive'],
    )
    expect(await refusalOf(awsWith(lea, 'kms', 'list-keys'))).toContain('UnrecognizedClientException')
  })

  it('pages by itself, reads maps, and hears IAM’s own refusals', async () => {
    const stranger = served.world.as('stranger').accessKey
    const [{ Users }, { SummaryMap }, missing, taken, denied] = await Promise.all([
      aws('iam', 'list-users', '--page-size', '3'),
      aws('iam', 'get-account-summary'),
      refusalOf(aws('iam', 'get-user', '--user-name', 'nobody')),
      refusalOf(aws('iam', 'create-user', '--user-name', 'alice')),
      refusalOf(awsWith(stranger, 'iam', 'get-user', '--user-name', 'alice')),
    ])
    expect(Users.map((user: Answer) => user.UserName)).toEqual(
      expect.arrayContaining(['admin', 'alice', 'carol']),
    )
    expect(SummaryMap.Users).toBe(Users.length)
    expect(missing).toContain(
      'An error occurred (NoSuchEntity) when calling the GetUser operation: The user with name nobody cannot be found.',
    )
    expect(taken).toContain('(EntityAlreadyExists)')
    expect(denied).toContain('(AccessDenied) when calling the GetUser operation: User: ')
  })
})
