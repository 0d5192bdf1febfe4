import { documentOf } from '#app/[account]/identities/_parts/holders.ts'
import { ask, tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { loadAll } from '../load.ts'

type Policy = OutputOf<'GetPolicy'>['Policy']
export type Version = {
  readonly id: string
  readonly inForce: boolean
  readonly createdAt: number
  readonly text: string
}

type Loaded =
  | { readonly policy: Policy; readonly versions: readonly Version[]; readonly refusal?: never }
  | { readonly policy?: never; readonly versions?: never; readonly refusal: RefusalView }

/** Names of policies are unique in an account, whatever their path. */
async function arnOf(name: string) {
  const { output, refusal } = await loadAll('ListPolicies', { Scope: 'Local' }, ({ Policies }) => Policies)
  if (refusal) return { refusal }
  const arn = output.find(({ PolicyName }) => PolicyName === name)?.Arn
  if (arn !== undefined) return { arn }
  const message = `There is no policy ${name} in this account.`
  return { refusal: { code: 'NoSuchEntity', message, requestId: null, eventId: null } as const }
}

/** A managed policy with the texts of its versions, the newest first. */
export async function loadPolicy(name: string): Promise<Loaded> {
  const found = await arnOf(name)
  if (found.refusal) return { refusal: found.refusal }
  const PolicyArn = found.arn
  const [described, listed] = await Promise.all([
    tryAsk('GetPolicy', { PolicyArn }),
    tryAsk('ListManagedPolicyVersions', { PolicyArn }),
  ])
  if (described.refusal) return { refusal: described.refusal }
  if (listed.refusal) return { refusal: listed.refusal }
  const versions = await Promise.all(
    listed.output.Versions.map(async ({ VersionId, IsDefaultVersion, CreateDate }) => {
      const { PolicyVersion } = await ask('GetManagedPolicyVersion', { PolicyArn, VersionId })
      return {
        id: VersionId,
        inForce: IsDefaultVersion,
        createdAt: CreateDate,
        text: documentOf(PolicyVersion.Document),
      }
    }),
  )
  return { policy: described.output.Policy, versions }
}
