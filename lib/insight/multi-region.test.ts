import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import { policyText } from '#lib/kms/policy-rules.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { ACCOUNT, type Answer, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
let family: string
let alone: string

/** Lets the stranger list keys in one Region. */
async function letStrangerList(region: string): Promise<void> {
  const Condition = { StringEquals: { 'aws:RequestedRegion': region } }
  const Statement = [{ Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*', Condition }]
  const policy = policyText(JSON.stringify({ Version: '2012-10-17', Statement }))
  const principalId = world.as('stranger').principal.id
  await changeIdentities(world.engine.services, [ACCOUNT], async (rows) => {
    await putPolicyDocument(rows, policy)
    const policyHash = new Uint8Array(policy.hash)
    await rows.prisma.principalPolicy.create({ data: { principalId, name: 'one-region', policyHash } })
  })
}

beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  const create = async (input: object) => (await admin.call('CreateKey', input)).KeyMetadata.KeyId as string
  family = await create({ MultiRegion: true })
  await admin.call('CreateAlias', { AliasName: 'alias/everywhere', TargetKeyId: family })
  await admin.call('ReplicateKey', { KeyId: family, ReplicaRegion: OTHER_REGION })
  alone = await create({ MultiRegion: true, KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })
  await create({})
  await world.engine.services.dueWork.sweep()
})
afterAll(() => world?.close())

const list = (name: string, input: object = {}, region = REGION) =>
  world.as(name, region).call('ListMultiRegionKeys', input)

describe('ListMultiRegionKeys', () => {
  it('gives a family a row, whichever Region is asked, and no key of a single Region', async () => {
    for (const region of [REGION, OTHER_REGION]) {
      const { Keys, ListedRegions } = await list('admin', {}, region)
      expect(ListedRegions).toEqual([REGION, OTHER_REGION])
      expect(Keys).toHaveLength(2)
      expect(Keys).toContainEqual({
        KeyId: family,
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyUsage: 'ENCRYPT_DECRYPT',
        Origin: 'AWS_KMS',
        PrimaryRegion: REGION,
        MemberRegions: [REGION, OTHER_REGION],
        Members: [
          { Region: REGION, KeyState: 'Enabled', Aliases: ['alias/everywhere'] },
          { Region: OTHER_REGION, KeyState: 'Enabled', Aliases: [] },
        ],
      })
    }
  })

  it('pages by key id', async () => {
    const first = await list('admin', { Limit: 1 })
    const second = await list('admin', { Limit: 1, Cursor: first.NextCursor })
    expect(second.NextCursor).toBeUndefined()
    expect([...first.Keys, ...second.Keys].map(({ KeyId }: Answer) => KeyId)).toEqual([family, alone].sort())
    expect(await world.as('admin').refusal('ListMultiRegionKeys', { Cursor: 'made-up' })).toMatchObject({
      code: 'InvalidMarkerException',
    })
  })

  it('is refused to someone who may list keys nowhere, and reads no Region where they may not', async () => {
    expect(await world.as('stranger').refusal('ListMultiRegionKeys')).toMatchObject({
      code: 'AccessDeniedException',
    })
    await letStrangerList(OTHER_REGION)
    const { Keys, ListedRegions } = await list('stranger')
    expect(ListedRegions).toEqual([OTHER_REGION])
    // That the family has a member in the other Region is told by every member (DescribeKey); its state is not.
    expect(Keys).toMatchObject([
      { KeyId: family, MemberRegions: [REGION, OTHER_REGION], Members: [{ Region: OTHER_REGION }] },
    ])
  })

  it('gives nothing of another account', async () => {
    expect((await list('outsider')).Keys).toEqual([])
  })
})
