/** Findings about a policy that is being written (console POL-4): gathers what the rules of lib/policy/lint need. */
import type { z } from 'zod'
import type { PolicyFindingView } from '#lib/domain/access.ts'
import type { KnownKeyKind } from '#lib/domain/action-kinds.ts'
import { KEY_SPECS, type KeySpecName, type KeyUsageName } from '#lib/domain/key-spec.ts'
import { LintIdentityPolicyInput, LintKeyPolicyInput } from '#lib/domain/operations/policy-tools.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { lockoutQuestion } from '#lib/engine/lockout-question.ts'
import { operation } from '#lib/engine/operation.ts'
import { identitiesNamed } from '#lib/policy/check.ts'
import { lintPolicy } from '#lib/policy/lint/lint.ts'
import type { LintKind, Surroundings } from '#lib/policy/lint/surroundings.ts'
import { listAccounts } from '#lib/store/accounts.ts'
import { principalNames } from '#lib/store/identities.ts'
import { readSettings } from '#lib/store/settings.ts'
import { accountIdentities } from './account-identities.ts'

type KeyInput = z.output<typeof LintKeyPolicyInput>
type IdentityInput = z.output<typeof LintIdentityPolicyInput>

const accountIn = (arn: string) => arn.split(':')[4] ?? ''

/** Who there is, in the accounts that the policy names and the caller's own. */
function directoryFor(call: Call, policy: string, kind: LintKind) {
  const named = kind === 'key' || kind === 'trust' ? identitiesNamed(policy, kind) : []
  const accounts = new Set([call.account, ...named.map(accountIn)])
  return principalNames(call.services.database.sql, [...accounts])
}

async function knownAccounts({ services }: Call): Promise<ReadonlySet<string>> {
  const { sql } = services.database
  const [own, settings] = await Promise.all([listAccounts(sql), readSettings(sql)])
  return new Set([...own.map(({ id }) => id), ...settings.knownAccounts])
}

type Asked = Pick<Surroundings, 'kind' | 'key' | 'caller' | 'everyone'> & { readonly policy: string }

/** What the rules know besides a text: for texts of identity policies, which name nobody, once for many. */
export async function surroundingsOf(call: Call, asked: Asked): Promise<Surroundings> {
  const { policy, ...known } = asked
  const [directory, accounts] = await Promise.all([
    directoryFor(call, policy, asked.kind),
    knownAccounts(call),
  ])
  const { partition, account } = call.place
  return { ...known, partition, account, directory, knownAccounts: accounts }
}

const findingsOf = async (call: Call, asked: Asked): Promise<PolicyFindingView[]> =>
  lintPolicy(asked.policy, await surroundingsOf(call, asked))

/** Of a spec with one usage, that one. */
function draftKind(spec: KeySpecName | undefined, usage: KeyUsageName | undefined): KnownKeyKind {
  const [only, more] = spec ? KEY_SPECS[spec].usages : []
  return { spec, usage: usage ?? (more === undefined ? only : undefined) }
}

const kindOf = (key: AllowedKey | undefined, input: KeyInput): KnownKeyKind =>
  key ? key.row : draftKind(input.KeySpec, input.KeyUsage)

/** A key that is not there yet has some id. */
const NO_KEY = '00000000-0000-0000-0000-000000000000'

export const LintKeyPolicy = operation({
  name: 'LintKeyPolicy',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  // With every pause of whoever writes a policy.
  recorded: false,
  input: LintKeyPolicyInput,
  logged: { request: ({ KeyId }: KeyInput) => ({ keyId: KeyId }) },

  async run(call, input: KeyInput) {
    const { KeyId, Policy: policy } = input
    const key = KeyId === undefined ? undefined : await call.key(KeyId, 'kms:GetKeyPolicy', { deed: 'read' })
    // Whoever may make a key may hear about the policy that it would have.
    if (!key) await call.permit({ action: 'kms:CreateKey' })
    const place = { place: call.place, id: key?.row.id ?? NO_KEY }
    const everyone = await accountIdentities(call)
    return {
      Findings: await findingsOf(call, {
        kind: 'key',
        policy,
        key: kindOf(key, input),
        caller: lockoutQuestion(call.identity, place),
        everyone: everyone.map((identity) => lockoutQuestion(identity, place)),
      }),
    }
  },
})

export const LintIdentityPolicy = operation({
  name: 'LintIdentityPolicy',
  service: 'Keyhouse',
  action: 'iam:SimulateCustomPolicy',
  class: 'read',
  recorded: false,
  input: LintIdentityPolicyInput,
  logged: { request: ({ Kind }: IdentityInput) => ({ kind: Kind }) },

  async run(call, { Policy: policy, Kind: kind }: IdentityInput) {
    await call.permit()
    return { Findings: await findingsOf(call, { kind, policy, key: {}, caller: null, everyone: [] }) }
  },
})
