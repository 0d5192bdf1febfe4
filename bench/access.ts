/**
 * `npm run bench:access`: how long answers about permission take, in an account of five hundred principals, on a key with
 * a policy of thirty statements and fifty grants. Prints a table; judges nothing.
 */
import { uuidv4 } from '#lib/crypto/random.ts'
import type { Caller, Principal } from '#lib/domain/caller.ts'
import { openEngine } from '#lib/engine/engine.ts'
import type { AnyOperation } from '#lib/engine/operation.ts'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import { createAccount } from '#lib/iam/create-account.ts'
import { createUser, draftUser } from '#lib/iam/create-user.ts'
import { CompareAccess } from '#lib/insight/compare-access.ts'
import { ExplainAccess } from '#lib/insight/explain-access.ts'
import { WhoCan } from '#lib/insight/who-can.ts'
import { CreateKey } from '#lib/kms/create-key.ts'
import { CreateGrant } from '#lib/kms/grants.ts'
import { openFileRootKey } from '#lib/rootkey/file.ts'
import { ACCOUNT, openInstallation, REGION } from '#lib/testing/installation.ts'

const PRINCIPALS = 500
const STATEMENTS = 30
const GRANTS = 50
const ROUNDS = 20
const TOGETHER = 50

const userArn = (n: number) => `arn:aws:iam::${ACCOUNT}:user/user-${n}`
const policyWith = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })

/** No two alike; every fifth may use keys, some only through a service. */
const identityPolicy = (n: number) =>
  policyWith(
    { Effect: 'Allow', Action: ['s3:Get*', `sqs:Send${n}`], Resource: '*' },
    {
      Effect: 'Allow',
      Action: n % 5 === 0 ? ['kms:Decrypt', 'kms:Encrypt'] : ['kms:ListKeys'],
      Resource: '*',
      ...(n % 3 === 0 && { Condition: { StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` } } }),
    },
  )

const keyStatement = (n: number) => ({
  Sid: `Team ${n}`,
  Effect: n % 6 === 0 ? 'Deny' : 'Allow',
  Principal: { AWS: [0, 1, 2].map((k) => userArn(n * 3 + k)) },
  Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  Condition: { StringEquals: { 'kms:EncryptionContext:tenant': `tenant-${n}` } },
})
const DELEGATION = { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'kms:*', Resource: '*' }
const statements = [DELEGATION, ...Array.from({ length: STATEMENTS - 1 }, (_, n) => keyStatement(n))]

const installation = await openInstallation()
const { database, rootKeyPath } = installation
const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const engine = await openEngine({
  ...database,
  rootKey: await openFileRootKey(rootKeyPath),
  installation: { version: 'bench', endpoint: '', consoleUrl: '', rolesSeparated: database.separated },
  log: quiet,
})
const { services } = engine

const root: Principal = {
  kind: 'root',
  partition: 'aws',
  account: ACCOUNT,
  id: ACCOUNT,
  name: 'root',
  arn: `arn:aws:iam::${ACCOUNT}:root`,
}
const caller = (): Caller => ({
  principal: root,
  credential: { kind: 'internal' },
  region: REGION,
  channel: {
    via: 'internal',
    address: '',
    userAgent: 'bench',
    tls: undefined,
    host: '',
    requestId: uuidv4(),
    invocationId: undefined,
    bodyHash: undefined,
  },
})
const call = async (operation: AnyOperation, input: object) =>
  (await engine.invoke(caller(), operation, input)).output

async function populate(): Promise<void> {
  const account = { id: ACCOUNT, alias: null, regions: [REGION], sample: false }
  await services.database.transaction((rows) => createAccount(rows, account))
  for (let from = 0; from < PRINCIPALS; from += TOGETHER) {
    const users = await Promise.all(
      Array.from({ length: TOGETHER }, (_, index) => {
        const n = from + index
        const policies = [{ name: 'own', document: identityPolicy(n) }]
        return draftUser({ account: ACCOUNT, name: `user-${n}`, password: undefined, policies })
      }),
    )
    await changeIdentities(services, [ACCOUNT], async (rows) => {
      for (const user of users) await createUser(rows, user)
    })
  }
}

async function makeKey(): Promise<string> {
  // What CreateKey answers, by its own type.
  const made = (await call(CreateKey, { Policy: policyWith(...statements) })) as {
    KeyMetadata: { KeyId: string }
  }
  const { KeyId } = made.KeyMetadata
  for (let n = 0; n < GRANTS; n++)
    await call(CreateGrant, { KeyId, GranteePrincipal: userArn(200 + n), Operations: ['Decrypt'] })
  return KeyId
}

async function measure(what: string, operation: AnyOperation, input: object): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now()
    await call(operation, input)
    times.push(performance.now() - begun)
  }
  const [first = 0] = times
  const sorted = times.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(ROUNDS / 2)] ?? 0
  console.log(
    `${what.padEnd(46)} first ${first.toFixed(1).padStart(7)} ms   median ${median.toFixed(1).padStart(7)} ms`,
  )
}

try {
  await populate()
  const KeyId = await makeKey()
  await measure(`who can, ${PRINCIPALS} principals × 12 actions`, WhoCan, { KeyId })
  await measure('a draft compared', CompareAccess, { KeyId, Policy: policyWith(...statements.slice(0, 10)) })
  const question = { KeyId, Action: 'Decrypt' }
  await measure('explain: allowed', ExplainAccess, { ...question, PrincipalArn: userArn(50) })
  await measure('explain: refused', ExplainAccess, { ...question, PrincipalArn: userArn(1) })
  await measure('explain: denied', ExplainAccess, {
    ...question,
    PrincipalArn: userArn(0),
    EncryptionContext: { tenant: 'tenant-0' },
  })
} finally {
  await engine.close()
  await installation.close()
}
