/**
 * A real listener for tests: real sockets, real signatures, a handful of real operations, and a door that only
 * remembers what came through it.
 */
import type { AddressInfo } from 'node:net'
import { sha256 } from '#lib/crypto/digest.ts'
import { sigv4SigningKey } from '#lib/crypto/signing-key.ts'
import type { Caller, Principal } from '#lib/domain/caller.ts'
import { constraintRefusal, integer, structure, text, timestamp } from '#lib/domain/constraints.ts'
import { EncryptInput } from '#lib/domain/operations/encrypt.ts'
import { KeyInput, ListKeysInput } from '#lib/domain/operations/keys.ts'
import { noInput } from '#lib/domain/operations/members.ts'
import { PutKeyPolicyInput } from '#lib/domain/operations/policies.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { type AnyOperation, operation, type Service } from '#lib/engine/operation.ts'
import type { Door, RefusedConnection, WireCredential } from './door.ts'
import { type AwsListener, type ServeOptions, serveAws } from './listener.ts'
import { type RequestToSign, signRequest } from './signer.ts'

export const ACCOUNT = '111122223333'
export const REGION = 'eu-west-1'
export const ALICE_KEY = { id: 'AKIAALICEALICEALICE1', secret: 'alice/secret+alice/secret+alice/secret+0' }
export const RETIRED_KEY = { id: 'AKIARETIREDRETIRED01', secret: 'retired/secret+retired/secret+retired/00' }

/** Alice's temporary credentials, others of hers, and some that are over. */
export const SESSION_KEY = {
  id: 'ASIASESSIONSESSION01',
  secret: 'session/secret+session/secret+session/00',
  sessionToken: 'c2Vzc2lvbi10b2tlbg==',
}
export const OTHER_SESSION_KEY = {
  ...SESSION_KEY,
  id: 'ASIASESSIONSESSION02',
  sessionToken: 'b3RoZXItdG9rZW4=',
}
export const OVER_SESSION_KEY = {
  ...SESSION_KEY,
  id: 'ASIASESSIONSESSION03',
  sessionToken: 'b3Zlci10b2tlbg==',
}

export const ALICE: Principal = {
  kind: 'user',
  partition: 'aws',
  account: ACCOUNT,
  id: 'AIDAALICEALICEALICE1',
  name: 'alice',
  arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
}

export const SAMPLE_TIME = new Date('2026-03-04T05:06:07.250Z')
const BLOB = Uint8Array.from({ length: 300 }, (_, i) => i % 256)

/** This machine's clock, to sign and to verify by. */
const realTime = () => new Date(performance.timeOrigin + performance.now())

const plain = { class: 'read', logged: { request: () => null } } as const

const OPERATIONS: readonly AnyOperation[] = [
  operation({
    ...plain,
    name: 'ListKeys',
    service: 'KMS',
    action: 'kms:ListKeys',
    input: ListKeysInput,
    run: async () => ({ Keys: [{ KeyId: 'a', KeyArn: 'b' }], Truncated: false, NextMarker: undefined }),
  }),
  operation({
    ...plain,
    name: 'Encrypt',
    service: 'KMS',
    action: 'kms:Encrypt',
    input: EncryptInput,
    run: async (_, input) => ({
      KeyId: input.KeyId,
      CiphertextBlob: Uint8Array.from([...input.Plaintext, ...BLOB]),
    }),
  }),
  operation({
    ...plain,
    name: 'DisableKey',
    service: 'KMS',
    action: 'kms:DisableKey',
    input: KeyInput,
    run: async () => undefined,
  }),
  operation({
    ...plain,
    name: 'PutKeyPolicy',
    service: 'KMS',
    action: 'kms:PutKeyPolicy',
    input: PutKeyPolicyInput,
    run: async () => undefined,
  }),
  operation({
    // Refuses with whatever code it is told: how each looks on the wire.
    ...plain,
    name: 'ScheduleKeyDeletion',
    service: 'KMS',
    action: 'kms:ScheduleKeyDeletion',
    input: KeyInput,
    run: async (_, input) => {
      if (input.KeyId === 'crash') throw new TypeError('SELECT secret FROM somewhere')
      const [code, message] = input.KeyId.split('|')
      throw new KmsError(code as KmsError['code'], message)
    },
  }),
  operation({
    ...plain,
    name: 'LookupEvents',
    service: 'CloudTrail',
    action: 'cloudtrail:LookupEvents',
    input: structure({
      StartTime: timestamp().optional(),
      MaxResults: integer(1, 50).optional(),
      NextToken: text().optional(),
    }),
    run: async (_, input) => {
      if (input.NextToken) throw new KmsError('InvalidNextTokenException', 'Invalid token.')
      return { Events: [{ EventId: '1', EventTime: input.StartTime ?? SAMPLE_TIME, CloudTrailEvent: '{}' }] }
    },
  }),
  operation({
    ...plain,
    name: 'GetCallerIdentity',
    service: 'STS',
    action: null,
    input: noInput(),
    run: async () => ({ UserId: ALICE.id, Account: ACCOUNT, Arn: ALICE.arn }),
  }),
  operation({
    ...plain,
    name: 'Capabilities',
    service: 'Keyhouse',
    action: 'keyhouse:Capabilities',
    input: noInput(),
    run: async () => ({ text: '<&>"' }),
  }),
]

