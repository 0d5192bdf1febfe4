/**
 * Sessions that are over, at every operation that is on the wire: one that has expired is told so, one that was revoked is
 * nobody's, and neither leaves an event. What is sent with them is not even read.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveAws } from '#lib/aws/listener.ts'
import { queryDialectOf, targetOf } from '#lib/aws/services.ts'
import { type SigningCredentials, signRequest } from '#lib/aws/signer.ts'
import type { AnyOperation } from '#lib/engine/operation.ts'
import { allowing, document, giveRole, trusting } from '#lib/testing/sessions.ts'
import { ACCOUNT, REGION } from '#lib/testing/world.ts'
import { wireDoor } from '../engine-door.ts'
import { operations } from '../operations.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

let served: ServedWorld
let expired: SigningCredentials
let revoked: SigningCredentials

/** A session of a role that might do everything. */
async function newSession(name: string): Promise<SigningCredentials> {
  const admin = served.world.as('admin')
  const trust = document(trusting(admin.principal.arn))
  const RoleArn = await giveRole(served.world, { name, trust, policies: [allowing('*')] })
  const { Credentials } = await admin.call('AssumeRole', { RoleArn, RoleSessionName: 'work' })
  const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: sessionToken } = Credentials
  return { id, secret, sessionToken }
}

beforeAll(async () => {
  served = await serveWorld()
  expired = await newSession('old')
  revoked = await newSession('gone')
  const { sql } = served.world
  await sql(
    `UPDATE keyhouse.temporary_credential
     SET issued_at = now() - interval '1 hour', expires_at = now() - interval '1 s' WHERE id = $1`,
    [expired.id],
  )
  await sql('UPDATE keyhouse.temporary_credential SET revoked_at = now() WHERE id = $1', [revoked.id])
  await sql('UPDATE keyhouse.account SET epoch = epoch + 1 WHERE id = $1', [ACCOUNT])
})
afterAll(() => served?.close())

const FORM = 'application/x-www-form-urlencoded; charset=utf-8'

/** An operation without input, as its service is spoken. */
function requestOf({ service, name }: AnyOperation) {
  const form = queryDialectOf(service)
  if (form) {
    const body = `Action=${name}&Version=${form.version}`
    return { body, service: form.signingName, headers: { 'content-type': FORM } }
  }
  const target = targetOf(service, name) ?? ''
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }
  return { body: '{}', service: service.toLowerCase(), headers }
}

/** The code that an answer names, in JSON or in XML. */
async function codeOf(
  url: string,
  operation: AnyOperation,
  credentials: SigningCredentials,
): Promise<string> {
  const { body, service, headers } = requestOf(operation)
  const signed = signRequest({
    ...{ method: 'POST', url, body, headers, credentials, service },
    ...{ region: service === 'iam' ? 'us-east-1' : REGION, date: new Date() },
  })
  const answer = await fetch(url, { method: 'POST', body, headers: signed })
  const text = await answer.text()
  return (
    /"__type":"(\w+)"|<Code>(\w+)<\/Code>/.exec(text)?.slice(1).find(Boolean) ?? `${answer.status} ${text}`
  )
}

/** Whoever has a provider's token signs nothing: what is signed besides is not looked at. */
const UNSIGNED = ['AssumeRoleWithWebIdentity']
/** A listener gives an address so many failed attempts at once (lib/aws/attempts.ts); the next listener counts anew. */
const AT_ONCE = 90
const log = { info: () => {}, warn: () => {}, error: () => {} }
const signed = operations.filter(({ name }) => !UNSIGNED.includes(name))
const isForm = ({ service }: AnyOperation) => queryDialectOf(service) !== undefined

describe('every operation', () => {
  it.each<[string, () => SigningCredentials, (operation: AnyOperation) => string]>([
    ['has expired, says so', () => expired, (of) => (isForm(of) ? 'ExpiredToken' : 'ExpiredTokenException')],
    [
      'was revoked, knows nobody of that name',
      () => revoked,
      (of) => (isForm(of) ? 'InvalidClientTokenId' : 'UnrecognizedClientException'),
    ],
  ])('asked by a session that %s', async (_, credentials, refusal) => {
    const count = () => served.world.sql('SELECT count(*)::int AS n FROM audit.event')
    const before = await count()
    const wrong: string[] = []
    for (let from = 0; from < signed.length; from += AT_ONCE) {
      const listener = await serveAws(wireDoor(served.world.engine), { host: '127.0.0.1', port: 0, log })
      for (const operation of signed.slice(from, from + AT_ONCE)) {
        const code = await codeOf(`http://127.0.0.1:${listener.address.port}/`, operation, credentials())
        if (code !== refusal(operation)) wrong.push(`${operation.service}.${operation.name}: ${code}`)
      }
      await listener.close()
    }
    expect(wrong).toEqual([])
    expect(await count()).toEqual(before)
  })
})
