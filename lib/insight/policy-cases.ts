/**
 * Cases that are pinned to a key: who, what, and the answer that must stay. They run on the policy in force, and on every
 * draft while it is written (console POL-5).
 */
import type { z } from 'zod'
import { uuidv4 } from '#lib/crypto/random.ts'
import type { PolicyCaseView } from '#lib/domain/access.ts'
import {
  DeletePolicyCaseInput,
  ListPolicyCasesInput,
  PutPolicyCaseInput,
} from '#lib/domain/operations/policy-tools.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  deletePolicyCase,
  type PolicyCaseRow,
  putPolicyCase,
  readPolicyCases,
} from '#lib/store/policy-cases.ts'

type PutInput = z.output<typeof PutPolicyCaseInput>
type DeleteInput = z.output<typeof DeletePolicyCaseInput>
type ListInput = z.output<typeof ListPolicyCasesInput>

const MOST_CASES = 50

type Asked = Pick<PolicyCaseView, 'PrincipalArn' | 'Action' | 'EncryptionContext' | 'Conditions'>

export function caseView({
  id,
  name,
  request,
  allowed,
  createdAt,
  createdBy,
}: PolicyCaseRow): PolicyCaseView {
  return {
    // PutPolicyCase wrote it, with these members.
    ...(JSON.parse(request) as Asked),
    Id: id,
    Name: name,
    Expected: allowed ? 'allowed' : 'denied',
    CreatedAt: createdAt,
    CreatedBy: createdBy,
  }
}

export const ListPolicyCases = operation({
  name: 'ListPolicyCases',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  input: ListPolicyCasesInput,
  logged: { request: ({ KeyId }: ListInput) => ({ keyId: KeyId }) },

  async run(call, { KeyId }: ListInput) {
    const key = await call.key(KeyId, 'kms:GetKeyPolicy', { deed: 'read' })
    const rows = await readPolicyCases(call.services.database.sql, key.row)
    return { Cases: rows.map(caseView) }
  },
})

const missing = (id: string) => new KmsError('NotFoundException', `The key has no case ${id}`)

async function checkedId(call: Call, key: AllowedKey, id: string | undefined): Promise<string> {
  const rows = await readPolicyCases(call.services.database.sql, key.row)
  if (id !== undefined && !rows.some((row) => row.id === id)) throw missing(id)
  if (id === undefined && rows.length >= MOST_CASES)
    throw new KmsError('LimitExceededException', `A key has at most ${MOST_CASES} cases.`)
  return id ?? uuidv4()
}

const requestOf = ({ PrincipalArn, Action, EncryptionContext, Conditions }: PutInput): Asked => ({
  PrincipalArn,
  Action,
  EncryptionContext: EncryptionContext ?? {},
  Conditions: Conditions ?? {},
})

export const PutPolicyCase = operation({
  name: 'PutPolicyCase',
  service: 'Keyhouse',
  action: 'kms:PutKeyPolicy',
  class: 'admin',
  input: PutPolicyCaseInput,
  logged: {
    request: (input: PutInput) => {
      const { PrincipalArn, Action, EncryptionContext, Conditions } = requestOf(input)
      return {
        keyId: input.KeyId,
        id: input.Id,
        name: input.Name,
        principalArn: PrincipalArn,
        action: Action,
        encryptionContext: EncryptionContext,
        conditions: Conditions,
        expected: input.Expected,
      }
    },
    response: ({ Id }: { readonly Id: string }) => ({ id: Id }),
  },

  async run(call, input: PutInput) {
    const key = await call.key(input.KeyId, 'kms:PutKeyPolicy', { deed: 'changePolicy' })
    const id = await checkedId(call, key, input.Id)
    const row = {
      id,
      name: input.Name,
      request: JSON.stringify(requestOf(input)),
      allowed: input.Expected === 'allowed',
      createdBy: call.identity.principal.arn,
    }
    return call.change({
      // The key moves along, so that of two rivals one counts the cases again.
      keys: [{ key }],
      rows: (rows) => putPolicyCase(rows, key.row, row),
      output: { Id: id },
    })
  },
})

export const DeletePolicyCase = operation({
  name: 'DeletePolicyCase',
  service: 'Keyhouse',
  action: 'kms:PutKeyPolicy',
  class: 'admin',
  input: DeletePolicyCaseInput,
  logged: { request: ({ KeyId, Id }: DeleteInput) => ({ keyId: KeyId, id: Id }) },

  async run(call, { KeyId, Id: id }: DeleteInput) {
    const key = await call.key(KeyId, 'kms:PutKeyPolicy', { deed: 'changePolicy' })
    await checkedId(call, key, id)
    return call.change({
      keys: [{ key }],
      rows: (rows) => deletePolicyCase(rows, key.row, id),
      output: undefined,
    })
  },
})
