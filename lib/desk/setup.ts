/**
 * First run: the account, its Regions, the first administrator and an access key, in one transaction that also spends
 * the set-up token. Of two claims at once, one finds it spent (R91). Sample data comes after, and may fail alone.
 */
import { z } from 'zod'
import { type BuiltEvent, buildEvent } from '#lib/audit/record/event.ts'
import { uuidv7 } from '#lib/crypto/random.ts'
import { accountAlias, accountId, regionNames, userName } from '#lib/domain/account.ts'
import { passwordFault } from '#lib/domain/password-rules.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { ADMINISTRATOR_POLICY_NAME, administratorPolicy } from '#lib/domain/sample.ts'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import { type AccessKeyPair, createAccessKey, draftAccessKey } from '#lib/iam/create-access-key.ts'
import { createAccount } from '#lib/iam/create-account.ts'
import { createUser, draftUser } from '#lib/iam/create-user.ts'
import { claimSetup } from '#lib/store/installation.ts'
import type { DeskParts } from './parts.ts'
import { createSample, type Sample } from './sample-account.ts'
import type { SessionView } from './sessions.ts'
import { checkSetupToken, USED } from './setup-link.ts'
import { startSession } from './sign-in.ts'
import type { Visit } from './visit.ts'

export const SetupInput = z.strictObject({
  token: z.string().min(1).max(128),
  accountId: accountId(),
  // A form sends an empty field for none.
  alias: z.preprocess(
    (alias) => (alias === '' || alias === null ? undefined : alias),
    accountAlias().optional(),
  ),
  regions: regionNames(),
  name: userName(),
  password: z.string().superRefine((password, context) => {
    const fault = passwordFault(password)
    if (fault) context.addIssue({ code: 'custom', message: fault })
  }),
  sampleData: z.boolean().default(false),
})
export type SetupRequest = z.infer<typeof SetupInput>

export type SetupResult = {
  readonly browserToken: string
  readonly session: SessionView
  /** Shown once. */
  readonly accessKey: AccessKeyPair
  readonly sample?: Sample
}

/** The event of the installation's first account: what was made, never a secret. */
function setupEvent(
  visit: Visit,
  at: Date,
  request: SetupRequest,
  made: { accessKeyId: string },
): BuiltEvent {
  const { accountId: account, alias, regions, name } = request
  return buildEvent({
    id: uuidv7(at.getTime()),
    at,
    caller: { kind: 'unproven', account, name, channel: visit.channel },
    eventSource: 'keyhouse',
    operationName: 'SetUpInstallation',
    class: 'admin',
    outcome: 'ok',
    source: 'console',
    readOnly: false,
    region: regions[0] ?? '',
    recipientAccount: account,
    request: { accountId: account, accountAlias: alias ?? null, regions, administrator: name },
    response: { accessKeyId: made.accessKeyId },
    resources: [],
    keyId: null,
    aliasName: null,
    error: null,
    decision: null,
    context: null,
  })
}

async function claim(parts: DeskParts, visit: Visit, request: SetupRequest) {
  const { services, writer } = parts
  const hash = await checkSetupToken(services, request.token)
  const account = {
    id: request.accountId,
    alias: request.alias ?? null,
    regions: request.regions,
    sample: false,
  }
  const policies = [{ name: ADMINISTRATOR_POLICY_NAME, document: administratorPolicy }]
  // Everything slow before the transaction: hashing, and the account's domain key.
  const user = await draftUser({
    account: account.id,
    name: request.name,
    password: request.password,
    policies,
  })
  const owner = { account: account.id, principal: user.principal.id }
  const accessKey = await draftAccessKey(services.domainKeys, owner)
  const now = services.clock.real()
  await changeIdentities(services, [account.id], async (transaction) => {
    if (!(await claimSetup(transaction, { hash, now }))) throw new KmsError('AccessDeniedException', USED)
    await createAccount(transaction, account)
    await createUser(transaction, user)
    await createAccessKey(transaction, accessKey)
    await writer.appendIn(transaction.sql, [
      setupEvent(visit, now, request, { accessKeyId: accessKey.pair.id }),
    ])
  })
  return { principal: user.principal.id, accessKey: accessKey.pair }
}

/** Sets the installation up and signs its administrator in. @throws KmsError. */
export async function setUp(parts: DeskParts, visit: Visit, request: SetupRequest): Promise<SetupResult> {
  const { principal, accessKey } = await claim(parts, visit, request)
  const sample = request.sampleData
    ? await createSample(parts, { besides: request.accountId, regions: request.regions })
    : undefined
  const identity = await parts.services.identities.byPrincipal(principal)
  if (!identity)
    throw new KmsError('KMSInternalException', '', { detail: 'the administrator just made is not there' })
  const { browserToken, session } = await startSession(parts, visit, { identity, factor: false })
  return { browserToken, session, accessKey, ...(sample && { sample }) }
}
