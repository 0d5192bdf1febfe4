/**
 * Domain keys: wrapped by the root key, wrapping every other secret in the database (architecture §4).
 *
 *   root key ─ wraps ─► domain key (installation | account | account and Region) ─ wraps ─► records
 *
 * In memory they are KeyObjects and nothing else.
 */
import { checkValue } from '#lib/crypto/check-value.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import { deriveKey } from '#lib/crypto/kbkdf.ts'
import type { Label } from '#lib/crypto/labels.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import { generateSecretKey, type KeyObject, secretKey } from '#lib/crypto/secret-key.ts'
import { encodeFields } from '#lib/crypto/tlv.ts'
import { domainKeyIdOf, type RecordIdentity, unwrapRecord, wrapRecord } from '#lib/crypto/wrap.ts'
import type { SecretBytes } from '#lib/domain/secret-bytes.ts'
import type { RootKey } from '#lib/rootkey/root-key.ts'
import type { Sql } from '#lib/store/database.ts'
import {
  addDomainKey,
  columnsOf,
  type DomainKeyRow,
  type DomainKeyScope,
  readDomainKey,
  readDomainKeys,
} from '#lib/store/domain-keys.ts'

export type DomainKeys = {
  /** Seals bytes under the scope's newest domain key, bound to what the record is. */
  readonly seal: (scope: DomainKeyScope, bytes: Uint8Array, identity: RecordIdentity) => Promise<Buffer>
  /** Opens a sealed record; throws UnwrapError when it is not the record it claims to be. */
  readonly open: (record: Uint8Array, identity: RecordIdentity) => Promise<SecretBytes>
  /** A key for one purpose, from the installation's domain key. */
  readonly derive: (label: Label, context?: string) => KeyObject
}

type Opened = { readonly id: string; readonly key: KeyObject; readonly version: number }

const scopeName = (row: { scope: string; account: string | null; region: string | null }) =>
  `${row.scope}/${row.account ?? ''}/${row.region ?? ''}`

/** What a wrapped domain key is bound to, so that rows cannot be swapped. */
const wrapContext = (row: Omit<DomainKeyRow, 'sealed' | 'checkValue'>) =>
  encodeFields(['domain-key', row.id, row.scope, row.account, row.region, String(row.version)])

async function openRow(rootKey: RootKey, row: DomainKeyRow): Promise<Opened> {
  const bytes = await rootKey.unwrap(row.sealed, wrapContext(row))
  const key = bytes.lend((raw) => secretKey(raw))
  if (!equalBytes(checkValue(key), row.checkValue))
    throw new Error(`domain key ${row.id} fails its check value`)
  return { id: row.id, key, version: row.version }
}

async function makeRow(rootKey: RootKey, scope: DomainKeyScope): Promise<DomainKeyRow> {
  const { key, bytes } = generateSecretKey()
  const row = { id: uuidv4(), scope: scope.kind, ...columnsOf(scope), version: 1 }
  const context = wrapContext(row)
  // RootKey.wrap may be asynchronous, so the bytes are lent as a copy that is wiped after it.
  const copy = bytes.lend((raw) => Buffer.from(raw))
  try {
    return { ...row, sealed: await rootKey.wrap(copy, context), checkValue: checkValue(key) }
  } finally {
    copy.fill(0)
  }
}

/** Loads every domain key. The first start makes the installation's; others are made when first needed. */
export async function openDomainKeys(sql: Sql, rootKey: RootKey): Promise<DomainKeys> {
  const byId = new Map<string, KeyObject>()
  const newest = new Map<string, Opened>()
  const making = new Map<string, Promise<Opened>>()

  async function take(row: DomainKeyRow): Promise<Opened> {
    const opened = await openRow(rootKey, row)
    byId.set(opened.id, opened.key)
    const held = newest.get(scopeName(row))
    if (!held || held.version <= opened.version) newest.set(scopeName(row), opened)
    return opened
  }

  async function make(scope: DomainKeyScope): Promise<Opened> {
    const kept = await addDomainKey(sql, await makeRow(rootKey, scope))
    return take(kept)
  }

  async function current(scope: DomainKeyScope): Promise<Opened> {
    const name = scopeName({ scope: scope.kind, ...columnsOf(scope) })
    const held = newest.get(name)
    if (held) return held
    const pending = making.get(name) ?? make(scope).finally(() => making.delete(name))
    making.set(name, pending)
    return pending
  }

  for (const row of await readDomainKeys(sql)) await take(row)
  const installation = await current({ kind: 'installation' })

  return {
    seal: async (scope, bytes, identity) => wrapRecord(await current(scope), bytes, identity),
    open: async (record, identity) => {
      const id = domainKeyIdOf(record)
      if (!byId.has(id)) {
        // Another engine may have made it since.
        const row = await readDomainKey(sql, id)
        if (row) await take(row)
      }
      return unwrapRecord((wanted) => byId.get(wanted), record, identity)
    },
    derive: (label, context = '') => deriveKey(installation.key, label, Buffer.from(context)),
  }
}
