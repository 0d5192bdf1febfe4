import { documentOf, type Holder } from '#app/[account]/identities/_parts/holders.ts'
import type { HeldPolicies } from '#app/[account]/identities/_parts/policies-section.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import { type Loaded, loadAll } from './load.ts'

type Attached = { readonly PolicyName: string; readonly PolicyArn: string }
type Listed = { readonly AttachedPolicies: readonly Attached[] }
type Names = { readonly PolicyNames: readonly string[] }
const attachedOf = ({ AttachedPolicies }: Listed) => AttachedPolicies
const namesOf = ({ PolicyNames }: Names) => PolicyNames

function listsOf({
  kind,
  name,
}: Holder): [Promise<Loaded<readonly Attached[]>>, Promise<Loaded<readonly string[]>>] {
  if (kind === 'user')
    return [
      loadAll('ListAttachedUserPolicies', { UserName: name }, attachedOf),
      loadAll('ListUserPolicies', { UserName: name }, namesOf),
    ]
  if (kind === 'group')
    return [
      loadAll('ListAttachedGroupPolicies', { GroupName: name }, attachedOf),
      loadAll('ListGroupPolicies', { GroupName: name }, namesOf),
    ]
  return [
    loadAll('ListAttachedRolePolicies', { RoleName: name }, attachedOf),
    loadAll('ListRolePolicies', { RoleName: name }, namesOf),
  ]
}

/** The policies of a user, group or role; of two kinds, of which one may be refused. */
export async function loadHeld(holder: Holder): Promise<HeldPolicies> {
  const [attached, inline] = await Promise.all(listsOf(holder))
  return {
    policies: [
      ...(attached.output ?? []).map((one) => ({
        kind: 'managed' as const,
        name: one.PolicyName,
        arn: one.PolicyArn,
      })),
      ...(inline.output ?? []).map((name) => ({ kind: 'inline' as const, name })),
    ],
    refusal: attached.refusal ?? inline.refusal,
  }
}

/** The text of an inline policy. */
export async function loadInline(
  { kind, name }: Holder,
  PolicyName: string,
): Promise<{ text: string; refusal?: never } | { text?: never; refusal: RefusalView }> {
  const { output, refusal } =
    kind === 'user'
      ? await tryAsk('GetUserPolicy', { UserName: name, PolicyName })
      : kind === 'group'
        ? await tryAsk('GetGroupPolicy', { GroupName: name, PolicyName })
        : await tryAsk('GetRolePolicy', { RoleName: name, PolicyName })
  return refusal ? { refusal } : { text: documentOf(output.PolicyDocument) }
}
