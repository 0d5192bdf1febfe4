/**
 * Someone with every right on the database edits behind our back (R13, R15): the next use of that row is refused and
 * recorded, and no other key is affected.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsOn } from '#lib/testing/elsewhere.ts'
import { ACCOUNT, base64, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
let innocent: string
beforeAll(async () => {
  world = await openWorld()
  innocent = await newKey()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const newKey = async (): Promise<string> => (await admin().call('CreateKey')).KeyMetadata.KeyId

const forget = (id: string) => world.engine.services.keys.drop({ account: ACCOUNT, region: REGION, id })
const use = (KeyId: string) => admin().call('Encrypt', { KeyId, Plaintext: base64('order') })
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** Foreign keys and triggers do not stop a superuser. */
async function asSuperuser(text: string, values: unknown[] = []): Promise<void> {
  await world.sql('SET session_replication_role = replica')
  await world.sql(text, values)
  await world.sql('SET session_replication_role = origin')
}

const violationsOf = async (keyId: string) =>
  Number(
    (
      await world.sql(
        `SELECT count(*) AS n FROM audit.event WHERE key_id = $1 AND convert_from(body, 'UTF8') LIKE '%"IntegrityViolation"%'`,
        [keyId],
      )
    )[0]?.n,
  )

/** Refused, without a word about why; recorded; and everyone else goes on. */
async function expectViolation(
  id: string,
  operation = 'Encrypt',
  input: object = { KeyId: id, Plaintext: 'AA==' },
) {
  const refusal = await admin().refusal(operation, input)
  expect(refusal.code).toBe('KMSInternalException')
  expect(refusal.message).not.toMatch(/mac|integrity|row/i)
  await expect.poll(() => violationsOf(id)).toBeGreaterThan(0)
  await use(innocent)
}

