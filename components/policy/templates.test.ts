import { describe, expect, it } from 'vitest'
import { allow, ids, lint, policy, role, user, WORLD, window } from '#lib/policy/lint/testing-lint.ts'
import { type TemplateValues, templatesFor } from './templates.ts'

const account = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${WORLD.account}:root` },
  Action: 'kms:*',
  Resource: '*',
}
const VALUES: TemplateValues = {
  principals: [role('app-backend')],
  account: '999988887777',
  contextKey: 'tenant',
  contextValue: 'acme',
  network: '203.0.113.0/24',
  days: '30',
}

/** What a template is about, and so may be told of: an account of others gets in, grants are handed out. */
const MEANT = new Set(['EXT-01', 'SOD-02'])

describe('a template for key policies', () => {
  it.each(templatesFor('key').map((template) => [template.title, template] as const))(
    '“%s” has nothing wrong with it',
    (_, template) => {
      const text = policy(
        account,
        ...(template.id === 'window' ? [] : [window]),
        template.make(VALUES, WORLD),
      )
      expect(ids(lint(text)).filter((id) => !MEANT.has(id))).toEqual([])
    },
  )

  it.each(
    templatesFor('key')
      .filter(({ unfit }) => !unfit)
      .map((template) => [template.title, template] as const),
  )('“%s” fits a signing key too', (_, template) => {
    const key = { spec: 'RSA_2048', usage: 'SIGN_VERIFY', origin: 'AWS_KMS', multiRegion: false } as const
    const text = policy(
      account,
      ...(template.id === 'window' ? [] : [window]),
      template.make(VALUES, { ...WORLD, key }),
    )
    expect(ids(lint(text, { key })).filter((id) => !MEANT.has(id))).toEqual([])
  })

  it('separates: an administrator that it names is no key user any more', () => {
    const both = [allow({ AWS: user('bob') }, ['kms:PutKeyPolicy', 'kms:Decrypt', 'kms:Encrypt'])]
    const strict = templatesFor('key')
      .find(({ id }) => id === 'separation')
      ?.make({ ...VALUES, principals: [user('bob')] }, WORLD)
    expect(ids(lint(policy(account, window, ...both)))).toContain('SOD-01')
    expect(ids(lint(policy(account, window, ...both, strict ?? {})))).not.toContain('SOD-01')
  })
})

describe.each(['identity', 'trust'] as const)('a template for %s policies', (kind) => {
  it.each(templatesFor(kind).map((template) => [template.title, template] as const))(
    '“%s” has nothing wrong with it',
    (_, template) => {
      const text = policy(template.make(VALUES, WORLD))
      expect(ids(lint(text, { kind })).filter((id) => !MEANT.has(id))).toEqual([])
    },
  )
})
