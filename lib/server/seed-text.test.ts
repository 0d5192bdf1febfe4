import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseSeed, SeedError } from './seed-text.ts'

/** A seed without fault, one member a line, so that a test can change one. */
const LINES = [
  'accounts:',
  '  - id: "111122223333"',
  '    alias: acme',
  '    regions: [eu-west-1]',
  '    root:',
  '      accessKeys: [{ id: AKIAROOTROOTROOT2222, secret: a-secret-of-the-root }]',
  '    users:',
  '      - name: alice',
  '        password: quiet otters ferry lanterns',
  '        accessKeys: [{ id: AKIAALICEALICE222222, secret: a-secret-of-alice }]',
  '        policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "kms:ListKeys", Resource: "*" }] }]',
  '      - name: bob',
  'keys:',
  '  - account: "111122223333"',
  '    region: eu-west-1',
  '    id: 1234abcd-12ab-34cd-56ef-1234567890ab',
  '    description: orders',
  '    aliases: [alias/orders]',
  '    tags: { team: shop }',
  '    material: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
]

/** The seed with a line in place of the one that begins alike. */
function withLine(line: string): string {
  const start = line.slice(0, line.indexOf(':') + 1)
  const at = LINES.findIndex((known) => known.startsWith(start))
  if (at < 0) throw new Error(`no line begins with ${start}`)
  return LINES.with(at, line).join('\n')
}

const faultOf = (text: string) => {
  try {
    parseSeed(text, 'seed.yaml')
  } catch (thrown) {
    if (thrown instanceof SeedError) return thrown.message
    throw thrown
  }
  return 'no fault'
}

