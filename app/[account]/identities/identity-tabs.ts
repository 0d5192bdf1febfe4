import type { IdentityList } from '#lib/console/paths.ts'

export const IDENTITY_TABS: readonly { readonly list: IdentityList; readonly label: string }[] = [
  { list: 'users', label: 'Users' },
  { list: 'groups', label: 'Groups' },
  { list: 'roles', label: 'Roles' },
  { list: 'policies', label: 'Policies' },
  { list: 'access-keys', label: 'Access keys' },
  { list: 'accounts', label: 'Accounts' },
]
