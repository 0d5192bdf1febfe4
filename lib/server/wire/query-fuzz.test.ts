/**
 * Forms that nobody's program sends, signed as they must be, at IAM and STS: each is refused as the sender's fault, or
 * simply answered, in bounded time; none is a fault of ours.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IAM, type QueryDialect, STS } from '#lib/aws/services.ts'
import { signRequest } from '#lib/aws/signer.ts'
import { REGION } from '#lib/testing/world.ts'
import { operations } from '../operations.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

let served: ServedWorld
beforeAll(async () => {
  served = await serveWorld()
})
afterAll(() => served?.close())

/** Far more than any takes on a machine that does other things too. */
const PATIENCE_MS = 5_000

async function post(dialect: QueryDialect, body: string | Uint8Array<ArrayBuffer>) {
  const url = `${served.url}/`
  const headers = signRequest({
    ...{ method: 'POST', url, body, service: dialect.signingName, date: new Date() },
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    credentials: served.world.as('admin').accessKey,
    region: dialect === IAM ? 'us-east-1' : REGION,
  })
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const answer = await fetch(url, { method: 'POST', body, headers, signal })
  const text = await answer.text()
  return { status: answer.status, code: /<Code>(\w+)<\/Code>/.exec(text)?.[1], text }
}

const named = (dialect: QueryDialect, action: string, rest: string) =>
  `Action=${action}&Version=${dialect.version}${rest}`
const user = (rest: string) => named(IAM, 'CreateUser', `&UserName=fuzz${rest}`)
const tags = (count: number, of = (n: number) => `&Tags.member.${n}.Key=k${n}&Tags.member.${n}.Value=v`) =>
  Array.from({ length: count }, (_, i) => of(i + 1)).join('')
const bytes = (text: string, ...more: number[]) =>
  Uint8Array.from([...new TextEncoder().encode(text), ...more])

describe('a form', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['that names a field twice', user('&UserName=other'), 'MalformedInput'],
    ['that names its action twice', user('&Action=DeleteUser'), 'MalformedInput'],
    ['that names a field twice in two spellings', user('&%55serName=other'), 'MalformedInput'],
    ['with a value and a structure of one name', user('&Tags=a&Tags.member.1.Key=a'), 'MalformedInput'],
    ['with a structure where a name must be', named(IAM, 'GetUser', '&UserName.a=b'), 'MalformedInput'],
    ['with a list where a name must be', named(IAM, 'GetUser', '&UserName.member.1=b'), 'MalformedInput'],
    ['nine deep', user('&a.b.c.d.e.f.g.h.i=1'), 'MalformedInput'],
    ['ten thousand deep', user(`&${'a.'.repeat(10_000)}a=1`), 'MalformedInput'],
    ['of ten thousand fields', user('&a=1'.repeat(10_000)), 'MalformedInput'],
    ['of 201 fields', user(tags(100)), 'MalformedInput'],
    ['with 51 tags', user(tags(51)), 'ValidationError'],
    ['with a list numbered from 0', user('&Tags.member.0.Key=a&Tags.member.0.Value=b'), 'MalformedInput'],
    ['with a list numbered by words', user('&Tags.member.one.Key=a'), 'MalformedInput'],
    [
      'with one list member in two spellings',
      user(tags(1) + tags(1, () => '&Tags.member.01.Key=a')),
      'MalformedInput',
    ],
    ['with a list numbered up to the sky', user('&Tags.member.99999999999999999999.Key=a'), 'MalformedInput'],
    ['with half a percent sign', user('&Path=%2'), 'MalformedInput'],
    ['with a percent sign alone', user('&Path=%'), 'MalformedInput'],
    ['with bytes that are no UTF-8, escaped', user('&Path=%C3%28'), 'MalformedInput'],
    ['with a surrogate, escaped', user('&Path=%ED%A0%80'), 'MalformedInput'],
    ['with an overlong slash', user('&Path=%C0%AF'), 'MalformedInput'],
    ['with bytes that are no UTF-8', bytes(user('&Path='), 0xff, 0xfe), 'MalformedInput'],
    [
      'with NUL',
      named(IAM, 'CreatePolicy', '&PolicyName=a&PolicyDocument=%7B%7D&Description=a%00b'),
      'MalformedInput',
    ],
    ['with a line break in a name', named(IAM, 'GetUser', '&UserName=a%0Ab'), 'ValidationError'],
    ['that ends in an ampersand', `${named(IAM, 'GetUser', '&UserName=nobody')}&`, 'NoSuchEntity'],
    ['with __proto__', user('&__proto__.polluted=1&UserName.__proto__=a'), 'MalformedInput'],
    ['of nothing', '', 'InvalidAction'],
    ['of ampersands', '&'.repeat(100), 'MalformedInput'],
    ['of an action with markup', named(IAM, '%3C%2FCode%3E%3Cscript%3E', ''), 'InvalidAction'],
    ['of an action of STS', named(IAM, 'GetCallerIdentity', ''), 'InvalidAction'],
    ['of another version', 'Action=GetUser&Version=2011-06-15', 'InvalidAction'],
    ['with a number that is none', named(IAM, 'ListUsers', '&MaxItems=ten'), 'MalformedInput'],
    ['with a number beyond all', named(IAM, 'ListUsers', `&MaxItems=${'9'.repeat(400)}`), 'MalformedInput'],
    ['with a number that is too large', named(IAM, 'ListUsers', '&MaxItems=1001'), 'ValidationError'],
    ['with a marker of its own', named(IAM, 'ListUsers', '&Marker=AAAA'), 'ValidationError'],
  ])('%s is refused', async (_, body, code) => {
    const answer = await post(IAM, body)
    expect([answer.code, answer.status < 500], answer.text).toEqual([code, true])
    expect(answer.text).not.toContain('<script>')
  })

  it('of a megabyte is cut', async () => {
    const sent = post(IAM, user(`&Path=${'a'.repeat(1 << 20)}`))
    const answer = await sent.catch(() => undefined)
    // Whoever still writes when the connection is cut may never read the answer.
    if (answer) expect(answer).toMatchObject({ status: 413, code: 'RequestEntityTooLarge' })
    expect((await post(STS, named(STS, 'GetCallerIdentity', ''))).status).toBe(200)
  })

  it.each([
    ['of IAM', IAM],
    ['of STS', STS],
  ])('%s with anything in it is never a fault of ours', async (_, dialect) => {
    const names = operations.filter(({ service }) => service === dialect.service).map(({ name }) => name)
    // What ends the administrator's own way in, or everybody's, would end the run and not the engine.
    const action = fc.constantFrom(
      ...names.filter((name) => !/AccessKey$|^DeleteUser|UserPolicy$/.test(name)),
    )
    const member = fc.constantFrom(...MEMBERS)
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...VALUES))
    const field = fc.tuple(member, value).map(([name, text]) => `&${name}=${encodeURIComponent(text)}`)
    const form = fc.tuple(action, fc.uniqueArray(field, { maxLength: 6 }))
    await fc.assert(
      fc.asyncProperty(form, async ([name, fields]) => {
        const { status, text } = await post(dialect, named(dialect, name, fields.join('')))
        expect(status, text).toBeLessThan(500)
      }),
      { numRuns: 300, interruptAfterTimeLimit: 12_000 },
    )
  })
})

