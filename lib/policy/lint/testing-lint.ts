/** Test support only: a key's account with people, and policies as its tests write them. */
import type { PolicyFindingView } from '#lib/domain/access.ts'
import { rootArn } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import { compilePolicy } from '../compile.ts'
import { OURS, rootOf, THEIRS, userOf } from '../testing-principals.ts'
import { lintPolicy } from './lint.ts'
import type { Changer, Surroundings } from './surroundings.ts'

export const ROOT = rootArn('aws', OURS)
export const user = (name: string, account = OURS) => `arn:aws:iam::${account}:user/${name}`
export const role = (name: string, account = OURS) => `arn:aws:iam::${account}:role/${name}`

const KEY = `arn:aws:kms:us-east-1:${OURS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`

/** Somebody whose identity policies allow everything, or nothing. */
export function changer(principal: Principal, allowing: boolean): Changer {
  const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
  const everything = { name: 'all', hash: '', policy: compilePolicy(text, 'identity') }
  return {
    principal,
    resource: { arn: KEY, account: OURS },
    identityPolicies: allowing ? [everything] : [],
    context: new Map([['aws:principalarn', [principal.arn]]]),
  }
}

const alice = changer(userOf(OURS, 'alice'), true)
const bob = changer(userOf(OURS, 'bob'), false)

export const WORLD: Surroundings = {
  kind: 'key',
  partition: 'aws',
  account: OURS,
  key: { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', multiRegion: false },
  knownAccounts: new Set([OURS, '999988887777']),
  directory: new Map([
    [OURS, new Set(['root', 'user/alice', 'user/bob', 'role/app-backend', 'role/ops', 'assumed-role/ops'])],
    [THEIRS, new Set(['root', 'user/eve'])],
  ]),
  caller: alice,
  everyone: [changer(rootOf(OURS), false), alice, bob],
}

export const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)

export const account = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: ROOT },
  Action: 'kms:*',
  Resource: '*',
}
/** Keeps DEL-01 away where a test is about something else. */
export const window = {
  Sid: 'Window',
  Effect: 'Deny',
  Principal: '*',
  Action: 'kms:ScheduleKeyDeletion',
  Resource: '*',
  Condition: { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } },
}

export const allow = (who: unknown, actions: unknown, more: object = {}) => ({
  Sid: 'Use',
  Effect: 'Allow',
  Principal: who,
  Action: actions,
  Resource: '*',
  ...more,
})

export const lint = (text: string, more: Partial<Surroundings> = {}): PolicyFindingView[] =>
  lintPolicy(text, { ...WORLD, ...more })

export const ids = (findings: readonly PolicyFindingView[]) => findings.map(({ Id }) => Id)
