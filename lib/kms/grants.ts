/** CreateGrant: permission that hangs on a key instead of standing in its policy (facts §9.5). */
import { randomBytes } from '#lib/crypto/random.ts'
import { rootArn } from '#lib/domain/arn.ts'
import { GRANT_LIMITS, termsText } from '#lib/domain/grant.ts'
import { CreateGrantInput } from '#lib/domain/operations/grants.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { sealGrantToken } from '#lib/engine/grant-tokens.ts'
import { grantOf, sealGrant } from '#lib/engine/grants.ts'
import { lowerCamel, members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { countGrants, type GrantRow, grantsNamed, insertGrant } from '#lib/store/grants.ts'
import {
  type CreateGrantRequest,
  checkPrincipals,
  checkTerms,
  contextOf,
  type DraftGrant,
  draftOf,
  forResource,
  grantConditions,
} from './grant-rules.ts'

const plainMembers = members<CreateGrantRequest>(
  'KeyId',
  'GranteePrincipal',
  'GranteeServicePrincipal',
  'RetiringPrincipal',
  'RetiringServicePrincipal',
  'Operations',
  'Name',
)

/** The names of constraints in CloudTrail's spelling; those of an encryption context stay as they are. */
const loggedConstraints = (constraints: object) =>
  Object.fromEntries(Object.entries(constraints).map(([name, value]) => [lowerCamel(name), value]))

const newRow = (call: Call, key: AllowedKey, draft: DraftGrant): GrantRow =>
  sealGrant(call.services.rowMacKey, {
    account: key.row.account,
    region: key.row.region,
    keyId: key.row.id,
    id: randomBytes(32).toString('hex'),
    name: draft.name,
    grantee: draft.grantee.name,
    granteeKind: draft.grantee.kind,
    retiring: draft.retiring?.name ?? null,
    retiringKind: draft.retiring?.kind ?? null,
    issuingAccount: rootArn(call.place.partition, call.account),
    createdBy: call.identity.principal.arn,
    operations: draft.operations,
    constraints: draft.constraints && JSON.stringify(draft.constraints),
    createdAt: call.now,
  })

/** Whether a grant is what another CreateGrant would have made. */
const isTwin = (row: GrantRow, wanted: GrantRow) =>
  row.grantee === wanted.grantee &&
  row.granteeKind === wanted.granteeKind &&
  row.retiring === wanted.retiring &&
  row.retiringKind === wanted.retiringKind &&
  row.issuingAccount === wanted.issuingAccount &&
  termsText(grantOf(row)) === termsText(grantOf(wanted))

/** The grant of the same name and content, which a CreateGrant that is sent again gets. */
async function findTwin({ services }: Call, key: AllowedKey, wanted: GrantRow): Promise<string | undefined> {
  if (wanted.name === '' || !key.row.hasGrants) return undefined
  const named = await grantsNamed(services.database.sql, key.row, wanted.name)
  const rows = await services.keys.genuineGrants(named)
  return rows.find((row) => isTwin(row, wanted))?.id
}

/** AWS managed keys have no quota (facts §16). */
async function checkRoom({ services }: Call, { row }: AllowedKey): Promise<void> {
  if (!row.hasGrants || row.manager === 'AWS') return
  if ((await countGrants(services.database.sql, row)) >= GRANT_LIMITS.perKey)
    throw new KmsError('LimitExceededException', `The key already has ${GRANT_LIMITS.perKey} grants.`)
}

function answer({ services }: Call, { row }: AllowedKey, grantId: string) {
  const { account, region, id } = row
  return {
    GrantToken: sealGrantToken(services.grantTokenKey, { account, region, id, grantId }),
    GrantId: grantId,
  }
}

export const CreateGrant = operation({
  name: 'CreateGrant',
  service: 'KMS',
  action: 'kms:CreateGrant',
  class: 'admin',
  input: CreateGrantInput,
  async run(call, input) {
    const draft = draftOf(input)
    const key = await call.key(input.KeyId, 'kms:CreateGrant', {
      deed: 'createGrant',
      encryptionContext: contextOf(draft),
      conditions: { ...grantConditions(draft), ...forResource(call) },
      childGrant: draft,
    })
    checkTerms(key, draft)
    await checkPrincipals(call, draft)
    const row = newRow(call, key, draft)
    const known = (await call.made()) ?? (await findTwin(call, key, row))
    if (known !== undefined) return answer(call, key, known)
    await checkRoom(call, key)
    return call.change({
      makes: row.id,
      keys: [{ key }],
      rows: (rows) => insertGrant(rows, row),
      output: answer(call, key, row.id),
    })
  },
  logged: {
    request: (input) => ({
      ...plainMembers(input),
      ...(input.Constraints && { constraints: loggedConstraints(input.Constraints) }),
    }),
    // The token stays out of the log.
    response: ({ GrantId }) => ({ grantId: GrantId }),
  },
})
