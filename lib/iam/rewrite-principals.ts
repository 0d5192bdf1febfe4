/**
 * Exchanges a principal's ARN in every key policy, trust policy and grant of the installation: for its unique id when it
 * is deleted, so that a later namesake is nobody to them, or for its new ARN. Keys move to their next version with it.
 *
 * The work is done before the transaction begins. Inside, where every account is locked and no call can change anything,
 * only what has moved meanwhile is done again.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import { type PrincipalRenaming, renamed, withRenamedPrincipal } from '#lib/domain/principal-renaming.ts'
import { sealGrant } from '#lib/engine/grants.ts'
import { nextVersion } from '#lib/engine/next-version.ts'
import { keyRowMac, sameMac } from '#lib/engine/row-macs.ts'
import type { Services } from '#lib/engine/services.ts'
import { StaleDecision } from '#lib/engine/stale.ts'
import { listAccounts } from '#lib/store/accounts.ts'
import type { Sql, Transaction } from '#lib/store/database.ts'
import type { GrantRow } from '#lib/store/grants.ts'
import { type KeyPlace, type KeySnapshot, readKeys } from '#lib/store/keys.ts'
import {
  addPolicyVersions,
  grantsNaming,
  keysNaming,
  type RepolicedKey,
  renameGrants,
  repoliceKeys,
  retrustRoles,
  trustPoliciesNaming,
} from '#lib/store/named-principals.ts'
import { type PolicyText, putPolicyDocument } from '#lib/store/policy-documents.ts'

export type Rewriting = {
  /** Every account of the installation: decisions in each of them may rest on what is rewritten. */
  readonly accounts: readonly string[]
  /** Keys that change, as far as is known before the change. */
  readonly keys: readonly KeyPlace[]
  /** To be called in a transaction that moves the epochs of `accounts`. @throws StaleDecision */
  readonly write: (transaction: Transaction, eventId: string) => Promise<void>
  /** Forgets the keys as they were, after the commit. */
  readonly forget: () => void
}

/** What becomes of one key; `move` is null where it only seemed to name the principal. */
type Effect = {
  readonly place: KeyPlace
  readonly version: bigint
  readonly move: RepolicedKey | null
  /** Null where only grants change. */
  readonly policy: PolicyText | null
  readonly grants: readonly GrantRow[]
}
type Effects = ReadonlyMap<string, Effect>

type Work = { readonly services: Services; readonly renaming: PrincipalRenaming }

const nameOf = ({ account, region, id }: KeyPlace) => `${account}/${region}/${id}`
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const textOf = (body: string): PolicyText => ({ hash: sha256(body), body })

/** Keys that are read, and written, at once. Between two lots others have their turn (R26). */
const LOT = 100
const lotsOf = <T>(all: readonly T[]) =>
  Array.from({ length: Math.ceil(all.length / LOT) }, (_, n) => all.slice(n * LOT, (n + 1) * LOT))
const pause = () => new Promise<void>((resume) => setImmediate(resume))

/** A key or grant that was edited behind our back is refused wherever it is used, and stays as it is: it gets no MAC. */
const isGenuine = ({ services }: Work, row: KeySnapshot) =>
  sameMac(keyRowMac(services.rowMacKey, row), row.rowMac) && equalBytes(sha256(row.policy), row.policyHash)

function regranted({ services, renaming }: Work, { rowMac: _, ...grant }: GrantRow): GrantRow | undefined {
  const grantee = renamed(grant.grantee, renaming)
  const retiring = grant.retiring === null ? undefined : renamed(grant.retiring, renaming)
  if (grantee === undefined && retiring === undefined) return undefined
  return sealGrant(services.rowMacKey, {
    ...grant,
    grantee: grantee ?? grant.grantee,
    retiring: retiring ?? grant.retiring,
  })
}

