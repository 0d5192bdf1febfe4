import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowing, document, givePolicy, giveRole, trusting } from '#lib/testing/sessions.ts'
import { ACCOUNT, type Answer, OTHER_ACCOUNT, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
let key: string
beforeAll(async () => {
  world = await openWorld()
  const Policy = document(
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
    { Sid: 'Bob', Effect: 'Allow', Principal: { AWS: BOB }, Action: 'kms:Encrypt', Resource: '*' },
  )
  key = (await world.as('admin').call('CreateKey', { Policy })).KeyMetadata.Arn
})
afterAll(() => world?.close())

const BOB = `arn:aws:iam::${ACCOUNT}:user/bob`
const STRANGER = `arn:aws:iam::${ACCOUNT}:user/stranger`

async function simulated(PolicySourceArn: string, action: string, more: object = {}): Promise<Answer> {
  const input = { PolicySourceArn, ActionNames: [action], ...more }
  const { EvaluationResults } = await world.as('admin').call('SimulatePrincipalPolicy', input)
  expect(EvaluationResults).toHaveLength(1)
  return EvaluationResults[0]
}

async function custom(policy: string, action: string, more: object = {}): Promise<Answer> {
  const input = { PolicyInputList: [policy], ActionNames: [action], ...more }
  return (await world.as('admin').call('SimulateCustomPolicy', input)).EvaluationResults[0]
}

describe('SimulatePrincipalPolicy', () => {
  it('answers from the policies of a user', async () => {
    expect(await simulated(BOB, 'kms:ListKeys')).toEqual({
      EvalActionName: 'kms:ListKeys',
      EvalResourceName: '*',
      EvalDecision: 'allowed',
      MatchedStatements: [
        {
          ...{ SourcePolicyId: 'policy-0', SourcePolicyType: 'IAM Policy' },
          StartPosition: { Line: 1, Column: 38 },
          EndPosition: { Line: 1, Column: expect.any(Number) },
        },
      ],
      MissingContextValues: [],
    })
    expect((await simulated(BOB, 'kms:CreateKey')).EvalDecision).toBe('implicitDeny')
  })

  it('agrees with the door about a key: its policy, delegation and grants', async () => {
    const by = { ResourceArns: [key] }
    const encrypt = await simulated(BOB, 'kms:Encrypt', by)
    expect(encrypt.EvalDecision).toBe('allowed')
    expect(encrypt.MatchedStatements).toEqual([
      expect.objectContaining({ SourcePolicyId: 'default', SourcePolicyType: 'Resource Policy' }),
    ])
    expect((await simulated(BOB, 'kms:Decrypt', by)).EvalDecision).toBe('implicitDeny')
    await world
      .as('admin')
      .call('CreateGrant', { KeyId: key, GranteePrincipal: BOB, Operations: ['Decrypt'] })
    expect((await simulated(BOB, 'kms:Decrypt', by)).EvalDecision).toBe('allowed')
    expect(
      (await simulated(BOB, 'kms:Decrypt', { ...by, PolicyInputList: [denying('kms:Decrypt')] }))
        .EvalDecision,
    ).toBe('explicitDeny')
  })

  const denying = (Action: string) => document({ Effect: 'Deny', Action, Resource: '*' })

  it('says what a boundary says, its own and one that is supposed', async () => {
    const bounded = { PermissionsBoundaryPolicyInputList: [allowing('kms:ListAliases')] }
    expect(await simulated(BOB, 'kms:ListKeys', bounded)).toMatchObject({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    })
    expect(await simulated(BOB, 'kms:ListAliases', bounded)).toMatchObject({
      EvalDecision: 'allowed',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
    })
  })

  it('names context values that it misses, and takes those that are entered', async () => {
    const Condition = {
      IpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
      Bool: { 'aws:SecureTransport': 'true' },
    }
    await givePolicy(
      world,
      'stranger',
      document({ Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*', Condition }),
    )
    expect(await simulated(STRANGER, 'kms:ListKeys')).toMatchObject({
      EvalDecision: 'implicitDeny',
      MissingContextValues: ['aws:sourceip'],
    })
    const ContextEntries = [
      { ContextKeyName: 'aws:SourceIp', ContextKeyValues: ['192.0.2.9'], ContextKeyType: 'ip' },
      { ContextKeyName: 'aws:SecureTransport', ContextKeyValues: ['true'], ContextKeyType: 'boolean' },
    ]
    expect((await simulated(STRANGER, 'kms:ListKeys', { ContextEntries })).EvalDecision).toBe('allowed')
  })

  it('knows roles', async () => {
    const arn = await giveRole(world, {
      name: 'tried',
      path: '/a/',
      trust: document(trusting(BOB)),
      policies: [allowing('kms:*')],
    })
    expect((await simulated(arn, 'kms:Encrypt', { ResourceArns: [key] })).EvalDecision).toBe('allowed')
  })

  it('pages over every action on every resource', async () => {
    const input = {
      PolicySourceArn: BOB,
      ActionNames: ['kms:ListKeys', 'kms:Encrypt'],
      ResourceArns: ['*', key],
      MaxItems: 3,
    }
    const first = await world.as('admin').call('SimulatePrincipalPolicy', input)
    expect([first.EvaluationResults.length, first.IsTruncated]).toEqual([3, true])
    const rest = await world.as('admin').call('SimulatePrincipalPolicy', { ...input, Marker: first.Marker })
    expect([rest.EvaluationResults.length, rest.IsTruncated]).toEqual([1, false])
  })

  it.each([
    ['nobody', `arn:aws:iam::${ACCOUNT}:user/nobody`, 'NoSuchEntity'],
    ['somebody of another account', `arn:aws:iam::${OTHER_ACCOUNT}:user/outsider`, 'NoSuchEntity'],
    ['what is no principal', `arn:aws:s3:::bucket-of-mine`, 'InvalidInput'],
  ])('is refused about %s', async (_, PolicySourceArn, code) => {
    const input = { PolicySourceArn, ActionNames: ['kms:Encrypt'] }
    expect((await world.as('admin').refusal('SimulatePrincipalPolicy', input)).code).toBe(code)
    expect((await world.as('bob').refusal('SimulatePrincipalPolicy', input)).code).toBe(
      'AccessDeniedException',
    )
  })

  it('tells nothing of a key of another account', async () => {
    const Policy = document(
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      { Effect: 'Allow', Principal: '*', Action: 'kms:Encrypt', Resource: '*' },
    )
    const { KeyMetadata } = await world.as('outsider').call('CreateKey', { Policy })
    const admin = world.as('admin').principal.arn
    expect((await simulated(admin, 'kms:Encrypt', { ResourceArns: [KeyMetadata.Arn] })).EvalDecision).toBe(
      'implicitDeny',
    )
  })
})

describe('SimulateCustomPolicy', () => {
  it('points at the statement in the text that was handed in', async () => {
    const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "kms:List*", "Resource": "*" }
  ]
}`
    expect(await custom(policy, 'kms:ListKeys')).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [
        {
          SourcePolicyId: 'PolicyInputList.1',
          StartPosition: { Line: 4, Column: 5 },
          EndPosition: { Line: 4, Column: 66 },
        },
      ],
    })
  })

  it('is about nobody’s own policies', async () => {
    expect((await custom(allowing('kms:ListKeys'), 'kms:CreateKey')).EvalDecision).toBe('implicitDeny')
  })

  it('takes a resource policy and who asks', async () => {
    const ResourcePolicy = document({
      Effect: 'Allow',
      Principal: { AWS: BOB },
      Action: 'kms:Sign',
      Resource: '*',
    })
    const ResourceArns = [`arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`]
    const more = { ResourcePolicy, ResourceArns, CallerArn: BOB }
    expect((await custom(allowing('kms:ListKeys'), 'kms:Sign', more)).EvalDecision).toBe('allowed')
    expect(
      (await custom(allowing('kms:ListKeys'), 'kms:Sign', { ...more, CallerArn: STRANGER })).EvalDecision,
    ).toBe('implicitDeny')
  })

  it('refuses what is no policy', async () => {
    const input = { PolicyInputList: ['{}'], ActionNames: ['kms:Sign'] }
    expect((await world.as('admin').refusal('SimulateCustomPolicy', input)).code).toBe('InvalidInput')
  })
})
