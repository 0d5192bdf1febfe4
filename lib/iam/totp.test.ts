import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretKey } from '#lib/crypto/secret-key.ts'
import { totpCode, totpStep } from '#lib/crypto/totp.ts'
import { document, giveRole, holderOf, trusting } from '#lib/testing/sessions.ts'
import { ACCOUNT, type Answer, openWorld, type World } from '#lib/testing/world.ts'
import { base32 } from './base32.ts'
import { verifyTotp } from './totp.ts'

describe('a code', () => {
  const seed = secretKey(Buffer.from('12345678901234567890'))
  // RFC 6238, appendix B, SHA-1.
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at second %i is the one of the standard', (seconds, code) => {
    expect(totpCode(seed, totpStep(seconds * 1000), 8)).toBe(code)
    expect(totpCode(seed, totpStep(seconds * 1000))).toBe(code.slice(2))
  })
})

describe('base32', () => {
  // RFC 4648 §10, without padding.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('of “%s” is %s', (text, encoded) => {
    expect(base32(Buffer.from(text))).toBe(encoded)
  })
})

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
function unbase32(text: string): Buffer {
  const bits = [...text].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

const now = () => totpStep(Date.now())

/** What an authenticator does: the seed of a new device, and the codes it shows. */
async function newDevice(name: string) {
  const made = await world.as('admin').call('CreateVirtualMFADevice', { VirtualMFADeviceName: name })
  const { SerialNumber, Base32StringSeed } = made.VirtualMFADevice
  const seed = secretKey(unbase32(Buffer.from(Base32StringSeed).toString()))
  return { SerialNumber: String(SerialNumber), code: (offset: number) => totpCode(seed, now() + offset) }
}

type Device = Awaited<ReturnType<typeof newDevice>>
const enable = (UserName: string, { SerialNumber, code }: Device, offsets: readonly number[] = [-3, -2]) =>
  world.as('admin').call('EnableMFADevice', {
    ...{ UserName, SerialNumber },
    AuthenticationCode1: code(offsets[0] ?? 0),
    AuthenticationCode2: code(offsets[1] ?? 0),
  })

describe('a virtual device', () => {
  it('is made with a seed that is shown once, and belongs to nobody', async () => {
    const { SerialNumber } = await newDevice('unassigned')
    expect(SerialNumber).toBe(`arn:aws:iam::${ACCOUNT}:mfa/unassigned`)
    const event = (await world.events('CreateVirtualMFADevice')).at(-1)
    expect(event?.responseElements).toEqual({ virtualMFADevice: { serialNumber: SerialNumber } })
    const { VirtualMFADevices } = await world
      .as('admin')
      .call('ListVirtualMFADevices', { AssignmentStatus: 'Unassigned' })
    expect(VirtualMFADevices).toContainEqual({ SerialNumber })
    const again = await world
      .as('admin')
      .refusal('CreateVirtualMFADevice', { VirtualMFADeviceName: 'unassigned' })
    expect(again.code).toBe('EntityAlreadyExists')
  })

  it.each([
    ['two codes that do not follow each other', [-4, -2]],
    ['the same code twice', [-2, -2]],
    ['two codes in the wrong order', [-2, -3]],
  ])('is not given to a user for %s', async (_, offsets) => {
    const device = await newDevice(`wrong-${offsets.join('')}`)
    await expect(enable('carol', device, offsets)).rejects.toMatchObject({
      code: 'InvalidAuthenticationCode',
    })
  })

  it('goes from user to nobody, and away', async () => {
    const admin = world.as('admin')
    const device = await newDevice('moving')
    const { SerialNumber } = device
    await enable('carol', device)
    expect((await admin.call('ListMFADevices', { UserName: 'carol' })).MFADevices).toEqual([
      { UserName: 'carol', SerialNumber, EnableDate: expect.any(Date) },
    ])
    await expect(enable('bob', device)).rejects.toMatchObject({ code: 'EntityAlreadyExists' })
    expect((await admin.refusal('DeleteVirtualMFADevice', { SerialNumber })).code).toBe('DeleteConflict')
    expect((await admin.refusal('DeactivateMFADevice', { UserName: 'bob', SerialNumber })).code).toBe(
      'NoSuchEntity',
    )
    await admin.call('DeactivateMFADevice', { UserName: 'carol', SerialNumber })
    await admin.call('DeleteVirtualMFADevice', { SerialNumber })
    expect((await admin.refusal('DeleteVirtualMFADevice', { SerialNumber })).code).toBe('NoSuchEntity')
  })

  it('is known again after its clock was put right', async () => {
    const device = await newDevice('resynced')
    await enable('stranger', device, [-50, -49])
    const codes = { AuthenticationCode1: device.code(-20), AuthenticationCode2: device.code(-19) }
    const { SerialNumber } = device
    await world.as('admin').call('ResyncMFADevice', { UserName: 'stranger', SerialNumber, ...codes })
    expect(
      (await world.as('admin').refusal('ResyncMFADevice', { UserName: 'stranger', SerialNumber, ...codes }))
        .code,
    ).toBe('InvalidAuthenticationCode')
  })
})

describe('a code of a device', () => {
  let alice: Device
  let roleArn: string
  const serial = () => alice.SerialNumber
  const verify = (code: string, who = 'alice', of = serial()) =>
    verifyTotp(world.engine.services, world.as(who).principal.id, of, code)
  /** Forgets which steps were spent, so that tests need not wait for the next. */
  const rewind = () => world.sql('UPDATE keyhouse.mfa_device SET last_step = 0')

  beforeAll(async () => {
    alice = await newDevice('alice')
    await enable('alice', alice)
    const trust = trusting(world.as('alice').principal.arn, {
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '60' },
      },
    })
    roleArn = await giveRole(world, { name: 'careful', trust: document(trust) })
  })

  it('is good once, and so is every step', async () => {
    await rewind()
    const code = alice.code(0)
    expect(await verify(code)).toBe(true)
    expect(await verify(code)).toBe(false)
    expect(await verify(alice.code(-1))).toBe(false)
  })

  it('is good for one of many who use it at once', async () => {
    await rewind()
    const code = alice.code(0)
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(code)))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it.each<[string, (code: string) => Promise<boolean>]>([
    ['of two steps ago', () => verify(alice.code(-2))],
    ['of two steps ahead', () => verify(alice.code(2))],
    ['with a space', (code) => verify(`${code} `)],
    [
      'in other digits',
      (code) => verify(code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))),
    ],
    ['shown by somebody else', (code) => verify(code, 'bob')],
    ['of a device that is not there', (code) => verify(code, 'alice', `${serial()}x`)],
    ['of no device', (code) => verify(code, 'alice', 'GAHT12345678')],
  ])('is nothing when it is %s', async (_, check) => {
    await rewind()
    expect(await check(alice.code(0))).toBe(false)
  })

  const assume = (more: object = {}) => ({ RoleArn: roleArn, RoleSessionName: 'work', ...more })
  const shown = (offset = 0) => ({ SerialNumber: serial(), TokenCode: alice.code(offset) })

  it('opens a role that asks for a second factor, once', async () => {
    await rewind()
    expect((await world.as('alice').refusal('AssumeRole', assume())).code).toBe('AccessDeniedException')
    const factor = shown()
    expect((await world.as('alice').call('AssumeRole', assume(factor))).Credentials).toBeDefined()
    const again = await world.as('alice').refusal('AssumeRole', assume(factor))
    expect(again.message).toBe('MultiFactorAuthentication failed with invalid MFA one time pass code. ')
    const half = await world.as('alice').refusal('AssumeRole', assume({ SerialNumber: serial() }))
    expect(half.message).toContain('must provide both')
  })

  it('cannot be guessed quickly: after five wrong ones a right one is as wrong, for a minute', async () => {
    await rewind()
    const wrong = { SerialNumber: serial(), TokenCode: '000000' }
    for (let i = 0; i < 5; i++) await world.as('alice').refusal('AssumeRole', assume(wrong))
    const right = await world.as('alice').refusal('AssumeRole', assume(shown()))
    expect(right.message).toContain('invalid MFA one time pass code')
    await world.sql("UPDATE keyhouse.sign_in_failure SET blocked_until = now() - interval '1 s'")
    expect((await world.as('alice').call('AssumeRole', assume(shown()))).Credentials).toBeDefined()
  })

  it('is not spent by a request that is refused', async () => {
    await rewind()
    const closed = await giveRole(world, {
      name: 'closed',
      trust: document(trusting(world.as('bob').principal.arn)),
    })
    const factor = shown()
    expect((await world.as('alice').refusal('AssumeRole', assume({ ...factor, RoleArn: closed }))).code).toBe(
      'AccessDeniedException',
    )
    expect((await world.as('alice').call('AssumeRole', assume(factor))).Credentials).toBeDefined()
  })

  it('makes GetSessionToken’s credentials ones with a second factor, which IAM takes', async () => {
    await rewind()
    const device = await newDevice('admin')
    await enable('admin', device)
    const code = { SerialNumber: device.SerialNumber, TokenCode: device.code(0) }
    const session = await holderOf(world, await world.as('admin').call('GetSessionToken', code))
    expect((await session.call('ListUsers')).Users.map(({ UserName }: Answer) => UserName)).toContain('alice')
    expect((await session.refusal('GetSessionToken')).code).toBe('AccessDeniedException')
  })
})