function effectOn(work: Work, key: KeySnapshot, grants: readonly GrantRow[]): Effect {
  const { account, region, id, rowVersion: version } = key
  const place = { account, region, id }
  const none = { place, version, move: null, policy: null, grants: [] }
  if (!isGenuine(work, key)) return none
  const body = withRenamedPrincipal(key.policy, work.renaming)
  const policy = body === key.policy ? null : textOf(body)
  const changed = grants.flatMap((grant) => regranted(work, grant) ?? [])
  if (!policy && changed.length === 0) return none
  const { to } = nextVersion(work.services.rowMacKey, key, policy ? { policyHash: policy.hash } : {})
  const move = { ...place, from: version, policyHash: hex(to.policyHash), rowMac: hex(to.rowMac) }
  return { place, version, move, policy, grants: changed }
}

/** What is to be done to keys, given what is known of them at their versions. */
async function survey(work: Work, sql: Sql, known: Effects): Promise<Effects> {
  const { renaming, services } = work
  const found = await keysNaming(sql, renaming)
  const effects = new Map<string, Effect>()
  const unknown: KeyPlace[] = []
  for (const { version, ...place } of found) {
    const held = known.get(nameOf(place))
    if (held?.version === version) effects.set(nameOf(place), held)
    else unknown.push(place)
  }
  for (const lot of lotsOf(unknown)) {
    const keys = await readKeys(sql, lot)
    const grants = await services.keys.genuineGrants(await grantsNaming(sql, lot, renaming))
    const ofKey = Map.groupBy(grants, ({ account, region, keyId }) => nameOf({ account, region, id: keyId }))
    for (const key of keys) effects.set(nameOf(key), effectOn(work, key, ofKey.get(nameOf(key)) ?? []))
    await pause()
  }
  return effects
}

async function rewriteKeys(
  { sql, prisma }: Transaction,
  effects: readonly Effect[],
  by: { readonly arn: string; readonly eventId: string },
): Promise<void> {
  for (const lot of lotsOf(effects)) {
    const moves = lot.flatMap(({ move }) => move ?? [])
    const repoliced = lot.flatMap(({ move, policy }) => (move && policy ? move : []))
    for (const { policy } of lot) if (policy) await putPolicyDocument({ sql, prisma }, policy)
    if (!(await repoliceKeys(sql, moves))) throw new StaleDecision()
    await addPolicyVersions(sql, repoliced, by)
    await renameGrants(
      sql,
      lot.flatMap(({ grants }) => grants),
    )
  }
}

async function rewriteTrust({ renaming }: Work, transaction: Transaction): Promise<void> {
  const found = await trustPoliciesNaming(transaction.sql, renaming)
  const changed = found
    .map(({ role, hash, body }) => ({ role, from: hash, body, text: withRenamedPrincipal(body, renaming) }))
    .filter(({ body, text }) => text !== body)
    .map(({ role, from, text }) => ({ role, from, policy: textOf(text) }))
  for (const { policy } of changed) await putPolicyDocument(transaction, policy)
  const roles = changed.map(({ role, from, policy }) => ({ role, from, to: hex(policy.hash) }))
  if (!(await retrustRoles(transaction.sql, roles))) throw new StaleDecision()
}

/** Prepares the exchange; `by` is the ARN of whoever asks for it, for the histories of key policies. */
export async function rewritePrincipals(
  services: Services,
  renaming: PrincipalRenaming,
  by: string,
): Promise<Rewriting> {
  const work = { services, renaming }
  const { sql } = services.database
  const accounts = (await listAccounts(sql)).map(({ id }) => id)
  let effects = await survey(work, sql, new Map())
  const touched = () => [...effects.values()].filter(({ move }) => move)
  return {
    accounts,
    keys: touched().map(({ place }) => place),
    async write(transaction, eventId) {
      // An account that came meanwhile is not locked.
      if ((await listAccounts(transaction.sql)).length !== accounts.length) throw new StaleDecision()
      effects = await survey(work, transaction.sql, effects)
      await rewriteKeys(transaction, touched(), { arn: by, eventId })
      await rewriteTrust(work, transaction)
    },
    forget() {
      for (const { place } of touched()) services.keys.drop(place)
    },
  }
}
