import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (...Action: string[]) => ({
  Effect: 'Allow',
  Action,
  Resource: `arn:aws:kms:*:${ACCOUNT}:key/*`,
})
const WRONG = policyOf(allow('kms:Decript'))

let world: World
beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  for (const [PolicyName, PolicyDocument] of [
    ['a-right', policyOf(allow('kms:Decrypt'))],
    ['b-wrong', WRONG],
    ['c-mended', WRONG],
  ])
    await admin.call('CreatePolicy', { PolicyName, PolicyDocument })
  const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/c-mended`
  const PolicyDocument = policyOf(allow('kms:Decrypt'))
  await admin.call('CreatePolicyVersion', { PolicyArn, PolicyDocument, SetAsDefault: true })
})
afterAll(() => world?.close())

describe('ListPolicyFindings', () => {
  it('counts what is found in the version in force, and says how grave the gravest is', async () => {
    const { Policies } = await world.as('admin').call('ListPolicyFindings')
    expect(Policies).toEqual([
      { PolicyName: 'a-right', Findings: 0 },
      { PolicyName: 'b-wrong', Findings: 1, Severity: 'error' },
      { PolicyName: 'c-mended', Findings: 0 },
    ])
  })

  it('comes in pages, each policy once', async () => {
    const names: string[] = []
    let Marker: string | undefined
    do {
      const page = await world.as('admin').call('ListPolicyFindings', { Limit: 1, ...(Marker && { Marker }) })
      names.push(...page.Policies.map(({ PolicyName }: { PolicyName: string }) => PolicyName))
      Marker = page.NextMarker
    } while (Marker !== undefined)
    expect(names).toEqual(['a-right', 'b-wrong', 'c-mended'])
  })

  it('says nothing of a policy that one may not read, and nothing to whom may not list', async () => {
    const UserName = 'alice'
    const lists = { Effect: 'Allow', Action: 'iam:ListPolicies', Resource: '*' }
    const reads = {
      Effect: 'Allow',
      Action: 'iam:GetPolicyVersion',
      Resource: `arn:aws:iam::${ACCOUNT}:policy/b-*`,
    }
    const alice = world.as(UserName)
    expect((await alice.refusal('ListPolicyFindings')).code).toBe('AccessDeniedException')
    const PolicyDocument = policyOf(lists, reads)
    await world.as('admin').call('PutUserPolicy', { UserName, PolicyName: 'reads', PolicyDocument })
    expect((await alice.call('ListPolicyFindings')).Policies).toEqual([
      { PolicyName: 'b-wrong', Findings: 1, Severity: 'error' },
    ])
  })
})
