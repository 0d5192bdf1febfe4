/** Every policy that was in force is kept: by whom, by which event, and what it changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskEdition } from '#lib/desk/editions.ts'
import { defaultKeyPolicy } from '#lib/domain/default-policy.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { PutKeyPolicy, SaveKeyPolicy } from '#lib/kms/policies.ts'
import { ACCOUNT, type Answer, OTHER_REGION, openWorld, REGION, type World } from '#lib/testing/world.ts'

const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`
const allow = (sid: string, who: string | string[], ...Action: string[]) => ({
  Sid: sid,
  Effect: 'Allow',
  Principal: { AWS: who },
  Action,
  Resource: '*',
})
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const users = (...names: string[]) =>
  policyOf(allow('Root', ROOT, 'kms:*'), allow('Users', names.map(arnOf), 'kms:Decrypt'))

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const newKey = async (input: object = {}): Promise<string> =>
  (await admin().call('CreateKey', input)).KeyMetadata.KeyId
const put = (KeyId: string, Policy: string) => admin().call('PutKeyPolicy', { KeyId, Policy })
const versions = async (KeyId: string, region = REGION): Promise<Answer[]> =>
  (await world.as('admin', region).call('ListPolicyVersions', { KeyId })).Versions
const newest = async (name: string) => (await world.events(name)).at(-1)?.eventID

describe('a version is written', () => {
  it('with a key, and names its event and who made it', async () => {
    const KeyId = await newKey()
    const [only, ...none] = await versions(KeyId)
    expect(none).toEqual([])
    expect(only).toMatchObject({
      Version: 1,
      CreatedBy: admin().principal.arn,
      EventId: await newest('CreateKey'),
      Delta: [],
      InForce: true,
    })
    expect(only?.CreatedAt).toBeInstanceOf(Date)
  })

  it('with every change, densely, told in words', async () => {
    const KeyId = await newKey({ Policy: users('bob') })
    await put(KeyId, users('bob', 'carol'))
    const second = await newest('PutKeyPolicy')
    await put(KeyId, users('carol'))
    const found = await versions(KeyId)
    expect(found.map(({ Version }) => Version)).toEqual([3, 2, 1])
    expect(found.map(({ InForce }) => InForce)).toEqual([true, false, false])
    expect(found.map(({ Delta }) => Delta)).toEqual([
      ['Users: user/bob removed'],
      ['Users: user/carol added'],
      [],
    ])
    expect(found[1]?.EventId).toBe(second)
  })

  it('of the same text never, though the event is there', async () => {
    const KeyId = await newKey({ Policy: users('bob') })
    const before = (await world.events('PutKeyPolicy')).length
    await put(KeyId, users('bob'))
    expect(await versions(KeyId)).toHaveLength(1)
    expect(await world.events('PutKeyPolicy')).toHaveLength(before + 1)
  })

  it('and one that is restored is a version of its own', async () => {
    const KeyId = await newKey({ Policy: users('bob') })
    await put(KeyId, users('carol'))
    const { Policy, Version, InForce, Delta } = await admin().call('GetPolicyVersion', { KeyId, Version: 1 })
    expect({ Policy, Version, InForce, Delta }).toEqual({
      Policy: users('bob'),
      Version: 1,
      InForce: false,
      Delta: [],
    })
    await put(KeyId, Policy)
    expect((await admin().call('GetPolicyVersion', { KeyId, Version: 3 })).Policy).toBe(users('bob'))
    expect((await admin().call('GetKeyPolicy', { KeyId })).Policy).toBe(users('bob'))
  })

  it('not for a change that was refused', async () => {
    const KeyId = await newKey()
    const refusal = await admin().refusal('PutKeyPolicy', { KeyId, Policy: '{}' })
    expect(refusal.code).toBe('MalformedPolicyDocumentException')
    expect(await versions(KeyId)).toHaveLength(1)
  })

  it('with a replica, in its own Region', async () => {
    const KeyId = await newKey({ MultiRegion: true, Policy: users('bob') })
    await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    const [replica, ...more] = await versions(KeyId, OTHER_REGION)
    expect(more).toEqual([])
    expect(replica).toMatchObject({ Version: 1, InForce: true, EventId: await newest('ReplicateKey') })
    const { Policy } = await world.as('admin', OTHER_REGION).call('GetPolicyVersion', { KeyId, Version: 1 })
    expect(Policy).toBe(defaultKeyPolicy('aws', ACCOUNT))
    expect(await versions(KeyId)).toHaveLength(1)
  })

  it('with an AWS managed key, which Keyhouse makes by itself', async () => {
    const { KeyMetadata } = await admin().call('DescribeKey', { KeyId: 'alias/aws/s3' })
    expect(await versions(KeyMetadata.KeyId)).toMatchObject([
      { Version: 1, CreatedBy: 'AWS', EventId: await newest('CreateKey') },
    ])
  })
})

describe('the list', () => {
  it('comes in pages, each told against the version before it', async () => {
    const KeyId = await newKey({ Policy: users('bob') })
    for (const name of ['carol', 'alice', 'stranger', 'admin']) await put(KeyId, users(name))
    const whole = await versions(KeyId)
    const paged: Answer[] = []
    let Marker: string | undefined
    do {
      const page = await admin().call('ListPolicyVersions', { KeyId, Limit: 2, Marker })
      expect(page.Versions.length).toBeLessThanOrEqual(2)
      paged.push(...page.Versions)
      Marker = page.NextMarker
    } while (Marker)
    expect(paged).toEqual(whole)
    expect(paged).toHaveLength(5)
  })

  it.each([
    ['a marker that is none', 'ListPolicyVersions', { Marker: 'nonsense' }, 'InvalidMarkerException'],
    ['a version that is not there', 'GetPolicyVersion', { Version: 9 }, 'NotFoundException'],
    ['version zero', 'GetPolicyVersion', { Version: 0 }, 'ValidationException'],
  ])('refuses %s', async (_, operation, input, code) => {
    const KeyId = await newKey()
    expect((await admin().refusal(operation, { KeyId, ...input })).code).toBe(code)
  })

  it('is for those who may read the policy', async () => {
    const KeyId = await newKey()
    for (const name of ['bob', 'stranger', 'outsider'])
      for (const [operation, input] of [
        ['ListPolicyVersions', {}],
        ['GetPolicyVersion', { Version: 1 }],
      ] as const) {
        const KeyArn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KeyId}`
        expect((await world.as(name).refusal(operation, { KeyId: KeyArn, ...input })).code).toBe(
          'AccessDeniedException',
        )
      }
  })

  it('takes no marker of another key', async () => {
    const [one, other] = [await newKey({ Policy: users('bob') }), await newKey({ Policy: users('bob') })]
    for (const KeyId of [one, other]) await put(KeyId, users('carol'))
    const { NextMarker } = await admin().call('ListPolicyVersions', { KeyId: one, Limit: 1 })
    expect(NextMarker).toBeDefined()
    const refusal = await admin().refusal('ListPolicyVersions', {
      KeyId: other,
      Limit: 1,
      Marker: NextMarker,
    })
    expect(refusal.code).toBe('InvalidMarkerException')
  })
})

describe('saving what was edited', () => {
  const save = (KeyId: string, Policy: string, ExpectedVersion?: number) =>
    world.engine.invoke(admin().caller, SaveKeyPolicy, { KeyId, Policy, ExpectedVersion })

  it('is done when the version is still the newest, under the event of PutKeyPolicy', async () => {
    const KeyId = await newKey({ Policy: users('bob') })
    await save(KeyId, users('carol'), 1)
    await save(KeyId, users('alice'), 2)
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({ eventName: 'PutKeyPolicy', eventSource: 'kms.amazonaws.com' })
    expect(record.requestParameters).toEqual({ keyId: KeyId, policy: users('alice') })
  })

  it('is refused when somebody else saved meanwhile, and nothing changes', async () => {
    const KeyId = await newKey({ Policy: users('bob') })
    await put(KeyId, users('carol'))
    await expect(save(KeyId, users('alice'), 1)).rejects.toMatchObject({
      code: 'ConflictException',
      message: 'The key policy is at version 2 by now, not at version 1. Nothing was saved.',
    })
    expect(await versions(KeyId)).toHaveLength(2)
  })

  it('tells nothing to those who may not save', async () => {
    const KeyId = await newKey()
    const input = { KeyId, Policy: users('bob'), ExpectedVersion: 7 }
    await expect(world.engine.invoke(world.as('bob').caller, SaveKeyPolicy, input)).rejects.toMatchObject({
      code: 'AccessDeniedException',
    })
  })

  it('lets one of many rivals through, on two engines', async () => {
    const second = await world.another()
    const KeyId = await newKey({ Policy: users('bob') })
    const rivals = Array.from({ length: 12 }, (_, n) =>
      (n % 2 ? second : world.engine)
        .invoke(admin().caller, SaveKeyPolicy, {
          KeyId,
          Policy: policyOf(allow('Root', ROOT, 'kms:*'), allow(`Rival ${n}`, arnOf('bob'), 'kms:Decrypt')),
          ExpectedVersion: 1,
        })
        .then(
          () => 'saved',
          (thrown: unknown) => (thrown instanceof KmsError ? thrown.code : String(thrown)),
        ),
    )
    const outcomes = await Promise.all(rivals)
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'ConflictException')).toHaveLength(11)
    const found = await versions(KeyId)
    expect(found.map(({ Version }) => Version)).toEqual([2, 1])
  })

  it('without a version, many at once are numbered densely', async () => {
    const second = await world.another()
    const KeyId = await newKey({ Policy: users('bob') })
    const texts = Array.from({ length: 6 }, (_, n) =>
      policyOf(allow('Root', ROOT, 'kms:*'), allow(`One ${n}`, arnOf('bob'), 'kms:Decrypt')),
    )
    await Promise.all(
      texts.map((Policy, n) =>
        (n % 2 ? second : world.engine).invoke(admin().caller, PutKeyPolicy, { KeyId, Policy }),
      ),
    )
    const found = await versions(KeyId)
    expect(found.map(({ Version }) => Version)).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(new Set(found.map(({ EventId }) => EventId)).size).toBe(7)
    const { Policy } = await admin().call('GetPolicyVersion', { KeyId, Version: 7 })
    expect((await admin().call('GetKeyPolicy', { KeyId })).Policy).toBe(Policy)
  })

  it('is the desk’s alone: the wire’s PutKeyPolicy has no such member', async () => {
    expect(deskEdition('KMS', 'PutKeyPolicy')).toBe(SaveKeyPolicy)
    expect(deskEdition('KMS', 'GetKeyPolicy')).toBeUndefined()
    const KeyId = await newKey({ Policy: users('bob') })
    await admin().call('PutKeyPolicy', { KeyId, Policy: users('carol'), ExpectedVersion: 9 })
    expect(await versions(KeyId)).toHaveLength(2)
  })
})

it('a key that is gone leaves its versions, and a replica made again goes on counting', async () => {
  const KeyId = await newKey({ MultiRegion: true })
  const there = world.as('admin', OTHER_REGION)
  await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
  await world.engine.services.dueWork.sweep()
  await there.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
  await world.advance({ days: 8 })
  await admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION, Policy: users('bob') })
  expect((await versions(KeyId, OTHER_REGION)).map(({ Version }) => Version)).toEqual([2, 1])
})
