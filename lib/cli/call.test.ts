import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, ALICE, ALICE_KEY, openTestEdge, REGION, type TestEdge } from '#lib/aws/testing.ts'
import { call } from './call.ts'
import { parseCall } from './call-arguments.ts'
import { readXml } from './xml-text.ts'

let edge: TestEdge
let folder: string
beforeAll(async () => {
  edge = await openTestEdge()
  folder = await mkdtemp(join(tmpdir(), 'keyhouse-call-'))
  await writeFile(join(folder, 'note.txt'), 'hello ünïcode')
  await writeFile(
    join(folder, 'key.csv'),
    `Access key ID,Secret access key\r\n${ALICE_KEY.id},${ALICE_KEY.secret}\r\n`,
  )
  await writeFile(
    join(folder, 'key.json'),
    JSON.stringify({ AccessKeyId: ALICE_KEY.id, SecretAccessKey: ALICE_KEY.secret }),
  )
  await writeFile(join(folder, 'empty.csv'), 'nothing here')
  await writeFile(
    join(folder, 'config'),
    `[default]\nregion = nowhere\n[profile work]\nregion = ${REGION}\nendpoint_url = ${edge.url}\n`,
  )
  await writeFile(
    join(folder, 'credentials'),
    `[work]\naws_access_key_id = ${ALICE_KEY.id}\naws_secret_access_key = ${ALICE_KEY.secret}\n`,
  )
})
afterAll(async () => {
  await edge.close()
  await rm(folder, { recursive: true })
})

const ENV = () => ({
  HOME: folder,
  AWS_ACCESS_KEY_ID: ALICE_KEY.id,
  AWS_SECRET_ACCESS_KEY: ALICE_KEY.secret,
  AWS_REGION: REGION,
  AWS_ENDPOINT_URL_KMS: edge.url,
})

async function run(argv: string[], env: Record<string, string | undefined> = ENV()) {
  let out = ''
  let err = ''
  const status = await call(argv, env, { out: (text) => (out += text), err: (text) => (err += text) })
  return { status, out, err }
}

