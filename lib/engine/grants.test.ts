/** Grant rows: forged ones, many of one principal, and when they are read at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantsOfGrantees, insertGrant } from '#lib/store/grants.ts'
import { grantTools, ROOT, STRANGER, userOf } from '#lib/testing/grants.ts'
import { ACCOUNT, openWorld, REGION, type World } from '#lib/testing/world.ts'
import { sealGrant } from './grants.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const placeOf = (id: string) => ({ account: ACCOUNT, region: REGION, id })
const { newKey, give, list, outcome, encrypts } = grantTools(() => world)

describe('a grant that was written behind our back', () => {
  const violations = async (KeyId: string) =>
    (await world.events('IntegrityViolation')).filter((event) => JSON.stringify(event).includes(KeyId))

  async function forge(KeyId: string, change: string): Promise<string> {
    const { GrantId } = await give(KeyId)
    expect(await encrypts('stranger', KeyId)).toBe('yes')
    await world.sql(`UPDATE keyhouse.key_grant SET ${change} WHERE id = $1`, [GrantId])
    world.engine.services.keys.drop({ account: ACCOUNT, region: REGION, id: KeyId })
    return GrantId
  }

  it.each([
    ['operations', `operations = '{Encrypt,Decrypt}'`, 'stranger'],
    ['grantee', `grantee = '${userOf('carol')}'`, 'carol'],
    ['constraints', `constraints = '{"EncryptionContextSubset":{}}'`, 'stranger'],
    ['retiring principal', `retiring = '${STRANGER}', retiring_kind = 'AWS'`, 'stranger'],
    ['time', `created_at = created_at + interval '1 day'`, 'stranger'],
    ['MAC', `row_mac = sha256('x')`, 'stranger'],
  ])('by its %s permits nothing, is recorded, and is not listed', async (_, change, name) => {
    const { KeyId } = await newKey()
    const GrantId = await forge(KeyId, change)
    expect(await encrypts(name, KeyId)).toBe('AccessDeniedException')
    await expect.poll(() => violations(KeyId)).not.toEqual([])
    expect(await list(KeyId)).toEqual([])
    expect(
      await outcome(name, 'RetireGrant', { KeyId: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KeyId}`, GrantId }),
    ).toBe('NotFoundException')
    expect(await outcome('admin', 'RevokeGrant', { KeyId, GrantId })).toBe('yes')
    expect(await encrypts('admin', KeyId)).toBe('yes')
  })

  it('from another key permits nothing on this one', async () => {
    const [from, to] = [await newKey(), await newKey()]
    const { GrantId } = await give(from.KeyId)
    await world.sql('UPDATE keyhouse.key_grant SET key_id = $2 WHERE id = $1', [GrantId, to.KeyId])
    expect(await encrypts('stranger', to.KeyId)).toBe('AccessDeniedException')
  })
})

describe('two hundred grants of one principal', () => {
  it('are all looked through', async () => {
    const { KeyId } = await newKey()
    await give(KeyId)
    const rows = Array.from({ length: 250 }, (_, n) =>
      sealGrant(world.engine.services.rowMacKey, {
        account: ACCOUNT,
        region: REGION,
        keyId: KeyId,
        id: n.toString(16).padStart(64, '0'),
        name: '',
        grantee: STRANGER,
        granteeKind: 'AWS',
        retiring: null,
        retiringKind: null,
        issuingAccount: ROOT,
        createdBy: ROOT,
        operations: n === 249 ? ['DescribeKey'] : ['Decrypt'],
        constraints: null,
        createdAt: new Date(),
      }),
    )
    await world.engine.services.database.transaction(async (transaction) => {
      for (const row of rows) await insertGrant(transaction, row)
    })
    expect(await outcome('stranger', 'DescribeKey', { KeyId })).toBe('yes')
  })
})

describe('a thousand grants of one name', () => {
  it('are checked in portions, and other work goes on between them', async () => {
    const { KeyId } = await newKey()
    await give(KeyId)
    const [row] = await grantsOfGrantees(world.engine.services.database.sql, placeOf(KeyId), [STRANGER])
    const rows = Array.from({ length: 1000 }, () => row!)
    let turns = 0
    let done = false
    const turn = () => {
      turns++
      if (!done) setImmediate(turn)
    }
    setImmediate(turn)
    expect(await world.engine.services.keys.genuineGrants(rows)).toHaveLength(1000)
    done = true
    expect(turns).toBeGreaterThanOrEqual(5)
  })
})

describe('the database', () => {
  /** The fewest connections that one call took from the pool for reads, over a few: other work may fall between. */
  async function reads(call: () => Promise<unknown>): Promise<number> {
    const { pool } = world.engine.services.database
    const counts: number[] = []
    for (let n = 0; n < 5; n++) {
      let taken = 0
      const count = () => taken++
      pool.on('acquire', count)
      await call()
      pool.off('acquire', count)
      counts.push(taken)
    }
    return Math.min(...counts)
  }

  it('is not read for a key without grants, nor twice for one with them', async () => {
    const [bare, granted] = [await newKey(), await newKey()]
    await give(granted.KeyId)
    await encrypts('stranger', bare.KeyId)
    expect(await reads(() => encrypts('stranger', bare.KeyId))).toBe(0)
    await encrypts('stranger', granted.KeyId)
    expect(await reads(() => encrypts('stranger', granted.KeyId))).toBe(0)
    // The count does count.
    expect(await reads(() => list(granted.KeyId))).toBe(1)
  })
})
