/**
 * How a person signs in, changed by that person: their password, by knowing it, and their second factor. No policy
 * gives or takes these, so that whoever must change them always can; the console asks for a recent sign-in. IAM's
 * operations, which administrators use, are in login-profiles.ts and mfa-devices.ts.
 */
import { hashPassword, verifyPassword } from '#lib/crypto/password.ts'
import { noInput } from '#lib/domain/operations/members.ts'
import {
  ChangeOwnPasswordInput,
  EnableOwnMFADeviceInput,
  RemoveOwnMFADeviceInput,
} from '#lib/domain/operations/people.ts'
import { passwordFault } from '#lib/domain/password-rules.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { mfaSeed } from '#lib/engine/record-identity.ts'
import {
  addMfaDevice,
  assignMfaDevice,
  deleteMfaDevice,
  devicesOfPrincipal,
  type MfaDevice,
  readMfaDevice,
  spendStep,
} from '#lib/store/mfa-devices.ts'
import { countRecoveryCodes, replaceRecoveryCodes } from '#lib/store/recovery-codes.ts'
import { noteFactor, revokeOtherSessions } from '#lib/store/sessions.ts'
import { readUser, setPassword, type UserRow } from '#lib/store/users.ts'
import { base32 } from './base32.ts'
import { changeIdentity } from './identity-change.ts'
import { newSeed } from './mfa-devices.ts'
import { twoInARow } from './mfa-of-users.ts'
import { newRecoveryCodes } from './recovery-codes.ts'

type Person = { readonly user: UserRow; readonly session: string }

/** A user in a session of the console. @throws UnsupportedOperationException for anybody else. */
async function person(call: Call): Promise<Person> {
  const { principal } = call.identity
  const { credential } = call.caller
  const user =
    principal.kind === 'user' && credential.kind === 'session'
      ? await readUser(call.services.database, principal.id)
      : undefined
  if (user && credential.kind === 'session') return { user, session: credential.id }
  throw new KmsError('UnsupportedOperationException', 'Only a user changes how they sign in, in the console.')
}

/** Only who has shown the present second factor changes it: a password alone must not be enough to take it away. */
function requireShown(call: Call, devices: readonly MfaDevice[]): void {
  if (devices.length === 0 || call.identity.session?.mfaAt) return
  throw new KmsError('AccessDeniedException', 'Sign in again with your second factor to change it.')
}

const serialOf = ({ identity, account }: Call, name: string) =>
  `arn:${identity.principal.partition}:iam::${account}:mfa/${name}`

/** One name for each person, whatever they are called later. */
const deviceName = ({ user }: Person) => `sign-in/${user.id}`

const devicesOf = (call: Call, { user }: Person) => devicesOfPrincipal(call.services.database.sql, user.id)

export type OwnSignIn = {
  readonly PasswordResetRequired: boolean
  readonly MFADevices: readonly { readonly SerialNumber: string; readonly EnableDate: Date | null }[]
  readonly RecoveryCodesLeft: number
}

export const GetOwnSignIn = operation({
  name: 'GetOwnSignIn',
  service: 'Keyhouse',
  action: null,
  class: 'read',
  input: noInput(),
  logged: { request: () => null },
  async run(call): Promise<OwnSignIn> {
    const who = await person(call)
    const devices = await devicesOf(call, who)
    return {
      PasswordResetRequired: who.user.passwordResetRequired,
      MFADevices: devices.map(({ name, enabledAt }) => ({
        SerialNumber: serialOf(call, name),
        EnableDate: enabledAt,
      })),
      RecoveryCodesLeft: await countRecoveryCodes(call.services.database.sql, who.user.id),
    }
  },
})

async function newHash(password: string, former: string): Promise<string> {
  const fault = passwordFault(password)
  if (fault !== undefined) throw new KmsError('PasswordPolicyViolation', fault)
  if (await verifyPassword(password, former))
    throw new KmsError('PasswordPolicyViolation', 'This is the password that you have. Choose another.')
  return hashPassword(password)
}

/** Ends every other session of the person, and roles that they switched to there. */
export const ChangeOwnPassword = operation({
  name: 'ChangeOwnPassword',
  service: 'Keyhouse',
  action: null,
  class: 'admin',
  input: ChangeOwnPasswordInput,
  logged: { request: () => null },
  async run(call, { OldPassword, NewPassword }) {
    const { user, session } = await person(call)
    if (user.password === null || !(await verifyPassword(OldPassword, user.password)))
      throw new KmsError('UnrecognizedClientException', 'The present password is not right.')
    const hash = await newHash(NewPassword, user.password)
    const now = call.services.clock.real()
    return changeIdentity(call, {
      rows: async (rows) => {
        await setPassword(rows, user.id, {
          hash,
          at: user.passwordCreatedAt ?? user.createdAt,
          resetRequired: false,
        })
        await revokeOtherSessions(rows, user.id, { keep: session, now })
      },
      output: undefined,
    })
  },
})