describe('keyhouse call', () => {
  it.each([
    [['kms', 'list-keys', '--limit', '5'], { Limit: 5 }],
    [['KMS', 'ListKeys', '{"Limit":5}'], { Limit: 5 }],
    [['kms', 'list-keys'], {}],
  ])('%s lists keys', async (argv, input) => {
    const { status, out, err } = await run(argv)
    expect([status, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toEqual({ Keys: [{ KeyId: 'a', KeyArn: 'b' }], Truncated: false })
    expect(edge.invoked.at(-1)?.input).toEqual(input)
  })

  it('says who is calling', async () => {
    const { out } = await run(['sts', 'get-caller-identity'])
    expect(JSON.parse(out)).toEqual({ UserId: ALICE.id, Account: ACCOUNT, Arn: ALICE.arn })
  })

  it.each([
    ['cloudtrail', 'lookup-events'],
    ['keyhouse', 'capabilities'],
  ])('speaks to %s', async (...argv) => {
    expect((await run(argv)).status).toBe(0)
  })

  it('prints nothing for an operation without output', async () => {
    expect(await run(['kms', 'disable-key', '--key-id', 'a'])).toEqual({ status: 0, out: '', err: '' })
  })

  it('sends the bytes of a file', async () => {
    const { status } = await run([
      'kms',
      'encrypt',
      '--key-id',
      'alias/a',
      '--plaintext',
      `fileb://${folder}/note.txt`,
    ])
    expect(status).toBe(0)
    expect(edge.invoked.at(-1)?.input).toEqual({
      KeyId: 'alias/a',
      Plaintext: Buffer.from('hello ünïcode').toString('base64'),
    })
  })

  it.each([
    [
      ['kms', 'schedule-key-deletion', '--key-id', "NotFoundException|Key 'a' does not exist"],
      "\nAn error occurred (NotFoundException) when calling the ScheduleKeyDeletion operation: Key 'a' does not exist\n",
    ],
    [
      ['kms', 'schedule-key-deletion', '--key-id', 'AccessDeniedException|no'],
      '\nAn error occurred (AccessDeniedException) when calling the ScheduleKeyDeletion operation: no\n',
    ],
    [
      ['sts', 'assume-nothing'],
      '\nAn error occurred (InvalidAction) when calling the AssumeNothing operation: ' +
        'Could not find operation AssumeNothing for version 2011-06-15\n',
    ],
  ])('prints the refusal of %s and exits with 255', async (argv, err) => {
    expect(await run(argv)).toEqual({ status: 255, out: '', err })
  })
})

describe('the access key, the Region and the endpoint', () => {
  it.each([
    ['from a downloaded .csv', ['--access-key-file', 'key.csv', '--region', REGION], {}],
    ['from JSON', ['--access-key-file', 'key.json', '--region', REGION], {}],
    ['from a profile', ['--profile', 'work'], { AWS_ENDPOINT_URL_KMS: undefined }],
  ])('come %s', async (_, flags, over) => {
    const argv = flags.map((word) => (word.startsWith('key.') ? join(folder, word) : word))
    const env = {
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_ENDPOINT_URL_KMS: edge.url,
      ...over,
    }
    expect((await run(['kms', 'list-keys', ...argv], env)).err).toBe('')
  })

  it.each([
    [
      'no service',
      ['s3', 'ls'],
      {},
      /'s3' is no service\. Services are: kms, sts, iam, cloudtrail, keyhouse\./,
    ],
    ['no operation', ['kms'], {}, /Name an operation after kms/],
    ['no Region', ['kms', 'list-keys'], { AWS_REGION: undefined }, /Which Region\?/],
    ['no access key', ['kms', 'list-keys'], { AWS_ACCESS_KEY_ID: undefined }, /No access key\./],
    ['no such profile', ['kms', 'list-keys', '--profile', 'ghost'], {}, /There is no profile 'ghost'\./],
    [
      'a file that is missing',
      ['kms', 'encrypt', '--plaintext', 'fileb:///nonexistent'],
      {},
      /The file '\/nonexistent' cannot be read\./,
    ],
    [
      'a key file with no key',
      ['kms', 'list-keys', '--access-key-file', 'empty.csv'],
      {},
      /cannot be read|holds no access key/,
    ],
    [
      'a number that is none',
      ['kms', 'list-keys', '--limit', 'five'],
      {},
      /--limit is a whole number, not 'five'\./,
    ],
    ['JSON that is none', ['kms', 'list-keys', '{'], {}, /JSON/],
    [
      'an endpoint that is none',
      ['kms', 'list-keys', '--endpoint-url', 'ftp://x'],
      {},
      /'ftp:\/\/x' is no endpoint\./,
    ],
    [
      'nobody there',
      ['kms', 'list-keys', '--endpoint-url', 'http://127.0.0.1:9'],
      {},
      /No usable answer from http:\/\/127\.0\.0\.1:9/,
    ],
  ])('%s: says what is wrong and exits with 1', async (_, argv, over, words) => {
    const { status, out, err } = await run(argv, { ...ENV(), ...over })
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(words)
    expect(err).not.toContain(ALICE_KEY.secret)
  })

  it('teaches', async () => {
    expect((await run(['--help'])).out).toContain('./keyhouse call sts get-caller-identity')
    expect((await run([])).status).toBe(1)
  })
})

describe('values on the command line', () => {
  it.each([
    [['--encryption-context', 'a=1,b=2=3'], { EncryptionContext: { a: '1', b: '2=3' } }],
    [['--encryption-context', '{"a":"1,2"}'], { EncryptionContext: { a: '1,2' } }],
    [
      ['--tags', 'TagKey=a,TagValue=1', 'TagKey=b,TagValue='],
      {
        Tags: [
          { TagKey: 'a', TagValue: '1' },
          { TagKey: 'b', TagValue: '' },
        ],
      },
    ],
    [['--tags', '[{"TagKey":"a","TagValue":"1"}]'], { Tags: [{ TagKey: 'a', TagValue: '1' }] }],
    [['--tag-keys', 'a', 'b'], { TagKeys: ['a', 'b'] }],
    [['--dry-run', '--no-multi-region'], { DryRun: true, MultiRegion: false }],
    [['--description', '123'], { Description: '123' }],
    [['--description=--dashes'], { Description: '--dashes' }],
    [['--policy', '{"Version":"2012-10-17"}'], { Policy: '{"Version":"2012-10-17"}' }],
    [['--start-time', '2026-01-01T00:00:00Z'], { StartTime: 1767225600 }],
    [['{"Limit":1,"Marker":"m"}', '--limit', '2'], { Limit: 2, Marker: 'm' }],
  ])('%s', async (words, input) => {
    expect((await parseCall(['kms', 're-encrypt', ...words])).input).toEqual(input)
  })

  it('turns kebab into Pascal', async () => {
    expect((await parseCall(['kms', 're-encrypt'])).operation).toBe('ReEncrypt')
  })
})

describe('XML read back', () => {
  it.each([
    ['<?xml version="1.0"?><A x="y"><B>1 &lt; 2</B><C/></A>', { A: { B: '1 < 2', C: '' } }],
    ['<A><T><member>a</member><member><K>&#x41;</K></member></T></A>', { A: { T: ['a', { K: 'A' }] } }],
  ])('%s', (text, value) => {
    expect(readXml(text)).toEqual(value)
  })
})
