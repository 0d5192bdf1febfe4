import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allOperations, openWorld, type World } from '#lib/testing/world.ts'
import { applySeed } from './seed.ts'

const ACCOUNT = '888899990000'
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab'

let world: World
let folder: string
let path: string
const write = (text: string) => writeFile(path, text)

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

describe('who may what, in a seed file', () => {
  beforeAll(openAll)
  afterAll(closeAll)

  const GUARDED = '777700001111'
  const KEY_OF_GUARDED = '2234abcd-12ab-34cd-56ef-1234567890ab'
  const text = `
accounts:
  - id: "${ACCOUNT}"
    regions: [eu-west-1]
    policies:
      - name: use-keys
        document: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "kms:*", Resource: "*" }] }
      - name: at-most
        document: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: ["kms:Encrypt", "kms:CreateKey", "sts:*"], Resource: "*" }] }
        tags: { team: shop }
    groups:
      - { name: users-of-keys, members: [sam], attached: [use-keys] }
    users:
      - name: sam
        accessKeys: [{ id: AKIASAMSAMSAMSAM3333, secret: the-secret-of-sam }]
        boundary: at-most
        tags: { team: shop }
    roles:
      - name: backend
        description: Web shop
        maxSessionSeconds: 7200
        trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::${ACCOUNT}:user/sam" }, Action: "sts:AssumeRole" }] }
        attached: [use-keys]
  - id: "${GUARDED}"
    regions: [eu-west-1]
    users:
      - name: gus
        accessKeys: [{ id: AKIAGUSGUSGUSGUS3333, secret: the-secret-of-gus }]
        policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] }]
    guardrails:
      - name: no-use
        policy: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "kms:Encrypt", Resource: "*" }] }
keys:
  - { account: "${ACCOUNT}", region: eu-west-1, id: ${KEY} }
  - { account: "${GUARDED}", region: eu-west-1, id: ${KEY_OF_GUARDED} }
`
  /** The code of the refusal, or undefined. */
  async function refused(accessKey: string, name: string, input: object): Promise<string | undefined> {
    const found = await world.engine.services.identities.byAccessKey(accessKey)
    if (!found) throw new Error(`${accessKey} is nobody`)
    const operation = allOperations.find((entry) => entry.name === name)
    if (!operation) throw new Error(`there is no ${name}`)
    const caller = {
      ...world.as('admin').caller,
      principal: found.identity.principal,
      credential: { kind: 'access-key', id: accessKey } as const,
    }
    return world.engine.invoke(caller, operation, input).then(
      () => undefined,
      ({ code }) => code,
    )
  }

  it('is in force: group, boundary, trust, and the guardrail of another account', async () => {
    await write(text)
    expect(await applySeed(world.engine, path)).toEqual({ kind: 'applied', accounts: 2, keys: 2 })
    const use = { KeyId: KEY, Plaintext: 'AA==' }
    expect(await refused('AKIASAMSAMSAMSAM3333', 'Encrypt', use)).toBeUndefined()
    expect(await refused('AKIASAMSAMSAMSAM3333', 'DescribeKey', { KeyId: KEY })).toBe('AccessDeniedException')
    const role = { RoleArn: `arn:aws:iam::${ACCOUNT}:role/backend`, RoleSessionName: 'seeded' }
    expect(await refused('AKIASAMSAMSAMSAM3333', 'AssumeRole', role)).toBeUndefined()
    const guarded = { KeyId: KEY_OF_GUARDED, Plaintext: 'AA==' }
    expect(await refused('AKIAGUSGUSGUSGUS3333', 'Encrypt', guarded)).toBe('AccessDeniedException')
    expect(await refused('AKIAGUSGUSGUSGUS3333', 'DescribeKey', { KeyId: KEY_OF_GUARDED })).toBeUndefined()
  })
})