describe('a seed', () => {
  it('is read from YAML', () => {
    const seed = parseSeed(LINES.join('\n'), 'seed.yaml')
    expect(seed.accounts[0]).toMatchObject({ id: '111122223333', alias: 'acme', regions: ['eu-west-1'] })
    expect(seed.accounts[0]?.users.map(({ name, accessKeys }) => [name, accessKeys.length])).toEqual([
      ['alice', 1],
      ['bob', 0],
    ])
    expect(seed.keys[0]?.material).toEqual(Uint8Array.from({ length: 32 }, (_, i) => i))
  })

  it('is read from JSON, to the same', () => {
    const seed = parseSeed(LINES.join('\n'), 'seed.yaml')
    const material = Buffer.from(seed.keys[0]?.material ?? []).toString('base64')
    const json = JSON.stringify({ ...seed, keys: [{ ...seed.keys[0], material }] })
    expect(parseSeed(json, 'seed.json')).toEqual(seed)
  })

  it('is the example of its documentation', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/seed-file.md', 'utf8')) ?? []
    const { accounts, keys } = parseSeed(example, 'docs/seed-file.md')
    expect(accounts[0]?.users.map(({ name }) => name)).toEqual(['alice', 'bob'])
    expect(keys[0]?.aliases).toEqual(['alias/orders'])
  })

  it.each([
    [
      'an account id without quotes',
      '  - id: 111122223333',
      'seed.yaml:2: accounts[0].id must be text: write the account id in quotes',
    ],
    [
      'an account id of eleven digits',
      '  - id: "11112222333"',
      'seed.yaml:2: accounts[0].id must be 12 digits',
    ],
    ['an alias in capitals', '    alias: Acme', 'seed.yaml:3: accounts[0].alias must have 3 to 63'],
    [
      'an alias of the console',
      '    alias: settings',
      'seed.yaml:3: accounts[0].alias is a word the console uses',
    ],
    ['no Region', '    regions: []', 'seed.yaml:4: accounts[0].regions must name at least one Region'],
    [
      'a Region that is none',
      '    regions: [Ireland]',
      'seed.yaml:4: accounts[0].regions[0] must be the name of a Region',
    ],
    [
      'a member that is not known',
      '    region: eu-west-1\n    zone: a',
      'seed.yaml:16: keys[0].zone is not known here',
    ],
    ['a member that is missing', '    id:', 'seed.yaml:16: keys[0].id must be text'],
    [
      'a short password',
      '        password: short',
      'seed.yaml:9: accounts[0].users[0].password is refused: The password must have at least 15',
    ],
    [
      'a short secret',
      '        accessKeys: [{ id: AKIAALICEALICE222222, secret: short }]',
      'seed.yaml:10: accounts[0].users[0].accessKeys[0].secret must have at least 16',
    ],
    [
      'an access key twice',
      '        accessKeys: [{ id: AKIAROOTROOTROOT2222, secret: a-secret-of-alice }]',
      'seed.yaml:10: accounts[0].users[0].accessKeys[0].id is the id of an access key above',
    ],
    [
      'a user twice, in other letters',
      '      - name: alice\n      - name: ALICE',
      'seed.yaml:9: accounts[0].users[1].name is the name of a user above',
    ],
    [
      'a user name with a space',
      '      - name: al ice',
      'seed.yaml:8: accounts[0].users[0].name must have 1 to 64',
    ],
    [
      'a policy without an effect',
      '        policies: [{ Version: "2012-10-17", Statement: [{ Action: "kms:ListKeys", Resource: "*" }] }]',
      'seed.yaml:11: accounts[0].users[0].policies[0] is no policy: ',
    ],
    [
      'a policy that is a number',
      '        policies: [42]',
      'seed.yaml:11: accounts[0].users[0].policies[0] must be a policy document',
    ],
    [
      'a key in another account',
      '  - account: "999999999999"',
      'seed.yaml:14: keys[0].account is not an account of this file',
    ],
    [
      'a key in another Region',
      '    region: us-east-1',
      'seed.yaml:15: keys[0].region is not a Region of account 111122223333',
    ],
    [
      'a key id in capitals',
      '    id: 1234ABCD-12ab-34cd-56ef-1234567890ab',
      'seed.yaml:16: keys[0].id must be a lower-case UUID',
    ],
    [
      'an alias without its prefix',
      '    aliases: [orders]',
      'seed.yaml:18: keys[0].aliases[0] must be alias/ and',
    ],
    [
      'an alias of AWS',
      '    aliases: [alias/aws/s3]',
      'seed.yaml:18: keys[0].aliases[0] begins with alias/aws/',
    ],
    [
      'an alias twice',
      '    aliases: [alias/orders, alias/orders]',
      'seed.yaml:18: keys[0].aliases[1] is an alias of a key above',
    ],
    [
      'a tag that is a list',
      '    tags: [team]',
      'seed.yaml:19: keys[0].tags must be a mapping of names to texts',
    ],
    [
      'material of three bytes',
      '    material: AAEC',
      'seed.yaml:20: keys[0].material must be 32 bytes in base64',
    ],
    [
      'asymmetric material that is no PKCS#8',
      '    material: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n    spec: RSA_2048\n    usage: SIGN_VERIFY',
      'seed.yaml:20: keys[0].material must be PKCS#8 of a RSA_2048 key',
    ],
    ['a spec that is none', '    description: x\n    spec: AES_512', 'keys[0].spec is no key spec'],
    ['a usage that must be said', '    description: x\n    spec: RSA_2048', 'keys[0].usage must be one of'],
    ['a usage of another spec', '    description: x\n    usage: SIGN_VERIFY', 'keys[0].usage is not one of'],
    [
      'a spec of another partition',
      '    description: x\n    spec: SM2',
      'keys[0].spec does not exist in this Region',
    ],
    [
      'replicas of a single-Region key',
      '    description: x\n    replicas: [eu-west-1]',
      'keys[0].replicas are only',
    ],
    [
      'rotation of a Mac key',
      '    description: x\n    spec: HMAC_256\n    rotation: {}',
      'keys[0].rotation is only',
    ],
    [
      'an expiry of nothing imported',
      '    description: x\n    validTo: 2100-01-01',
      'keys[0].validTo is only',
    ],
    ['a time that is none', '    description: x\n    created: yesterday', 'keys[0].created must be a time'],
    [
      'rotations in disorder',
      '    description: x\n    created: 2024-01-01\n    rotation: { past: [2023-01-01] }',
      'keys[0].rotation has past dates that are not in order',
    ],
    [
      'a grant to nobody',
      '    description: x\n    grants: [{ grantee: "arn:aws:iam::111122223333:user/zoe", operations: [Encrypt] }]',
      'keys[0].grants[0].grantee is nobody of that account',
    ],
    [
      'a grant of what the key cannot do',
      '    description: x\n    grants: [{ grantee: "arn:aws:iam::111122223333:user/bob", operations: [Sign] }]',
      'keys[0].grants hold operations that SYMMETRIC_DEFAULT keys cannot have: Sign',
    ],
    ['material that is no base64', '    material: "!!!!"', 'seed.yaml:20: keys[0].material must be base64'],
    ['a member written twice', '    alias: acme\n    alias: acme', 'seed.yaml:4: Map keys must be unique'],
  ])('with %s says where and what', (_, line, message) => {
    expect(faultOf(withLine(line))).toContain(message)
  })

  it.each([
    ['is empty', '', 'seed.yaml:1: must be a mapping'],
    ['is a list', '- a', 'seed.yaml:1: must be a mapping'],
    ['has no accounts', 'keys: []', 'seed.yaml:1: accounts is missing'],
    ['is no YAML', 'accounts: [\n  {', 'seed.yaml:2: '],
    [
      'grows when it is read',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]`,
      'seed.yaml: uses more aliases',
    ],
  ])('that %s is refused', (_, text, message) => {
    expect(faultOf(text)).toContain(message)
  })

  it('has all its faults told at once', () => {
    const text = LINES.join('\n')
      .replace('alias: acme', 'alias: Acme')
      .replace('name: bob', 'name: b ob')
      .replace('alias/orders', 'orders')
    expect(faultOf(text).split('\n')).toHaveLength(3)
  })

  it('whose key policy names someone who is not there is refused', () => {
    const policy = (user: string) =>
      `    policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:user/${user}" }, Action: "kms:*", Resource: "*" }] }`
    const withPolicy = (user: string) => [...LINES, policy(user)].join('\n')
    expect(faultOf(withPolicy('bob'))).toBe('no fault')
    expect(faultOf(withPolicy('eve'))).toContain('seed.yaml:21: keys[0].policy is no policy: ')
  })

  const TRUST = (user: string) =>
    `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:user/${user}" }, Action: "sts:AssumeRole" }] }`
  const DOCUMENT = '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "kms:*", Resource: "*" }] }'
  it.each([
    ['a role that trusts somebody there', `roles: [{ name: r, trust: ${TRUST('bob')} }]`, 'no fault'],
    [
      'a role that trusts nobody there is',
      `roles: [{ name: r, trust: ${TRUST('eve')} }]`,
      'accounts[0].roles[0].trust is no policy: Invalid principal in policy',
    ],
    [
      'a role without a trust policy',
      'roles: [{ name: r }]',
      'accounts[0].roles[0].trust must be a policy document',
    ],
    [
      'a policy that is attached and not there',
      `roles: [{ name: r, attached: [none], trust: ${TRUST('bob')} }]`,
      'accounts[0].roles[0].attached[0] is no policy of this account in the file',
    ],
    [
      'a boundary that is not there',
      `roles: [{ name: r, boundary: none, trust: ${TRUST('bob')} }]`,
      'accounts[0].roles[0].boundary is no policy of this account in the file',
    ],
    [
      'a group of somebody who is not there',
      'groups: [{ name: g, members: [eve] }]',
      'accounts[0].groups[0].members[0] is no user of this account in the file',
    ],
    [
      'two policies of one name',
      `policies: [{ name: p, document: ${DOCUMENT} }, { name: P, document: ${DOCUMENT} }]`,
      'accounts[0].policies[1].name is the name of a policy above, whatever the case of its letters',
    ],
    [
      'a managed policy that says nothing',
      'policies: [{ name: p, document: "{}" }]',
      'accounts[0].policies[0].document is no policy: ',
    ],
    [
      'guardrails over the first account',
      `guardrails: [{ name: g, policy: ${DOCUMENT} }]`,
      'accounts[0].guardrails do not bind the first account; name them in another one',
    ],
  ])('with %s says so', (_, line, message) => {
    expect(faultOf(LINES.toSpliced(4, 0, `    ${line}`).join('\n'))).toContain(message)
  })
})
