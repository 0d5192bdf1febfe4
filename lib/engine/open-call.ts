/** Makes the Call that an operation runs with. The door opens one for each attempt. */
import { aliasArn, keyArn, type Place, partitionOf } from '#lib/domain/arn.ts'
import type { Caller } from '#lib/domain/caller.ts'
import { stateRefusal } from '#lib/domain/key-state.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { findMade } from '#lib/store/idempotency.ts'
import { authorizeKey, authorizePlain, foreignKeyRefusal } from './authorize.ts'
import type { AllowedKey, Call, Change, KeyDemand } from './call.ts'
import type { Identity } from './identities.ts'
import { parseKeyReference } from './key-reference.ts'
import type { LoadedKey } from './keys.ts'
import type { AnyOperation } from './operation.ts'
import { encryptionContextValues, factsOf } from './request-context.ts'
import type { Services } from './services.ts'
import type { Trail } from './trail.ts'

export type CallSetup = {
  readonly caller: Caller
  readonly identity: Identity
  readonly operation: AnyOperation
  readonly services: Services
  readonly trail: Trail
  readonly commit: <O>(change: Change<O>) => Promise<O>
}

/** What makes two requests the same request of an SDK; undefined for callers that do not retry. */
export function retryOf(setup: Pick<CallSetup, 'caller' | 'identity' | 'operation'>) {
  const { invocationId, bodyHash } = setup.caller.channel
  if (!invocationId || !bodyHash || setup.caller.credential.kind !== 'access-key') return undefined
  return {
    account: setup.identity.account,
    accessKeyId: setup.caller.credential.id,
    invocationId,
    action: setup.operation.name,
    bodyHash,
  }
}

/** Facts §4 then the key's usage: what is asked must suit the key. */
function checkSuits(key: LoadedKey, operation: string, demand: KeyDemand): void {
  const refusal = demand.kind?.(key) ?? stateRefusal(demand.deed, key.row.state, key.arn)
  if (refusal) throw refusal
  if (demand.usage && key.row.usage !== demand.usage) {
    const text = `${key.arn} key usage is ${key.row.usage} which is not valid for ${operation}.`
    throw new KmsError('InvalidKeyUsageException', text)
  }
}

const pendingImport = (key: AllowedKey) =>
  new KmsError('KMSInvalidStateException', `${key.arn} is pending import.`)

