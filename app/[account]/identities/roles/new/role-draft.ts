/** What the form of a new role holds, what is wrong with it, and the requests that it becomes. */
import { attachPolicy } from '#app/[account]/identities/_parts/holders.ts'
import { nameFault } from '#app/[account]/identities/_parts/names.ts'
import type { Step } from '#app/[account]/identities/_parts/steps.ts'
import { type TrustChoice, trustFault, trustPolicy } from '#app/[account]/identities/_parts/trust.ts'

export type TrustKind = TrustChoice['kind'] | 'json'

export type RoleDraft = {
  readonly name: string
  readonly description: string
  readonly trust: TrustKind
  readonly principals: readonly string[]
  readonly account: string
  readonly externalId: string
  readonly service: string
  readonly provider: string
  readonly audience: string
  readonly subject: string
  readonly json: string
  readonly hours: string
  readonly policies: readonly string[]
  readonly boundary: string
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

export const EMPTY_ROLE: RoleDraft = {
  name: '',
  description: '',
  trust: 'principals',
  principals: [],
  account: '',
  externalId: '',
  service: '',
  provider: '',
  audience: '',
  subject: '',
  json: '',
  hours: '1',
  policies: [],
  boundary: '',
  tags: [],
}

function choiceOf(draft: RoleDraft, partition: string): TrustChoice | undefined {
  if (draft.trust === 'principals') return { kind: 'principals', arns: draft.principals }
  if (draft.trust === 'account')
    return { kind: 'account', account: draft.account.trim(), partition, externalId: draft.externalId.trim() }
  if (draft.trust === 'service') return { kind: 'service', service: draft.service.trim() }
  if (draft.trust === 'provider')
    return {
      kind: 'provider',
      arn: draft.provider,
      audience: draft.audience.trim(),
      subject: draft.subject.trim(),
    }
  return undefined
}

/** The trust policy that the form amounts to. */
export function trustOf(draft: RoleDraft, partition: string): string {
  const choice = choiceOf(draft, partition)
  return choice ? trustPolicy(choice) : draft.json
}

export function faultsOf(draft: RoleDraft, partition: string) {
  const choice = choiceOf(draft, partition)
  const hours = Number(draft.hours)
  return {
    name: nameFault(draft.name, 'role'),
    trust: choice ? trustFault(choice) : draft.json.trim() === '' ? 'Write the trust policy.' : undefined,
    hours: hours >= 1 && hours <= 12 ? undefined : 'A session lasts 1 to 12 hours.',
  }
}

const HOUR = 3600

export function roleSteps(draft: RoleDraft, partition: string): readonly Step[] {
  const name = draft.name || '<name>'
  const seconds = Math.round(Number(draft.hours) * HOUR)
  return [
    {
      label: `Creating ${name}`,
      request: {
        name: 'CreateRole',
        input: {
          RoleName: name,
          AssumeRolePolicyDocument: trustOf(draft, partition),
          ...(draft.description !== '' && { Description: draft.description }),
          ...(seconds !== HOUR && Number.isFinite(seconds) && { MaxSessionDuration: seconds }),
          ...(draft.boundary !== '' && { PermissionsBoundary: draft.boundary }),
          ...(draft.tags.length > 0 && {
            Tags: draft.tags.map(({ key, value }) => ({ Key: key, Value: value })),
          }),
        },
      },
    },
    ...draft.policies.map((arn) => ({
      label: 'Attaching a policy',
      request: attachPolicy({ kind: 'role', name }, arn),
    })),
  ]
}
