import type { ListedAccessKey } from '#app/[account]/identities/_parts/access-key-table.tsx'
import type { LoginProfileView } from '#app/[account]/identities/_parts/password-section.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import { loadHeld } from '../../held.ts'
import { loadAll } from '../../load.ts'

async function withLastUse(user: string, key: { AccessKeyId: string; Status: string; CreateDate: number }) {
  const { output } = await tryAsk('GetAccessKeyLastUsed', { AccessKeyId: key.AccessKeyId })
  const use = output?.AccessKeyLastUsed
  const listed: ListedAccessKey = {
    id: key.AccessKeyId,
    user,
    active: key.Status === 'Active',
    createdAt: key.CreateDate,
    lastUsed:
      use?.LastUsedDate === undefined
        ? output && null
        : { at: use.LastUsedDate, service: use.ServiceName, region: use.Region },
  }
  return listed
}

async function loadAccessKeys(user: string) {
  const { output, refusal } = await loadAll(
    'ListAccessKeys',
    { UserName: user },
    (page) => page.AccessKeyMetadata,
  )
  return { keys: await Promise.all((output ?? []).map((key) => withLastUse(user, key))), refusal }
}

type Profile = { readonly profile: LoginProfileView | undefined; readonly refusal: RefusalView | undefined }

async function loadProfile(user: string): Promise<Profile> {
  const { output, refusal } = await tryAsk('GetLoginProfile', { UserName: user })
  if (refusal?.code === 'NoSuchEntity') return { profile: null, refusal: undefined }
  if (refusal) return { profile: undefined, refusal }
  const { CreateDate, PasswordResetRequired } = output.LoginProfile
  return { profile: { since: CreateDate, reset: PasswordResetRequired }, refusal: undefined }
}

/** Everything that hangs on a user, each part with its own refusal. */
export async function loadParts(user: string) {
  const [groups, held, accessKeys, login, devices] = await Promise.all([
    loadAll('ListGroupsForUser', { UserName: user }, ({ Groups }) =>
      Groups.map(({ GroupName }) => GroupName),
    ),
    loadHeld({ kind: 'user', name: user }),
    loadAccessKeys(user),
    loadProfile(user),
    loadAll('ListMFADevices', { UserName: user }, ({ MFADevices }) => MFADevices),
  ])
  return { groups, held, accessKeys, login, devices }
}