export type NewDevice = { readonly SerialNumber: string; readonly Secret: string }

/** Makes a device that is nobody's until two codes prove it; an earlier one that was not proven is forgotten. */
export const CreateOwnMFADevice = operation({
  name: 'CreateOwnMFADevice',
  service: 'Keyhouse',
  action: null,
  class: 'admin',
  input: noInput(),
  logged: {
    request: () => null,
    response: ({ SerialNumber }: NewDevice) => ({ virtualMFADevice: { serialNumber: SerialNumber } }),
  },
  async run(call): Promise<NewDevice> {
    const who = await person(call)
    if ((await devicesOf(call, who)).length > 0)
      throw new KmsError('LimitExceeded', 'You have a second factor. Remove it to set up another.')
    const { account } = call
    const name = deviceName(who)
    const seed = newSeed()
    try {
      const seedSealed = await call.services.domainKeys.seal(
        { kind: 'account', account },
        seed,
        mfaSeed(account, name),
      )
      return await changeIdentity(call, {
        rows: async (rows) => {
          await deleteMfaDevice(rows, account, name)
          await addMfaDevice(rows, { account, name, seedSealed })
        },
        output: { SerialNumber: serialOf(call, name), Secret: base32(seed) },
      })
    } finally {
      seed.fill(0)
    }
  },
})

export type ShownCodes = { readonly RecoveryCodes: readonly string[] }

/** Two codes in a row prove the device. From then on signing in needs it; this session has shown it. */
export const EnableOwnMFADevice = operation({
  name: 'EnableOwnMFADevice',
  service: 'Keyhouse',
  action: null,
  class: 'admin',
  input: EnableOwnMFADeviceInput,
  logged: { request: () => null },
  async run(call, input): Promise<ShownCodes> {
    const who = await person(call)
    const device = await readMfaDevice(call.services.database.sql, call.account, deviceName(who))
    if (!device || device.principal !== null)
      throw new KmsError('NoSuchEntity', 'There is no new device to enable. Begin again.')
    const step = await twoInARow(call, device, [input.AuthenticationCode1, input.AuthenticationCode2])
    const now = call.services.clock.real()
    const { codes, hashes } = newRecoveryCodes()
    return changeIdentity(call, {
      rows: async (rows) => {
        await assignMfaDevice(rows, device, { principal: who.user.id, at: now })
        await spendStep(rows.sql, device, step)
        await replaceRecoveryCodes(rows, who.user.id, hashes)
        await noteFactor(rows, who.session, now)
      },
      output: { RecoveryCodes: codes },
    })
  },
})

export const RemoveOwnMFADevice = operation({
  name: 'RemoveOwnMFADevice',
  service: 'Keyhouse',
  action: null,
  class: 'admin',
  input: RemoveOwnMFADeviceInput,
  logged: { request: ({ SerialNumber }) => ({ serialNumber: SerialNumber }) },
  async run(call, { SerialNumber }) {
    const { user, session } = await person(call)
    const devices = await devicesOf(call, { user, session })
    requireShown(call, devices)
    const device = devices.find(({ name }) => serialOf(call, name) === SerialNumber)
    if (!device) throw new KmsError('NoSuchEntity', 'This second factor is not yours.')
    return changeIdentity(call, {
      rows: async (rows) => {
        await deleteMfaDevice(rows, device.account, device.name)
        if (devices.length === 1) await replaceRecoveryCodes(rows, user.id, [])
      },
      output: undefined,
    })
  },
})

/** Ten new codes in place of those there were. */
export const CreateOwnRecoveryCodes = operation({
  name: 'CreateOwnRecoveryCodes',
  service: 'Keyhouse',
  action: null,
  class: 'admin',
  input: noInput(),
  logged: { request: () => null },
  async run(call): Promise<ShownCodes> {
    const who = await person(call)
    const devices = await devicesOf(call, who)
    requireShown(call, devices)
    if (devices.length === 0)
      throw new KmsError(
        'ValidationException',
        'Recovery codes stand in for a second factor. Set one up first.',
      )
    const { codes, hashes } = newRecoveryCodes()
    return changeIdentity(call, {
      rows: (rows) => replaceRecoveryCodes(rows, who.user.id, hashes),
      output: { RecoveryCodes: codes },
    })
  },
})
