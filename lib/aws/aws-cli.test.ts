import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, ALICE, ALICE_KEY, openTestEdge, REGION, type TestEdge } from './testing.ts'

const run = promisify(execFile)
const installed = await run('aws', ['--version']).then(
  () => true,
  () => false,
)

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

const aws = (args: string[], env: Record<string, string> = {}) =>
  run('aws', [...args, '--endpoint-url', edge.url, '--output', 'json'], {
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      AWS_ACCESS_KEY_ID: ALICE_KEY.id,
      AWS_SECRET_ACCESS_KEY: ALICE_KEY.secret,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_MAX_ATTEMPTS: '1',
      ...env,
    },
  })
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('was not refused'),
    (error) => String(error.stderr),
  )

// Skipped where there is no AWS CLI on the PATH: the SDK's tests and ./keyhouse call speak the same wire.
describe.skipIf(!installed)(
  'the AWS CLI',
  () => {
    it('lists keys', async () => {
      const { stdout } = await aws(['kms', 'list-keys'])
      expect(JSON.parse(stdout)).toEqual({ Keys: [{ KeyId: 'a', KeyArn: 'b' }] })
    })

    it('says who is calling', async () => {
      const { stdout } = await aws(['sts', 'get-caller-identity'])
      expect(JSON.parse(stdout)).toEqual({ UserId: ALICE.id, Account: ACCOUNT, Arn: ALICE.arn })
    })

    it('looks events up', async () => {
      const { stdout } = await aws(['cloudtrail', 'lookup-events', '--max-results', '5'])
      expect(JSON.parse(stdout).Events).toHaveLength(1)
    })

    it.each([
      [
        ['kms', 'list-keys'],
        'An error occurred (InvalidSignatureException) when calling the ListKeys operation',
      ],
      [
        ['sts', 'get-caller-identity'],
        'An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation',
      ],
    ])('is refused %s with a wrong secret', async (args, words) => {
      expect(await refusal(aws(args, { AWS_SECRET_ACCESS_KEY: 'wrong' }))).toContain(words)
    })
  },
  60_000,
)
