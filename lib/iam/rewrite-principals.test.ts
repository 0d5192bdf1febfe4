import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsOn } from '#lib/testing/elsewhere.ts'
import { deleteUser, newUser } from '#lib/testing/made-people.ts'
import { ACCOUNT, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

const ROOT = `arn:aws:iam::${ACCOUNT}:root`

let world: World
let made = 0
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const outsider = () => world.as('outsider')
const nextName = () => `person-${++made}`

const statement = (AWS: unknown, ...Action: string[]) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Resource: '*',
})
const naming = (AWS: unknown, root = ROOT) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [statement(root, 'kms:*'), statement(AWS, 'kms:Encrypt')],
  })
const newKey = async (Policy: string, by = admin()): Promise<string> =>
  (await by.call('CreateKey', { Policy })).KeyMetadata.KeyId
const policyText = async (KeyId: string, by = admin()): Promise<string> =>
  (await by.call('GetKeyPolicy', { KeyId })).Policy

describe('while policies change', () => {
  it('no policy keeps the ARN of a deleted user, of many that are written at once', async () => {
    const second = callsOn(await world.another(), outsider())
    for (let round = 0; round < 4; round++) {
      const user = await newUser(world, nextName())
      const { arn, id } = user.principal
      const root = `arn:aws:iam::${OTHER_ACCOUNT}:root`
      const own = await Promise.all(Array.from({ length: 4 }, () => newKey(naming(arn))))
      const foreign = await Promise.all(
        Array.from({ length: 4 }, () => newKey(naming(root, root), outsider())),
      )
      await admin().call('DeleteAccessKey', { UserName: user.principal.name, AccessKeyId: user.accessKey.id })
      const writes = [
        ...own.map((KeyId, n) =>
          admin()
            .call('PutKeyPolicy', { KeyId, Policy: naming(n % 2 ? arn : [arn, ROOT]) })
            .catch((refusal) => refusal.code),
        ),
        ...foreign.map((KeyId) => second.refused('PutKeyPolicy', { KeyId, Policy: naming(arn, root) })),
      ]
      const [, ...outcomes] = await Promise.all([
        admin().call('DeleteUser', { UserName: user.principal.name }),
        ...writes,
      ])
      const texts = await Promise.all([
        ...own.map((key) => policyText(key)),
        ...foreign.map((key) => policyText(key, outsider())),
      ])
      for (const text of texts) expect(text).not.toContain(arn)
      // Whoever was first was rewritten; whoever came after was told that there is nobody of the name.
      for (const outcome of outcomes)
        expect([undefined, 'MalformedPolicyDocumentException']).toContain(
          typeof outcome === 'string' ? outcome : undefined,
        )
      expect(texts.slice(0, 4).join()).toContain(id)
      for (const key of own) await expect(admin().call('DescribeKey', { KeyId: key })).resolves.toBeDefined()
    }
  })

  it('is done for hundreds of keys in one go', async () => {
    const user = await newUser(world, nextName())
    for (let lot = 0; lot < 20; lot++)
      await Promise.all(Array.from({ length: 12 }, () => newKey(naming(user.principal.arn))))
    await deleteUser(world, user)
    const keysWith = async (text: string) =>
      (
        await world.sql(
          `SELECT count(*)::int AS n FROM keyhouse.key k JOIN keyhouse.policy_document d ON d.hash = k.policy_hash
           WHERE strpos(d.body, $1) > 0`,
          [text],
        )
      )[0]?.n
    expect([await keysWith(user.principal.arn), await keysWith(user.principal.id)]).toEqual([0, 240])
  })
})
