/** A signed request of a session, sent again by somebody who saw it: while the session lives, and after its end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SigningCredentials, signRequest } from '#lib/aws/signer.ts'
import { allowing, document, giveRole, trusting } from '#lib/testing/sessions.ts'
import { ACCOUNT, type Answer, REGION } from '#lib/testing/world.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

let served: ServedWorld
beforeAll(async () => {
  served = await serveWorld()
})
afterAll(() => served?.close())

const admin = () => served.world.as('admin')
let count = 0

/** A session of a role that may list keys. */
async function newSession(): Promise<{ name: string; credentials: SigningCredentials }> {
  const name = `role-${++count}`
  const trust = document(trusting(`arn:aws:iam::${ACCOUNT}:user/alice`))
  const RoleArn = await giveRole(served.world, { name, trust, policies: [allowing('kms:ListKeys')] })
  const { Credentials } = await served.world
    .as('alice')
    .call('AssumeRole', { RoleArn, RoleSessionName: 'work' })
  const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: sessionToken } = Credentials
  return { name, credentials: { id, secret, sessionToken } }
}

const body = '{}'
const signed = (credentials: SigningCredentials) =>
  signRequest({
    ...{
      method: 'POST',
      url: `${served.url}/`,
      body,
      region: REGION,
      service: 'kms',
      date: new Date(),
      credentials,
    },
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' },
  })

async function send(headers: Record<string, string>): Promise<[number, Answer]> {
  const answer = await fetch(served.url, { method: 'POST', body, headers })
  return [answer.status, await answer.json()]
}
const code = async (headers: Record<string, string>) => {
  const [status, answer] = await send(headers)
  return status === 200 ? 'ok' : answer.__type
}

const revoke = async (id: string) => {
  await served.world.sql('UPDATE keyhouse.temporary_credential SET revoked_at = now() WHERE id = $1', [id])
  await served.world.sql('UPDATE keyhouse.account SET epoch = epoch + 1 WHERE id = $1', [ACCOUNT])
}

describe('a session', () => {
  it.each<[string, string, (session: Awaited<ReturnType<typeof newSession>>) => Promise<unknown>]>([
    ['it was revoked', 'UnrecognizedClientException', ({ credentials }) => revoke(credentials.id)],
    [
      'its role was deleted',
      'UnrecognizedClientException',
      async ({ name }) => {
        await admin().call('DeleteRolePolicy', { RoleName: name, PolicyName: 'policy-0' })
        await admin().call('DeleteRole', { RoleName: name })
      },
    ],
    [
      'its role lost its policy',
      'AccessDeniedException',
      ({ name }) => admin().call('DeleteRolePolicy', { RoleName: name, PolicyName: 'policy-0' }),
    ],
  ])(
    'does nothing any more from when %s: a request that went through before is refused',
    async (_, refusal, end) => {
      const session = await newSession()
      const headers = signed(session.credentials)
      expect(await code(headers)).toBe('ok')
      await end(session)
      expect(await code(headers)).toBe(refusal)
      expect(await code(signed(session.credentials))).toBe(refusal)
    },
  )

  it('is not that of whoever has its key and another session’s token', async () => {
    const [mine, other] = [await newSession(), await newSession()]
    const mixed = { ...mine.credentials, sessionToken: other.credentials.sessionToken ?? '' }
    expect(await code(signed(mixed))).toBe('UnrecognizedClientException')
    const { sessionToken: _, ...bare } = mine.credentials
    expect(await code(signed(bare))).toBe('UnrecognizedClientException')
    expect(await code(signed({ ...mine.credentials, secret: other.credentials.secret }))).toBe(
      'InvalidSignatureException',
    )
  })

  it('that has expired says so, and its row goes a day later with somebody’s next session', async () => {
    const { credentials } = await newSession()
    const age = (interval: string) =>
      served.world.sql(
        `UPDATE keyhouse.temporary_credential SET issued_at = now() - interval '9 days', expires_at = now() - interval '${interval}' WHERE id = $1`,
        [credentials.id],
      )
    await age('1 second')
    expect(await code(signed(credentials))).toBe('ExpiredTokenException')
    await age('25 hours')
    await newSession()
    expect(
      await served.world.sql('SELECT FROM keyhouse.temporary_credential WHERE id = $1', [credentials.id]),
    ).toEqual([])
  })
})
