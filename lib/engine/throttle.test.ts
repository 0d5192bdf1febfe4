/** Request quotas: who counts with whom, how a bucket fills, and what a throttled call leaves behind (facts §15). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestQuota } from '#lib/domain/quotas.ts'
import { kmsOperations } from '#lib/kms/operations.ts'
import { allOperations, openWorld, type World } from '#lib/testing/world.ts'
import { openDoor } from './invoke.ts'
import { openThrottle } from './throttle.ts'

describe('the quota of', () => {
  it.each([
    ['Encrypt in a busy Region', 'Encrypt', {}, 'us-east-1', 'symmetric', 100_000],
    ['Decrypt in another', 'Decrypt', {}, 'eu-central-1', 'symmetric', 20_000],
    ['GenerateRandom elsewhere', 'GenerateRandom', {}, 'sa-east-1', 'symmetric', 10_000],
    ['Encrypt with RSA', 'Encrypt', { EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }, 'eu-west-1', 'RSA', 1000],
    ['Sign with RSA', 'Sign', { SigningAlgorithm: 'RSASSA_PSS_SHA_256' }, 'eu-west-1', 'RSA', 1000],
    ['Verify on a curve', 'Verify', { SigningAlgorithm: 'ECDSA_SHA_256' }, 'eu-west-1', 'ECC', 1000],
    ['Sign with Ed25519', 'Sign', { SigningAlgorithm: 'ED25519_SHA_512' }, 'eu-west-1', 'ECC', 1000],
    ['Sign with SM2', 'Sign', { SigningAlgorithm: 'SM2DSA' }, 'cn-north-1', 'ECC', 1000],
    ['Sign with ML-DSA', 'Sign', { SigningAlgorithm: 'ML_DSA_SHAKE_256' }, 'eu-west-1', 'ML_DSA', 1000],
    [
      'ReEncrypt to RSA',
      'ReEncrypt',
      { DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_1' },
      'x',
      'RSA',
      1000,
    ],
    ['a pair of RSA_4096', 'GenerateDataKeyPair', { KeyPairSpec: 'RSA_4096' }, 'x', 'pair RSA_4096', 1],
    [
      'a pair of a curve',
      'GenerateDataKeyPair',
      { KeyPairSpec: 'ECC_NIST_P256' },
      'x',
      'pair ECC_NIST_P256',
      100,
    ],
    [
      'a pair without plaintext',
      'GenerateDataKeyPairWithoutPlaintext',
      { KeyPairSpec: 'SM2' },
      'x',
      'pair SM2',
      25,
    ],
    ['a pair of nonsense', 'GenerateDataKeyPair', { KeyPairSpec: 'nonsense' }, 'x', 'pair no spec', 100],
    ['a request that is no object', 'Encrypt', 'text', 'x', 'symmetric', 10_000],
    ['DescribeKey', 'DescribeKey', {}, 'x', 'DescribeKey', 2000],
    ['TagResource', 'TagResource', {}, 'x', 'TagResource', 10],
    ['GetKeyLastUsage', 'GetKeyLastUsage', {}, 'x', 'GetKeyLastUsage', 5],
  ])('%s', (_, operation, input, region, group, perSecond) => {
    expect(requestQuota(operation, input, region)).toEqual({ group, perSecond })
  })

  it('every cryptographic operation is shared, and of no other', () => {
    const shared = kmsOperations.filter(({ name }) => requestQuota(name, {}, 'eu-west-1').group !== name)
    const crypto = kmsOperations.filter((one) => one.class === 'crypto')
    expect(shared.map(({ name }) => name).sort()).toEqual(crypto.map(({ name }) => name).sort())
  })
})

describe('a bucket', () => {
  const call = { account: '111122223333', region: 'eu-west-1', operation: 'CreateKey', input: {} }
  const counting = (factor = 1) => {
    let at = 0
    const throttle = openThrottle({ factor, now: () => at })
    const wait = (ms: number) => {
      at += ms
    }
    const passed = (calls: number, of = call) =>
      Array.from({ length: calls }, () => throttle.count(of)).filter((one) => one === undefined).length
    return { throttle, passed, wait }
  }

  it('gives a second’s worth at once, then as much as time gives', () => {
    const { passed, wait } = counting()
    expect(passed(20)).toBe(5)
    wait(400)
    expect(passed(20)).toBe(2)
    wait(60_000)
    expect(passed(20)).toBe(5)
  })

  it('belongs to an account, a Region and a group', () => {
    const { passed } = counting()
    expect(passed(6)).toBe(5)
    expect(passed(6, { ...call, account: '444455556666' })).toBe(5)
    expect(passed(6, { ...call, region: 'us-east-1' })).toBe(5)
    expect(passed(6, { ...call, operation: 'EnableKey' })).toBe(5)
  })

  it('may be any part of AWS’s, and gives one call at least', () => {
    expect(counting(2).passed(20)).toBe(10)
    const { passed, wait } = counting(0.001)
    expect(passed(20)).toBe(1)
    wait(200_000)
    expect(passed(20)).toBe(1)
  })

  it('has one refusal a minute recorded', () => {
    const { throttle, passed, wait } = counting()
    passed(5)
    const recorded = () => throttle.count(call)?.recorded
    expect([recorded(), recorded(), recorded()]).toEqual([true, false, false])
    wait(59_900)
    passed(5)
    expect(recorded()).toBe(false)
    wait(60_000)
    passed(5)
    expect(recorded()).toBe(true)
  })
})

describe('a caller over the quota', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world?.close())

  it('is refused before the request is read, leaves one event, and is counted', async () => {
    const { services, writer } = world.engine
    const throttle = openThrottle({ factor: 0.2, now: () => 0 })
    const invoke = openDoor({ services, writer, fault: () => {}, throttle })
    const named = (name: string) => {
      const found = allOperations.find((one) => one.name === name)
      if (!found) throw new Error(`there is no ${name}`)
      return found
    }
    const { caller } = world.as('admin')
    await invoke(caller, named('CreateKey'), {})
    for (let i = 0; i < 5; i++) {
      await expect(invoke(caller, named('CreateKey'), { KeySpec: 5 })).rejects.toMatchObject({
        code: 'ThrottlingException',
        message: expect.stringContaining('exceeded the rate'),
      })
    }
    const events = await world.events('CreateKey')
    expect(events.map(({ errorCode }) => errorCode)).toEqual([undefined, 'ThrottlingException'])
    await services.refused.flush()
    expect(
      await world.sql('SELECT reason, access_key_id, operation, count::int FROM audit.refused_connection'),
    ).toEqual([
      {
        reason: 'ThrottlingException',
        access_key_id: world.as('admin').accessKey.id,
        operation: 'CreateKey',
        count: 4,
      },
    ])
    // The console has no quota, nor have other services.
    const screen = { ...caller, channel: { ...caller.channel, via: 'console' as const } }
    await invoke(screen, named('CreateKey'), {})
    for (let i = 0; i < 5; i++) await invoke(caller, named('GetCallerIdentity'), {})
  })
})