export function openCall(setup: CallSetup): Call {
  const { caller, identity, operation, services, trail } = setup
  const place: Place = {
    partition: partitionOf(caller.region),
    region: caller.region,
    account: identity.account,
  }
  const facts = factsOf(caller, identity, services.clock)
  const { now } = facts
  const mention: Call['mention'] = (resource) => {
    if (!trail.resources.some((known) => known.arn === resource.arn)) trail.resources.push(resource)
  }

  async function resolve(reference: string, action: string, aliases: boolean) {
    const parsed = parseKeyReference(reference, place)
    const home: Place = { ...place, account: parsed.account }
    if (parsed.kind === 'alias') {
      if (!aliases) throw new KmsError('NotFoundException', `Invalid keyId '${reference}'`)
      trail.aliasName = parsed.name
      const key = await services.keys.byAlias(home, parsed.name)
      if (key) return { key, alias: parsed.name }
      const arn = aliasArn(home, parsed.name)
      if (parsed.account !== identity.account) throw foreignKeyRefusal(trail, action, arn)
      throw new KmsError('NotFoundException', `Alias ${arn} is not found.`)
    }
    const key = await services.keys.byId({ account: parsed.account, region: place.region, id: parsed.id })
    if (key) return { key, alias: undefined }
    const arn = keyArn(home, parsed.id)
    if (parsed.account !== identity.account) throw foreignKeyRefusal(trail, action, arn)
    throw new KmsError('NotFoundException', `Key '${arn}' does not exist`)
  }

  async function admit(
    key: LoadedKey,
    action: string,
    demand: KeyDemand,
    how: { alias?: string | undefined; byCiphertext: boolean },
  ): Promise<AllowedKey> {
    if (!trail.keys.includes(key)) trail.keys.push(key)
    mention({ type: 'AWS::KMS::Key', arn: key.arn, accountId: key.row.account })
    const conditions = {
      ...encryptionContextValues(demand.encryptionContext),
      ...demand.conditions,
      'kms:RequestAlias': how.alias,
    }
    await authorizeKey(
      { trail, facts, keys: services.keys },
      { action, key, conditions, demand, byCiphertext: how.byCiphertext },
    )
    checkSuits(key, operation.name, demand)
    // The brand says what has just been checked.
    return key as unknown as AllowedKey
  }

  /** The loaded key behind an AllowedKey: admit() made the one from the other. */
  const loaded = (key: AllowedKey) => key as unknown as LoadedKey

  return {
    caller,
    identity,
    operation: operation.name,
    account: identity.account,
    region: caller.region,
    place,
    now,
    services,
    mention,
    async key(reference, action, demand) {
      const { key, alias } = await resolve(reference, action, demand.aliases ?? false)
      return admit(key, action, demand, { alias, byCiphertext: false })
    },
    async keyOfCiphertext(materialId, action, demand) {
      const key = await services.keys.byMaterial(caller.region, materialId)
      if (!key) {
        const arn = identity.principal.arn
        throw new KmsError(
          'AccessDeniedException',
          `User: ${arn} is not authorized to perform: ${action} on the resource ` +
            'associated with this ciphertext because the resource does not exist in this Region, no resource-based ' +
            'policies allow access, or a resource-based policy explicitly denies access',
        )
      }
      return admit(key, action, demand, { byCiphertext: true })
    },
    async keyIdOf(reference) {
      const parsed = parseKeyReference(reference, place)
      if (parsed.kind === 'key') return parsed.id
      return (await services.keys.byAlias({ ...place, account: parsed.account }, parsed.name))?.row.id
    },
    async permit(permission = {}) {
      const action = permission.action ?? operation.action
      if (action === null) return
      const region = permission.region ?? caller.region
      authorizePlain(trail, { ...facts, region }, { ...permission, action })
    },
    async material(key, id) {
      const wanted = id ?? key.row.currentMaterialId
      if (wanted === null) return undefined
      const opened = await services.keys.material(loaded(key), wanted)
      if (!opened) return undefined
      // Only symmetric encryption keys have materials that AWS names.
      if (key.row.spec === 'SYMMETRIC_DEFAULT') trail.notes = { ...trail.notes, keyMaterialId: wanted }
      return { id: wanted, key: opened }
    },
    async privateKey(key) {
      const opened = await services.keys.privateKey(loaded(key))
      if (!opened) throw pendingImport(key)
      return opened
    },
    publicKey(key) {
      const opened = services.keys.publicKey(loaded(key))
      if (!opened) throw pendingImport(key)
      return opened
    },
    async members(key) {
      const { account, id, memberRegions } = key.row
      const members: AllowedKey[] = []
      for (const region of memberRegions.filter((other) => other !== key.row.region)) {
        const member = await services.keys.byId({ account, region, id })
        if (!member) continue
        trail.keys.push(member)
        members.push(member as unknown as AllowedKey)
      }
      return members
    },
    async member(key, region, action, demand) {
      const { account, id, memberRegions } = key.row
      if (!memberRegions.includes(region)) return undefined
      const member = await services.keys.byId({ account, region, id })
      return member && admit(member, action, demand, { byCiphertext: false })
    },
    note(fields) {
      trail.notes = { ...trail.notes, ...fields }
    },
    change: (change) => setup.commit(change),
    async made() {
      const retry = retryOf(setup)
      return retry && findMade(services.database.sql, retry)
    },
  }
}
