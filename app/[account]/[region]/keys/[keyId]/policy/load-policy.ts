import { tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import { endpointOf, type KeyPlace, type KeyProps, loadKey } from '../key.ts'
import { type PolicyPlace, type PolicyVersion, placeOf, type SavedPolicy } from './policy-place.ts'

type Loaded = Extract<Awaited<ReturnType<typeof loadKey>>, { key: object }>

export type LoadedPolicy = {
  readonly loaded: Loaded
  readonly place: PolicyPlace
} & (
  | { readonly saved: SavedPolicy; readonly newest: PolicyVersion | undefined; readonly refusal?: never }
  | { readonly saved?: never; readonly newest?: never; readonly refusal: RefusalView }
)

/** A key with its policy as it is in force, or why that can't be had; or the key that can't be had. */
export async function loadPolicy(
  params: KeyProps['params'],
): Promise<LoadedPolicy | { readonly missing: KeyPlace & { readonly refusal: RefusalView } }> {
  const loaded = await loadKey(params)
  if (!loaded.key) return { missing: loaded }
  const { region } = loaded.scope
  const KeyId = loaded.reference
  const [policy, versions, endpoint] = await Promise.all([
    tryAsk('GetKeyPolicy', { KeyId }, { region }),
    tryAsk('ListPolicyVersions', { KeyId, Limit: 1 }, { region }),
    endpointOf(region),
  ])
  const place = placeOf(loaded, endpoint)
  const refusal = policy.refusal ?? versions.refusal
  if (refusal) return { loaded, place, refusal }
  const newest = versions.output?.Versions[0]
  return {
    loaded,
    place,
    newest,
    saved: { text: policy.output?.Policy ?? '', version: newest?.Version ?? 0 },
  }
}

/** Whether the person may save a policy, as far as that is known before it is tried. */
export async function mayChange({ scope, reference, self }: PolicyPlace): Promise<boolean> {
  const asked = { KeyId: reference, PrincipalArn: self, Action: 'kms:PutKeyPolicy' }
  const { output } = await tryAsk('ExplainAccess', asked, { region: scope.region })
  return output === undefined || output.Verdict === 'allowed'
}
