/** Login profiles: the passwords of users, with which they sign in to the console. Kept as argon2id, never told. */
import { hashPassword, verifyPassword } from '#lib/crypto/password.ts'
import {
  ChangePasswordInput,
  CreateLoginProfileInput,
  LoginProfileInput,
  UpdateLoginProfileInput,
} from '#lib/domain/operations/iam-users.ts'
import { passwordFault } from '#lib/domain/password-rules.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { revokePrincipalSessions } from '#lib/store/sessions.ts'
import { setPassword, setPasswordReset, type UserRow } from '#lib/store/users.ts'
import { countAttempt, forgiveAttempts } from './attempts.ts'
import { changeIdentity } from './identity-change.ts'
import { permittedOwner, permittedUser } from './permitted-user.ts'

/** @throws PasswordPolicyViolation */
async function newHash(password: string): Promise<string> {
  const fault = passwordFault(password)
  if (fault !== undefined) throw new KmsError('PasswordPolicyViolation', fault)
  return hashPassword(password)
}

type LoginProfile = {
  readonly UserName: string
  readonly CreateDate: Date
  readonly PasswordResetRequired: boolean
}

const noProfile = (name: string) =>
  new KmsError('NoSuchEntity', `Login Profile for User ${name} cannot be found.`)

/** A user who has a password. @throws AccessDeniedException, NoSuchEntity */
async function profileOf(call: Call, name: string): Promise<UserRow> {
  const user = await permittedUser(call, name)
  if (user.password === null) throw noProfile(user.name)
  return user
}

export const CreateLoginProfile = operation({
  name: 'CreateLoginProfile',
  service: 'IAM',
  action: 'iam:CreateLoginProfile',
  class: 'admin',
  input: CreateLoginProfileInput,
  logged: {
    request: members('UserName', 'PasswordResetRequired'),
    response: ({ LoginProfile }: { readonly LoginProfile: LoginProfile }) => ({
      loginProfile: {
        userName: LoginProfile.UserName,
        passwordResetRequired: LoginProfile.PasswordResetRequired,
      },
    }),
  },
  async run(call, { UserName, Password, PasswordResetRequired: resetRequired = false }) {
    const user = await permittedUser(call, UserName)
    if (user.password !== null)
      throw new KmsError('EntityAlreadyExists', `Login Profile for user ${user.name} already exists.`)
    const hash = await newHash(Password)
    const at = call.services.clock.real()
    return changeIdentity(call, {
      rows: (rows) => setPassword(rows, user.id, { hash, at, resetRequired }),
      output: {
        LoginProfile: { UserName: user.name, CreateDate: at, PasswordResetRequired: resetRequired },
      },
    })
  },
})

export const GetLoginProfile = operation({
  name: 'GetLoginProfile',
  service: 'IAM',
  action: 'iam:GetLoginProfile',
  class: 'read',
  input: LoginProfileInput,
  logged: { request: members('UserName') },
  async run(call, { UserName }) {
    const user = await profileOf(call, UserName)
    return {
      LoginProfile: {
        UserName: user.name,
        CreateDate: user.passwordCreatedAt ?? user.createdAt,
        PasswordResetRequired: user.passwordResetRequired,
      },
    }
  },
})

export const UpdateLoginProfile = operation({
  name: 'UpdateLoginProfile',
  service: 'IAM',
  action: 'iam:UpdateLoginProfile',
  class: 'admin',
  input: UpdateLoginProfileInput,
  logged: { request: members('UserName', 'PasswordResetRequired') },
  async run(call, { UserName, Password, PasswordResetRequired }) {
    const user = await profileOf(call, UserName)
    const hash = Password === undefined ? undefined : await newHash(Password)
    const resetRequired = PasswordResetRequired ?? user.passwordResetRequired
    // The profile is as old as it was.
    const at = user.passwordCreatedAt ?? user.createdAt
    return changeIdentity(call, {
      rows: (rows) =>
        hash === undefined
          ? setPasswordReset(rows, user.id, resetRequired)
          : setPassword(rows, user.id, { hash, at, resetRequired }),
      output: undefined,
    })
  },
})

/** Ends the user's sessions in the console with it. */
export const DeleteLoginProfile = operation({
  name: 'DeleteLoginProfile',
  service: 'IAM',
  action: 'iam:DeleteLoginProfile',
  class: 'admin',
  input: LoginProfileInput,
  logged: { request: members('UserName') },
  async run(call, { UserName }) {
    const user = await profileOf(call, UserName)
    return changeIdentity(call, {
      rows: async (rows) => {
        await setPassword(rows, user.id, null)
        await revokePrincipalSessions(rows, user.id, call.services.clock.real())
      },
      output: undefined,
    })
  },
})

/** One's own password, by knowing it. */
type PasswordOwner = { readonly id: string; readonly password: string | null }

/** The same refusal for a wrong guess and for one that comes too soon after others (R89). */
async function checkOldPassword(
  { services }: Call,
  { id, password }: PasswordOwner,
  old: string,
): Promise<void> {
  const guess = { what: 'old-password', principal: id } as const
  const inTime = await countAttempt(services, guess)
  if (!inTime || !(await verifyPassword(old, password ?? undefined)))
    throw new KmsError('AccessDeniedException', 'The old password was incorrect.')
  await forgiveAttempts(services, guess)
}

export const ChangePassword = operation({
  name: 'ChangePassword',
  service: 'IAM',
  action: 'iam:ChangePassword',
  class: 'admin',
  input: ChangePasswordInput,
  logged: { request: () => null },
  async run(call, { OldPassword, NewPassword }) {
    const { user } = await permittedOwner(call, undefined)
    if (!user) throw new KmsError('ValidationException', 'Only IAM users can change their own password.')
    if (user.password === null) throw noProfile(user.name)
    await checkOldPassword(call, user, OldPassword)
    const hash = await newHash(NewPassword)
    const at = user.passwordCreatedAt ?? user.createdAt
    return changeIdentity(call, {
      rows: (rows) => setPassword(rows, user.id, { hash, at, resetRequired: false }),
      output: undefined,
    })
  },
})