const MEMBERS = [
  ...[
    'UserName',
    'RoleName',
    'GroupName',
    'PolicyName',
    'PolicyArn',
    'PolicyDocument',
    'Path',
    'Description',
  ],
  ...['AssumeRolePolicyDocument', 'Tags.member.1.Key', 'Tags.member.1.Value', 'TagKeys.member.1', 'Marker'],
  ...['MaxItems', 'PathPrefix', 'VersionId', 'SerialNumber', 'Url', 'OpenIDConnectProviderArn', 'ClientID'],
  ...['ThumbprintList.member.1', 'RoleArn', 'RoleSessionName', 'Policy', 'DurationSeconds', 'Password'],
  ...[
    'ActionNames.member.1',
    'PolicyInputList.member.1',
    'PolicySourceArn',
    'ResourceArns.member.1',
    'Status',
  ],
  ...['ContextEntries.member.1.ContextKeyName', 'ContextEntries.member.1.ContextKeyValues.member.1'],
]
const VALUES = [
  ...[
    'admin',
    'alice',
    'fuzz',
    '/',
    '/a/',
    '1',
    '900',
    '-1',
    'true',
    'v1',
    'v999999999999999999',
    '*',
    'kms:*',
  ],
  ...['arn:aws:iam::111122223333:policy/a', 'arn:aws:iam::111122223333:role/a', 'arn:aws:iam::aws:policy/a'],
  ...[
    'arn:aws:iam::111122223333:user/alice',
    'arn:aws:iam::111122223333:oidc-provider/a',
    'https://a.example',
  ],
  ...[
    '{}',
    '[]',
    '{"Version":"2012-10-17","Statement":[]}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow"}}',
  ],
  ...[
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    'a'.repeat(64),
  ],
  ...[
    'a passphrase that is long',
    '\u2028',
    '\ud83d\ude00',
    "'; DROP TABLE keyhouse.key; --",
    '%',
    '../../etc',
  ],
]