describe('a column of a key row that was edited', () => {
  it.each([
    ['spec', `spec = 'HMAC_256'`],
    ['usage', `usage = 'GENERATE_VERIFY_MAC'`],
    ['origin', `origin = 'EXTERNAL'`],
    ['manager', `manager = 'AWS'`],
    ['public_key', `public_key = '\\x00'`],
    ['state', `state = 'Disabled'`],
    ['state and deletion_at', `state = 'PendingDeletion', deletion_at = now() + interval '7 days'`],
    ['description', `description = 'mine'`],
    ['current_material_id', `current_material_id = repeat('0', 64)`],
    ['rotation', `rotation_enabled = true, rotation_period_days = 90, next_rotation_at = now()`],
    ['rotation_period_days', 'rotation_period_days = 91'],
    ['next_rotation_at', `next_rotation_at = now()`],
    ['on_demand_rotations', 'on_demand_rotations = 1'],
    ['fixed_material', 'fixed_material = true'],
    ['created_at', `created_at = created_at - interval '1 ms'`],
    ['created_by', `created_by = 'arn:aws:iam::111122223333:user/alice'`],
    ['row_version', 'row_version = row_version + 1'],
    ['row_mac', `row_mac = sha256('x')`],
  ])('%s is refused on load', async (_, set) => {
    const id = await newKey()
    await use(id)
    await asSuperuser(`UPDATE keyhouse.key SET ${set} WHERE id = $1`, [id])
    forget(id)
    await expectViolation(id)
  })

  // Which Regions and ids a multi-Region key may have the database's own constraints say.
  it.each([
    ['member_regions', `member_regions = ARRAY['eu-west-1', 'us-east-1']`],
    ['primary_region', `primary_region = 'us-east-1', member_regions = ARRAY['eu-west-1', 'us-east-1']`],
    ['pending_window_days', `state = 'PendingReplicaDeletion', pending_window_days = 7`],
  ])('%s of a multi-Region key is refused on load', async (_, set) => {
    const { KeyId: id } = (await admin().call('CreateKey', { MultiRegion: true })).KeyMetadata
    await use(id)
    await asSuperuser(`UPDATE keyhouse.key SET ${set} WHERE id = $1`, [id])
    forget(id)
    await expectViolation(id)
  })

  it('policy_hash, to a document of the same database, is refused on load', async () => {
    const id = await newKey()
    const open = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
    })
    await world.sql(`INSERT INTO keyhouse.policy_document (hash, body) VALUES (sha256($1::bytea), $2)`, [
      Buffer.from(open),
      open,
    ])
    await asSuperuser(`UPDATE keyhouse.key SET policy_hash = sha256($2::bytea) WHERE id = $1`, [
      id,
      Buffer.from(open),
    ])
    forget(id)
    await expectViolation(id)
    const outsider = await world
      .as('outsider')
      .refusal('Encrypt', { KeyId: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`, Plaintext: 'AA==' })
    expect(outsider.code).toBe('KMSInternalException')
  })

  it('row_version alone is noticed even while the key is cached', async () => {
    const id = await newKey()
    await use(id)
    await asSuperuser('UPDATE keyhouse.key SET row_version = row_version + 1 WHERE id = $1', [id])
    await expectViolation(id)
  })

  it('id, so that the row of one key stands in for another, is refused on load', async () => {
    const [victim, other] = [await newKey(), await newKey()]
    await asSuperuser('DELETE FROM keyhouse.key WHERE id = $1', [victim])
    await asSuperuser('UPDATE keyhouse.key SET id = $2 WHERE id = $1', [other, victim])
    forget(victim)
    await expectViolation(victim)
  })
})

describe('an alias row that was edited', () => {
  it('is refused when it points elsewhere, and so is the key it points at', async () => {
    const [own, other] = [await newKey(), await newKey()]
    const AliasName = `alias/edited-${own}`
    await admin().call('CreateAlias', { AliasName, TargetKeyId: own })
    await asSuperuser('UPDATE keyhouse.alias SET key_id = $2 WHERE name = $1', [AliasName, other])
    forget(own)
    forget(other)
    await expectViolation(other, 'Encrypt', { KeyId: AliasName, Plaintext: 'AA==' })
  })

  it('is refused when it was renamed', async () => {
    const own = await newKey()
    await admin().call('CreateAlias', { AliasName: `alias/before-${own}`, TargetKeyId: own })
    await asSuperuser('UPDATE keyhouse.alias SET name = $2 WHERE name = $1', [
      `alias/before-${own}`,
      `alias/after-${own}`,
    ])
    forget(own)
    await expectViolation(own, 'Encrypt', { KeyId: `alias/after-${own}`, Plaintext: 'AA==' })
  })

  it('is refused when it was added', async () => {
    const own = await newKey()
    await asSuperuser(
      `INSERT INTO keyhouse.alias (account_id, region, name, key_id, row_mac) VALUES ($1, $2, $3, $4, sha256('x'))`,
      [ACCOUNT, REGION, `alias/added-${own}`, own],
    )
    forget(own)
    await expectViolation(own)
  })
})

describe('a policy document that was edited', () => {
  it('is refused: its hash names another text', async () => {
    const id = await newKey()
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Id: id,
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    })
    await admin().call('PutKeyPolicy', { KeyId: id, Policy })
    await world.sql('ALTER TABLE keyhouse.policy_document DROP CONSTRAINT policy_document_check')
    await asSuperuser('UPDATE keyhouse.policy_document SET body = replace(body, $1, $2) WHERE body LIKE $3', [
      `${ACCOUNT}:root`,
      '444455556666:root',
      `%${id}%`,
    ])
    forget(id)
    await expectViolation(id)
  })
})

describe('material that was edited', () => {
  const materialOf = async (id: string) =>
    (await world.sql('SELECT id FROM keyhouse.key_material WHERE key_id = $1', [id]))[0]?.id

  it('is refused when the sealed bytes are those of another key', async () => {
    const [own, other] = [await newKey(), await newKey()]
    await asSuperuser(
      `UPDATE keyhouse.key_material SET sealed = o.sealed, check_value = o.check_value
       FROM keyhouse.key_material o WHERE o.key_id = $2 AND key_material.key_id = $1`,
      [own, other],
    )
    forget(own)
    await expectViolation(own)
    await use(other)
  })

  it.each([
    [
      'a bit of the sealed bytes',
      'sealed = set_byte(sealed, octet_length(sealed) - 1, get_byte(sealed, octet_length(sealed) - 1) # 1)',
    ],
    ['the domain key it names', 'sealed = set_byte(sealed, 3, get_byte(sealed, 3) # 1)'],
    ['the check value', `check_value = '\\x0000000000000000'`],
  ])('is refused: %s', async (_, set) => {
    const id = await newKey()
    await asSuperuser(`UPDATE keyhouse.key_material SET ${set} WHERE key_id = $1`, [id])
    forget(id)
    await expectViolation(id)
  })

  it('is refused under the id of another material', async () => {
    const [own, other] = [await newKey(), await newKey()]
    const blob = encode((await use(own)).CiphertextBlob)
    const stolen = await materialOf(own)
    await asSuperuser('DELETE FROM keyhouse.key_material WHERE key_id = $1', [own])
    await asSuperuser('UPDATE keyhouse.key_material SET id = $2 WHERE key_id = $1', [other, stolen])
    await asSuperuser('UPDATE keyhouse.key SET current_material_id = $2 WHERE id = $1', [other, stolen])
    const fresh = callsOn(await world.another(), admin())
    expect(await fresh.refused('Decrypt', { CiphertextBlob: blob })).toBe('KMSInternalException')
  })
})

describe('domain keys whose rows were swapped', () => {
  it('stop an engine at its start, and change nothing for those that run', async () => {
    await world.as('outsider').call('CreateKey')
    await asSuperuser(
      `UPDATE keyhouse.domain_key SET sealed = o.sealed, check_value = o.check_value FROM keyhouse.domain_key o
       WHERE o.scope = 'region' AND keyhouse.domain_key.scope = 'region' AND o.account_id <> keyhouse.domain_key.account_id`,
    )
    await expect(world.another()).rejects.toThrow()
    await use(innocent)
  })
})