export type Invoked = { readonly caller: Caller; readonly operation: string; readonly input: unknown }

export type TestEdge = {
  readonly url: string
  readonly address: AddressInfo
  readonly invoked: Invoked[]
  readonly refused: RefusedConnection[]
  readonly looked: string[]
  readonly logged: object[]
  /** Changed by tests: the clock's distance from real time, and what the probes answer. */
  readonly state: {
    aheadMs: number
    live: boolean
    ready: boolean
    probes: number
    hold: Promise<void> | undefined
  }
  close(): Promise<void>
}

function credentialOf(key: { secret: string }, active: boolean): WireCredential {
  return {
    principal: ALICE,
    active,
    temporary: undefined,
    regions: [REGION, 'eu-central-1'],
    signingKey: (date, region, service) => sigv4SigningKey(Buffer.from(key.secret), date, region, service),
  }
}

const sessionOf = (key: typeof SESSION_KEY, expiresAt: Date): WireCredential => ({
  ...credentialOf(key, true),
  temporary: { tokenHash: sha256(key.sessionToken), expiresAt },
})

export async function openTestEdge(
  options: Pick<ServeOptions, 'tls' | 'vpcEndpoint'> = {},
): Promise<TestEdge> {
  const keys = new Map([
    [ALICE_KEY.id, credentialOf(ALICE_KEY, true)],
    [RETIRED_KEY.id, credentialOf(RETIRED_KEY, false)],
    [SESSION_KEY.id, sessionOf(SESSION_KEY, new Date(realTime().getTime() + 600_000))],
    [OTHER_SESSION_KEY.id, sessionOf(OTHER_SESSION_KEY, new Date(realTime().getTime() + 600_000))],
    [OVER_SESSION_KEY.id, sessionOf(OVER_SESSION_KEY, new Date(realTime().getTime() - 1))],
  ])
  const state: TestEdge['state'] = { aheadMs: 0, live: true, ready: true, probes: 0, hold: undefined }
  const seen = {
    invoked: [] as Invoked[],
    refused: [] as RefusedConnection[],
    looked: [] as string[],
    logged: [] as object[],
  }
  const door: Door = {
    operation: (service: Service, name) =>
      OPERATIONS.find((op) => op.service === service && op.name === name),
    credentials: async (id) => {
      seen.looked.push(id)
      return keys.get(id)
    },
    invoke: async (caller, op, input) => {
      await state.hold
      const parsed = op.input.safeParse(input)
      if (!parsed.success) throw constraintRefusal(parsed.error, input, op.input)
      seen.invoked.push({ caller, operation: op.name, input })
      return { output: await op.run({} as never, parsed.data as never), eventId: null }
    },
    holder: async () => {
      throw new KmsError('InvalidIdentityToken', 'Nobody is known here.')
    },
    refused: (report) => void seen.refused.push(report),
    live: () => state.live,
    ready: async () => {
      state.probes++
      return state.ready ? { ok: true } : { ok: false, reason: 'The database does not answer.' }
    },
    now: () => realTime().getTime() + state.aheadMs,
  }
  const log = {
    warn: (fields: object) => void seen.logged.push(fields),
    error: (fields: object) => void seen.logged.push(fields),
  }
  const listener: AwsListener = await serveAws(door, { host: '127.0.0.1', port: 0, log, ...options })
  const url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${listener.address.port}/`
  return { url, address: listener.address, state, ...seen, close: listener.close }
}

export type Wired = { status: number; headers: Headers; body: string; json: Record<string, unknown> }

/** A signed request as Alice would send it; `change` spoils it before or after signing. */
export async function sendSigned(
  edge: TestEdge,
  target: string,
  body: string | Uint8Array<ArrayBuffer> = '{}',
  change: {
    sign?: Partial<RequestToSign>
    after?: (headers: Record<string, string>) => Record<string, string>
    form?: boolean
  } = {},
): Promise<Wired> {
  const headers: Record<string, string> = change.form
    ? { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    : { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }
  const signed = signRequest({
    method: 'POST',
    url: edge.url,
    headers,
    body,
    credentials: ALICE_KEY,
    region: REGION,
    service: change.form ? 'sts' : 'kms',
    date: realTime(),
    ...change.sign,
  })
  return send(edge, body, change.after ? change.after(signed) : signed)
}

export async function send(
  edge: TestEdge,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Wired> {
  const response = await fetch(edge.url, { method: 'POST', headers, body })
  const answer = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && answer !== ''
  return {
    status: response.status,
    headers: response.headers,
    body: answer,
    json: isJson ? JSON.parse(answer) : {},
  }
}
