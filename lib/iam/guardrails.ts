/**
 * Guardrails: policies over a whole account, as service control policies are in AWS Organizations. The installation's
 * first account sets them for the others, and is itself not bound, as AWS's management account is not: whoever can lift a
 * guardrail would only seem to be held by it, and nobody can lock the installation.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { GuardrailInput, ListGuardrailsInput, PutGuardrailInput } from '#lib/domain/operations/guardrails.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { permitInstallation } from '#lib/engine/first-account.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { checkIdentityPolicy } from '#lib/policy/check.ts'
import { findAccount } from '#lib/store/accounts.ts'
import { deleteGuardrail, type GuardrailRow, listGuardrails, putGuardrail } from '#lib/store/guardrails.ts'
import type { PolicyText } from '#lib/store/policy-documents.ts'
import { sizeOf } from './policy-text.ts'

/** As AWS has FullAWSAccess: guardrails together must allow, so that one which only denies needs another beside it. */
export const FULL_ACCESS = 'FullAccess'
export const FULL_ACCESS_POLICY = JSON.stringify(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  null,
  2,
)
const MOST_CHARACTERS = 10_240
const MOST_GUARDRAILS = 10

const textOf = (body: string): PolicyText => ({ hash: sha256(body), body })

/** The account whose guardrails are changed. @throws AccessDeniedException, NotFoundException */
async function governed(call: Call, account: string | undefined): Promise<string> {
  await permitInstallation(call, 'guardrails belong')
  if (account === undefined || account === call.account) {
    throw new KmsError(
      'UnsupportedOperationException',
      'The first account of the installation is not bound by guardrails. Name another account.',
    )
  }
  return existing(call, account)
}

async function existing({ services }: Call, account: string): Promise<string> {
  const found = await findAccount(services.database, account)
  if (found?.id !== account) throw new KmsError('NotFoundException', `Account ${account} is not found.`)
  return account
}

/** The account whose guardrails are read: everybody's own, and any for the first one. */
async function readable(call: Call, account = call.account): Promise<string> {
  if (account !== call.account) {
    await permitInstallation(call, 'the guardrails of other accounts belong')
    return existing(call, account)
  }
  await call.permit()
  return account
}

function checkPolicy(policy: string): void {
  const fault = checkIdentityPolicy(policy)
  if (fault !== null) throw new KmsError('MalformedPolicyDocumentException', fault)
  if (sizeOf(policy) > MOST_CHARACTERS)
    throw new KmsError('LimitExceededException', `A guardrail has ${MOST_CHARACTERS} characters at most.`)
}

const named = (guardrails: readonly GuardrailRow[], name: string): GuardrailRow => {
  const found = guardrails.find((row) => row.name === name)
  if (!found) throw new KmsError('NotFoundException', `Guardrail ${name} is not found.`)
  return found
}

export const PutGuardrail = operation({
  name: 'PutGuardrail',
  service: 'Keyhouse',
  action: 'keyhouse:PutGuardrail',
  class: 'admin',
  input: PutGuardrailInput,
  logged: { request: members('Name', 'Policy', 'AccountId', 'WithFullAccess') },
  async run(call, input) {
    const account = await governed(call, input.AccountId)
    checkPolicy(input.Policy)
    const present = (await listGuardrails(call.services.database, account)).map(({ name }) => name)
    const names = new Set([...present, input.Name])
    if (present.length === 0 && input.WithFullAccess !== false) names.add(FULL_ACCESS)
    if (names.size > MOST_GUARDRAILS)
      throw new KmsError('LimitExceededException', `An account has ${MOST_GUARDRAILS} guardrails at most.`)
    return call.change({
      identitiesOf: [account],
      async rows(rows) {
        if (names.has(FULL_ACCESS) && !present.includes(FULL_ACCESS))
          await putGuardrail(rows, { account, name: FULL_ACCESS, policy: textOf(FULL_ACCESS_POLICY) })
        await putGuardrail(rows, { account, name: input.Name, policy: textOf(input.Policy) })
      },
      output: { AccountId: account, Names: [...names].sort() },
    })
  },
})

export const DeleteGuardrail = operation({
  name: 'DeleteGuardrail',
  service: 'Keyhouse',
  action: 'keyhouse:DeleteGuardrail',
  class: 'admin',
  input: GuardrailInput,
  logged: { request: members('Name', 'AccountId') },
  async run(call, input) {
    const account = await governed(call, input.AccountId)
    named(await listGuardrails(call.services.database, account), input.Name)
    return call.change({
      identitiesOf: [account],
      rows: (rows) => deleteGuardrail(rows, account, input.Name),
      output: undefined,
    })
  },
})

export const GetGuardrail = operation({
  name: 'GetGuardrail',
  service: 'Keyhouse',
  action: 'keyhouse:GetGuardrail',
  class: 'read',
  input: GuardrailInput,
  logged: { request: members('Name', 'AccountId') },
  async run(call, input) {
    const account = await readable(call, input.AccountId)
    const { name, policy, createdAt } = named(
      await listGuardrails(call.services.database, account),
      input.Name,
    )
    return { AccountId: account, Name: name, Policy: policy, CreationDate: createdAt }
  },
})

export const ListGuardrails = operation({
  name: 'ListGuardrails',
  service: 'Keyhouse',
  action: 'keyhouse:ListGuardrails',
  class: 'read',
  input: ListGuardrailsInput,
  logged: { request: members('AccountId') },
  async run(call, input) {
    const account = await readable(call, input.AccountId)
    const guardrails = await listGuardrails(call.services.database, account)
    return {
      AccountId: account,
      Guardrails: guardrails.map(({ name, policy, createdAt }) => ({
        Name: name,
        Policy: policy,
        CreationDate: createdAt,
      })),
    }
  },
})

export const guardrailOperations = [PutGuardrail, DeleteGuardrail, GetGuardrail, ListGuardrails] as const
