/**
 * Grants between the database and a decision: their MACs, and those of one principal on one key. A grant whose MAC
 * does not hold was written behind our back and permits nothing (R15).
 */
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import { rootArn } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import type { Grant, GrantConstraints, GrantOperation } from '#lib/domain/grant.ts'
import type { Sql } from '#lib/store/database.ts'
import { type GrantColumns, type GrantRow, grantsOfGrantees } from '#lib/store/grants.ts'
import type { KeyPlace } from '#lib/store/keys.ts'
import { grantRowMac, sameMac } from './row-macs.ts'

/** The row that a new grant becomes. */
export const sealGrant = (macKey: KeyObject, columns: GrantColumns): GrantRow => ({
  ...columns,
  rowMac: grantRowMac(macKey, columns),
})

/** A genuine row as decisions see it. */
export const grantOf = (row: GrantRow): Grant => ({
  id: row.id,
  grantee: { kind: row.granteeKind, name: row.grantee },
  // Only CreateGrant writes rows whose MAC holds, and it writes what it has parsed.
  operations: row.operations as readonly GrantOperation[],
  constraints: constraintsOf(row),
})

export const constraintsOf = ({ constraints }: GrantRow): GrantConstraints | null =>
  constraints === null ? null : JSON.parse(constraints)

export type Grants = {
  /** The grants of a key that name a principal, or its account, as their grantee. */
  readonly of: (key: KeyPlace, principal: Principal) => Promise<readonly Grant[]>
  /** The rows whose MAC holds; the others are reported. */
  readonly genuine: <R extends GrantRow>(rows: readonly R[]) => Promise<R[]>
}

/** Whom a grant may name for it to be the principal's. */
function granteesOf({ kind, name, arn, role, partition, account }: Principal): readonly string[] {
  if (kind === 'service') return [name]
  const own = [arn, rootArn(partition, account)]
  return role ? [...own, role.arn] : own
}

/** Rows whose MACs are checked without a pause: a fraction of a millisecond (R26). */
const SLICE = 100
const pause = () => new Promise<void>((resume) => setImmediate(resume))

export function openGrants(options: {
  sql: Sql
  rowMacKey: KeyObject
  violated: (violation: { place: KeyPlace; what: string }) => void
}): Grants {
  const { sql, rowMacKey, violated } = options

  function isGenuine(row: GrantRow): boolean {
    if (sameMac(grantRowMac(rowMacKey, row), row.rowMac)) return true
    violated({ place: { account: row.account, region: row.region, id: row.keyId }, what: `grant ${row.id}` })
    return false
  }

  async function genuine<R extends GrantRow>(rows: readonly R[]): Promise<R[]> {
    const found: R[] = []
    for (let from = 0; from < rows.length; from += SLICE) {
      if (from > 0) await pause()
      found.push(...rows.slice(from, from + SLICE).filter(isGenuine))
    }
    return found
  }

  return {
    async of(key, principal) {
      return (await genuine(await grantsOfGrantees(sql, key, granteesOf(principal)))).map(grantOf)
    },
    genuine,
  }
}
