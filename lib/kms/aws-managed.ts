/** AWS managed keys: each is made when somebody first describes its alias, and belongs to its service (facts §16). */
import { uuidv4 } from '#lib/crypto/random.ts'
import { keyArn } from '#lib/domain/arn.ts'
import {
  type ManagedService,
  managedAlias,
  managedDescription,
  managedKeyPolicy,
  managedServiceOf,
} from '#lib/domain/aws-managed.ts'
import type { Call } from '#lib/engine/call.ts'
import { internalEvent } from '#lib/engine/internal-event.ts'
import { parseKeyReference } from '#lib/engine/key-reference.ts'
import { newMaterial } from '#lib/engine/new-material.ts'
import { aliasRowMac, keyRowMac, type UnsealedKeyRow } from '#lib/engine/row-macs.ts'
import { type AliasRow, insertAlias, readAlias } from '#lib/store/aliases.ts'
import { insertKey } from '#lib/store/keys.ts'
import { insertMaterial } from '#lib/store/materials.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { addPolicyVersion } from '#lib/store/policy-versions.ts'
import { FRESH_KEY } from './new-key.ts'
import { policyText } from './policy-rules.ts'

const DAY = 86_400_000
/** Yearly, and nobody can change it (facts §10). */
const PERIOD_DAYS = 365

/** The service whose key a KeyId member names by its alias in the caller's own account. */
function namedService(call: Call, reference: string): ManagedService | undefined {
  const parsed = parseKeyReference(reference, call.place)
  if (parsed.kind !== 'alias' || parsed.account !== call.account) return undefined
  return managedServiceOf(parsed.name)
}

function draft(call: Call, service: ManagedService, id: string) {
  const policy = policyText(managedKeyPolicy(service, call.place))
  const row: Omit<UnsealedKeyRow, 'currentMaterialId'> = {
    ...FRESH_KEY,
    account: call.account,
    region: call.region,
    id,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    manager: 'AWS',
    multiRegion: false,
    state: 'Enabled',
    description: managedDescription(service),
    policyHash: policy.hash,
    rotationEnabled: true,
    rotationPeriodDays: PERIOD_DAYS,
    nextRotationAt: new Date(call.now.getTime() + PERIOD_DAYS * DAY),
    createdAt: call.now,
    createdBy: 'AWS',
  }
  return { policy, row }
}

function aliasOf(call: Call, service: ManagedService, keyId: string): AliasRow {
  const binding = { account: call.account, region: call.region, name: managedAlias(service), keyId }
  const rowMac = aliasRowMac(call.services.rowMacKey, binding)
  return { ...binding, createdAt: call.now, updatedAt: call.now, rowMac }
}

async function make(call: Call, service: ManagedService, id: string): Promise<void> {
  const { services } = call
  const { policy, row: unsealed } = draft(call, service, id)
  const material = await newMaterial(services.domainKeys, unsealed)
  const row = { ...unsealed, currentMaterialId: material.id }
  const event = internalEvent({
    name: 'CreateKey',
    at: services.clock.real(),
    account: call.account,
    region: call.region,
    key: { id, arn: keyArn(call.place, id) },
    details: { alias: managedAlias(service) },
  })
  // Two that describe it at once make one key: the alias is unique.
  await services.internally([event], async (rows) => {
    await putPolicyDocument(rows, policy)
    await insertKey(rows, { ...row, rowMac: keyRowMac(services.rowMacKey, row) })
    await addPolicyVersion(rows, {
      key: row,
      policyHash: policy.hash,
      createdBy: row.createdBy,
      eventId: event.id,
    })
    await insertMaterial(rows, row, { ...material, at: call.now })
    await insertAlias(rows, aliasOf(call, service, id))
  })
}

/**
 * Makes the key that `reference` names, if it names an AWS managed one that is not there yet. Only for those who may
 * describe it: the key's policy leaves that to identity policies. @throws AccessDeniedException
 */
export async function makeManagedKey(call: Call, reference: string): Promise<void> {
  const service = namedService(call, reference)
  if (!service) return
  const name = managedAlias(service)
  if (await readAlias(call.services.database.sql, { ...call, name })) return
  const id = uuidv4()
  await call.permit({
    action: 'kms:DescribeKey',
    resource: keyArn(call.place, id),
    conditions: {
      'kms:RequestAlias': name,
      'kms:ResourceAliases': [name],
      'kms:CallerAccount': call.account,
      'kms:KeySpec': 'SYMMETRIC_DEFAULT',
      'kms:KeyUsage': 'ENCRYPT_DECRYPT',
      'kms:KeyOrigin': 'AWS_KMS',
      'kms:MultiRegion': 'false',
    },
  })
  await make(call, service, id)
}
