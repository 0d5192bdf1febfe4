/** The part of lib/console/operations.ts that is about key policies and the installation's settings. */
import type {
  DeletePolicyCaseInput,
  GetPolicyVersionInput,
  GetSettingsInput,
  LintIdentityPolicyInput,
  LintKeyPolicyInput,
  ListPolicyCasesInput,
  ListPolicyFindingsInput,
  ListPolicyVersionsInput,
  PutPolicyCaseInput,
  PutSettingInput,
  ReplayPolicyInput,
  RunPolicyCasesInput,
} from '#lib/domain/operations/policy-tools.ts'
import type { LintIdentityPolicy, LintKeyPolicy } from '#lib/insight/lint-policy.ts'
import type { ListPolicyFindings } from '#lib/insight/list-policy-findings.ts'
import type { ListPolicyCases, PutPolicyCase } from '#lib/insight/policy-cases.ts'
import type { GetPolicyVersion, ListPolicyVersions } from '#lib/insight/policy-versions.ts'
import type { ReplayPolicy } from '#lib/insight/replay-policy.ts'
import type { RunPolicyCases } from '#lib/insight/run-policy-cases.ts'
import type { GetSettings } from '#lib/insight/settings.ts'
import type { AnswerOf, Entry } from './operation-types.ts'
import type { Nothing } from './outputs.ts'

export const POLICY_OPERATIONS = {
  ListPolicyVersions: { service: 'Keyhouse', reads: true },
  GetPolicyVersion: { service: 'Keyhouse', reads: true },
  ListPolicyCases: { service: 'Keyhouse', reads: true },
  PutPolicyCase: { service: 'Keyhouse', reads: false },
  DeletePolicyCase: { service: 'Keyhouse', reads: false },
  // These four carry the text of a policy, which is too long for an address.
  RunPolicyCases: { service: 'Keyhouse', reads: false },
  LintKeyPolicy: { service: 'Keyhouse', reads: false },
  LintIdentityPolicy: { service: 'Keyhouse', reads: false },
  ReplayPolicy: { service: 'Keyhouse', reads: false },
  ListPolicyFindings: { service: 'Keyhouse', reads: true },
  GetSettings: { service: 'Keyhouse', reads: true },
  PutSetting: { service: 'Keyhouse', reads: false },
} as const

export type PolicyOperationIO = {
  ListPolicyVersions: Entry<typeof ListPolicyVersionsInput, AnswerOf<typeof ListPolicyVersions>>
  GetPolicyVersion: Entry<typeof GetPolicyVersionInput, AnswerOf<typeof GetPolicyVersion>>
  ListPolicyCases: Entry<typeof ListPolicyCasesInput, AnswerOf<typeof ListPolicyCases>>
  PutPolicyCase: Entry<typeof PutPolicyCaseInput, AnswerOf<typeof PutPolicyCase>>
  DeletePolicyCase: Entry<typeof DeletePolicyCaseInput, Nothing>
  RunPolicyCases: Entry<typeof RunPolicyCasesInput, AnswerOf<typeof RunPolicyCases>>
  LintKeyPolicy: Entry<typeof LintKeyPolicyInput, AnswerOf<typeof LintKeyPolicy>>
  LintIdentityPolicy: Entry<typeof LintIdentityPolicyInput, AnswerOf<typeof LintIdentityPolicy>>
  ListPolicyFindings: Entry<typeof ListPolicyFindingsInput, AnswerOf<typeof ListPolicyFindings>>
  ReplayPolicy: Entry<typeof ReplayPolicyInput, AnswerOf<typeof ReplayPolicy>>
  GetSettings: Entry<typeof GetSettingsInput, AnswerOf<typeof GetSettings>>
  PutSetting: Entry<typeof PutSettingInput, Nothing>
}
