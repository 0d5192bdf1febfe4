import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSetupState } from '#lib/store/installation.ts'
import { openWorld, type World } from '#lib/testing/world.ts'
import { applySeed } from './seed.ts'
import { SeedError } from './seed-text.ts'

const ACCOUNT = '777788889999'
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab'
const seed = (description = 'orders') => `
accounts:
  - id: "${ACCOUNT}"
    alias: seeded
    regions: [eu-west-1]
    root: { accessKeys: [{ id: AKIAROOTROOTROOT2222, secret: the-secret-of-the-root }] }
    users:
      - name: sam
        accessKeys: [{ id: AKIASAMSAMSAMSAM2222, secret: the-secret-of-sam }]
        policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "kms:*", Resource: "*" }] }]
keys:
  - account: "${ACCOUNT}"
    region: eu-west-1
    id: ${KEY}
    description: ${description}
    aliases: [alias/orders]
    tags: { team: shop }
    material: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
`

let world: World
let folder: string
let path: string
const write = (text: string) => writeFile(path, text)
const counts = async () =>
  (
    await world.sql(
      `SELECT (SELECT count(*)::int FROM keyhouse.account WHERE id = $1) AS accounts,
    (SELECT count(*)::int FROM keyhouse.principal WHERE account_id = $1) AS principals,
    (SELECT count(*)::int FROM keyhouse.access_key WHERE account_id = $1) AS "accessKeys",
    (SELECT count(*)::int FROM keyhouse.key WHERE account_id = $1) AS keys`,
      [ACCOUNT],
    )
  )[0]

const openAll = async () => {
  world = await openWorld()
  await world.sql(`INSERT INTO keyhouse.installation (id, root_key_check) VALUES (gen_random_uuid(), '\\x0001020304050607')
    ON CONFLICT DO NOTHING`)
  folder = await mkdtemp(join(tmpdir(), 'seed-'))
  path = join(folder, 'seed.yaml')
}
const closeAll = async () => {
  await world.close()
  await rm(folder, { recursive: true })
}

describe('a seed file', () => {
  beforeAll(openAll)
  afterAll(closeAll)

  it('that is not there, or is a folder, says so', async () => {
    await expect(applySeed(world.engine, join(folder, 'none.yaml'))).rejects.toThrow(
      'none.yaml cannot be read: ENOENT',
    )
    await expect(applySeed(world.engine, folder)).rejects.toThrow('cannot be read: EISDIR')
  })

  it('with a fault changes nothing', async () => {
    await write(seed().replace('"2012-10-17"', '"2013-01-01"'))
    await expect(applySeed(world.engine, path)).rejects.toThrow(SeedError)
    expect(await counts()).toEqual({ accounts: 0, principals: 0, accessKeys: 0, keys: 0 })
    expect(await readSetupState(world.engine.services.database)).toMatchObject({
      setUp: false,
      seedHash: null,
    })
  })

  it('makes accounts, people, access keys and keys, and counts as set-up', async () => {
    await write(seed())
    expect(await applySeed(world.engine, path)).toEqual({ kind: 'applied', accounts: 1, keys: 1 })
    expect(await counts()).toEqual({ accounts: 1, principals: 2, accessKeys: 2, keys: 1 })
    expect((await readSetupState(world.engine.services.database))?.setUp).toBe(true)
    const sam = await world.engine.services.identities.byAccessKey('AKIASAMSAMSAMSAM2222')
    expect(sam).toMatchObject({
      active: true,
      identity: { principal: { name: 'sam' }, accountAlias: 'seeded' },
    })
    const key = await world.engine.services.keys.byAlias(
      { partition: 'aws', region: 'eu-west-1', account: ACCOUNT },
      'alias/orders',
    )
    expect(key?.row).toMatchObject({
      id: KEY,
      description: 'orders',
      fixedMaterial: true,
      tags: [{ key: 'team', value: 'shop' }],
    })
  })

  it('changes nothing the second time', async () => {
    const before = await counts()
    expect(await applySeed(world.engine, path)).toEqual({ kind: 'unchanged' })
    expect(await counts()).toEqual(before)
  })

  it('that differs from the first is not read, and says why', async () => {
    await write(seed('other orders'))
    expect(await applySeed(world.engine, path)).toEqual({
      kind: 'ignored',
      reason: expect.stringContaining('seed.yaml differs from the seed'),
    })
    expect(
      (await world.sql(`SELECT description FROM keyhouse.key WHERE id = $1`, [KEY]))[0]?.description,
    ).toBe('orders')
    await write('not even a seed: [')
    expect(await applySeed(world.engine, path)).toMatchObject({ kind: 'ignored' })
  })
})

describe('a seed that was interrupted', () => {
  beforeAll(openAll)
  afterAll(closeAll)

  it('goes on where it stopped, and only with the same file', async () => {
    await write(seed())
    await applySeed(world.engine, path)
    // As if the process had died after the accounts, before the keys and the last mark.
    await world.sql(`DELETE FROM keyhouse.key WHERE id = $1`, [KEY])
    await world.sql(`UPDATE keyhouse.installation SET set_up_at = NULL`)
    world.engine.services.keys.drop({ account: ACCOUNT, region: 'eu-west-1', id: KEY })

    await write(seed('other orders'))
    await expect(applySeed(world.engine, path)).rejects.toThrow('differs from the seed that was begun here')
    await write(seed())
    expect(await applySeed(world.engine, path)).toEqual({ kind: 'applied', accounts: 1, keys: 1 })
    expect(await counts()).toEqual({ accounts: 1, principals: 2, accessKeys: 2, keys: 1 })
  })
})

describe('an installation that was set up by hand', () => {
  beforeAll(openAll)
  afterAll(closeAll)

  it('takes no seed', async () => {
    await world.sql(`UPDATE keyhouse.installation SET set_up_at = now()`)
    await write(seed())
    expect(await applySeed(world.engine, path)).toEqual({
      kind: 'ignored',
      reason: expect.stringContaining('set up by hand'),
    })
    expect((await counts())?.accounts).toBe(0)
  })
})
