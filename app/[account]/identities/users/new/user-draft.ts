/** What the form of a new user holds, what is wrong with it, and the requests that it becomes. */
import { attachPolicy } from '#app/[account]/identities/_parts/holders.ts'
import { nameFault, pathFault } from '#app/[account]/identities/_parts/names.ts'
import type { Step } from '#app/[account]/identities/_parts/steps.ts'
import { passwordFault } from '#lib/domain/password-rules.ts'

export type UserDraft = {
  readonly name: string
  readonly path: string
  readonly signIn: 'none' | 'password'
  readonly password: string
  readonly reset: boolean
  readonly groups: readonly string[]
  readonly policies: readonly string[]
  readonly boundary: string
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

export const EMPTY_USER: UserDraft = {
  name: '',
  path: '/',
  signIn: 'none',
  password: '',
  reset: true,
  groups: [],
  policies: [],
  boundary: '',
  tags: [],
}

export const faultsOf = (draft: UserDraft) => ({
  name: nameFault(draft.name, 'user'),
  path: pathFault(draft.path),
  password: draft.signIn === 'password' ? passwordFault(draft.password) : undefined,
})

/** A user, then what it is given, each by a request of its own. The password is in none that is shown. */
export function userSteps(draft: UserDraft): readonly Step[] {
  const name = draft.name || '<name>'
  const UserName = name
  const holder = { kind: 'user', name } as const
  return [
    {
      label: `Creating ${name}`,
      request: {
        name: 'CreateUser',
        input: {
          UserName,
          ...(draft.path !== '/' && draft.path !== '' && { Path: draft.path }),
          ...(draft.boundary !== '' && { PermissionsBoundary: draft.boundary }),
          ...(draft.tags.length > 0 && {
            Tags: draft.tags.map(({ key, value }) => ({ Key: key, Value: value })),
          }),
        },
      },
    },
    ...draft.groups.map((GroupName) => ({
      label: `Adding to ${GroupName}`,
      request: { name: 'AddUserToGroup', input: { GroupName, UserName } } as const,
    })),
    ...draft.policies.map((arn) => ({ label: 'Attaching a policy', request: attachPolicy(holder, arn) })),
    ...(draft.signIn === 'password'
      ? [
          {
            label: 'Setting the password',
            request: {
              name: 'CreateLoginProfile',
              input: { UserName, Password: '', PasswordResetRequired: draft.reset },
            } as const,
            credential: {
              deed: 'new-password',
              user: name,
              password: draft.password,
              reset: draft.reset,
            } as const,
          },
        ]
      : []),
  ]
}
