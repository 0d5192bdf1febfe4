import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, type Answer, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const arnOf = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:user/${name}`
const allow = (who: string | string[], Action: string | string[]) => ({
  Effect: 'Allow',
  Principal: { AWS: who },
  Action,
  Resource: '*',
})
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })

let world: World
let KeyId: string
beforeAll(async () => {
  world = await openWorld()
  KeyId = (await world.as('admin').call('CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }))
    .KeyMetadata.KeyId
})
afterAll(() => world?.close())

const lint = async (Policy: string, more: object = { KeyId }, name = 'admin'): Promise<Answer[]> =>
  (await world.as(name).call('LintKeyPolicy', { Policy, ...more })).Findings
const ids = (findings: Answer[]) => findings.map(({ Id }) => Id)

describe('LintKeyPolicy', () => {
  it('knows the key, who there is, and who asks', async () => {
    const findings = await lint(policyOf(allow(arnOf('carrol'), ['kms:Sign', 'kms:Decrypt'])))
    expect(ids(findings).sort()).toEqual(['ACT-02', 'AWS-01', 'LOCK-01', 'LOCK-02', 'PRIN-03', 'ROOT-01'])
    expect(findings.find(({ Id }) => Id === 'LOCK-01')?.Message).toBe(
      "After saving, user/admin (you) can't change this policy.",
    )
    expect(findings.find(({ Id }) => Id === 'PRIN-03')).toMatchObject({
      Message: "user/carrol doesn't exist. Did you mean user/carol?",
      Fix: { Edits: [{ Text: `"${arnOf('carol')}"` }] },
    })
  })

  it('agrees with what saving would do about a lockout', async () => {
    for (const [name, policy] of [
      ['admin', policyOf(allow(ROOT, 'kms:*'))],
      ['admin', policyOf(allow(arnOf('bob'), 'kms:*'))],
      ['admin', policyOf(allow(arnOf('admin'), 'kms:PutKeyPolicy'))],
      ['root', policyOf(allow(ROOT, 'kms:Decrypt'))],
    ] as const) {
      const fresh = (await world.as('admin').call('CreateKey')).KeyMetadata.KeyId
      const warned = ids(await lint(policy, { KeyId: fresh }, name)).includes('LOCK-01')
      const saved = await world
        .as(name)
        .call('PutKeyPolicy', { KeyId: fresh, Policy: policy })
        .then(
          () => true,
          () => false,
        )
      expect(saved, policy).toBe(!warned)
    }
  })

  it('knows accounts of the installation, and those that somebody chose', async () => {
    const foreign = (account: string) => policyOf(allow(ROOT, 'kms:*'), allow(account, 'kms:Sign'))
    expect(ids(await lint(foreign(OTHER_ACCOUNT)))).not.toContain('EXT-01')
    expect(ids(await lint(foreign('555566667777')))).toContain('EXT-01')
    await world.sql(
      `INSERT INTO keyhouse.setting (name, value, changed_by) VALUES ('knownAccounts', '["555566667777"]', 'x')`,
    )
    expect(ids(await lint(foreign('555566667777')))).not.toContain('EXT-01')
  })

  it('goes by spec and usage where there is no key yet', async () => {
    const policy = policyOf(allow(ROOT, 'kms:*'), allow(arnOf('bob'), ['kms:Sign', 'kms:Decrypt']))
    expect(ids(await lint(policy, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, 'alice'))).toContain(
      'ACT-02',
    )
    expect(ids(await lint(policy, {}, 'alice'))).not.toContain('ACT-02')
  })

  it.each([
    ['a key whose policy one may not read', 'bob', () => ({ KeyId })],
    ['no key, by one who may make none', 'bob', () => ({})],
    [
      'a key of another account',
      'outsider',
      () => ({ KeyId: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${KeyId}` }),
    ],
  ])('is refused for %s', async (_, name, more) => {
    const refusal = await world.as(name).refusal('LintKeyPolicy', { Policy: '{}', ...more() })
    expect(refusal.code).toBe('AccessDeniedException')
  })
})

describe('LintIdentityPolicy', () => {
  it('reads identity, trust and boundary policies, for whoever may simulate them', async () => {
    const admin = world.as('admin')
    const trust = policyOf({ Effect: 'Allow', Principal: { AWS: arnOf('alise') }, Action: 'sts:AssumeRole' })
    const { Findings } = await admin.call('LintIdentityPolicy', { Policy: trust, Kind: 'trust' })
    expect(Findings.find(({ Id }: Answer) => Id === 'PRIN-03')?.Message).toContain('user/alice')
    const identity = policyOf({ Effect: 'Allow', Action: 'kms:Decript', Resource: '*' })
    for (const Kind of ['identity', 'boundary'])
      expect(ids((await admin.call('LintIdentityPolicy', { Policy: identity, Kind })).Findings)).toEqual([
        'ACT-01',
      ])
    const refusal = await world
      .as('alice')
      .refusal('LintIdentityPolicy', { Policy: identity, Kind: 'identity' })
    expect(refusal.code).toBe('AccessDeniedException')
  })
})
