/**
 * Load that keeps a ledger: what was acknowledged, with all that is needed to prove later that it happened. Retries are
 * off, so that an acknowledgement is one answer to one request.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms'
import { ACCESS_KEY, ACCOUNT, REGION } from './installation.ts'

export type Ledger = {
  /** Every acknowledged request: operation by request id. */
  readonly acknowledged: Map<string, string>
  readonly keys: Set<string>
  /** Alias name → key id. */
  readonly aliases: Map<string, string>
  readonly ciphertexts: { readonly blob: Uint8Array; readonly plaintext: string }[]
  /** Key id → policies sent, and how many of them were sent when the last one was acknowledged. */
  readonly policies: Map<string, { readonly sent: string[]; acknowledged: number }>
  /** A Decrypt whose answer was not what had been encrypted. */
  readonly wrong: string[]
  /** Names of the errors that came instead of an answer. */
  readonly refusals: Map<string, number>
}

export const newLedger = (): Ledger => ({
  acknowledged: new Map(),
  keys: new Set(),
  aliases: new Map(),
  ciphertexts: [],
  policies: new Map(),
  wrong: [],
  refusals: new Map(),
})

export const kmsAt = (port: number) =>
  new KMSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId: ACCESS_KEY.id, secretAccessKey: ACCESS_KEY.secret },
    requestHandler: { requestTimeout: 8000, connectionTimeout: 2000 },
  })

/** AWS's default policy, made different by a statement id. */
const policyOf = (sid: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: sid,
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  })

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
const unique = () => randomUUID().replaceAll('-', '')

type Answer = { readonly $metadata: { readonly requestId?: string | undefined } }

/** One client that does one thing after the other, on a key of its own. */
function worker(kms: KMSClient, ledger: Ledger) {
  let key = ''
  async function acknowledge<T extends Answer>(operation: string, sent: Promise<T>): Promise<T> {
    const answer = await sent
    const id = answer.$metadata.requestId
    if (!id) throw new Error('an answer without a request id')
    ledger.acknowledged.set(id, operation)
    return answer
  }
  async function createKey() {
    const { KeyMetadata } = await acknowledge('CreateKey', kms.send(new CreateKeyCommand({})))
    key = KeyMetadata?.KeyId ?? ''
    ledger.keys.add(key)
  }
  async function createAlias() {
    const AliasName = `alias/${unique()}`
    await acknowledge('CreateAlias', kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: key })))
    ledger.aliases.set(AliasName, key)
  }
  async function putKeyPolicy() {
    const policy = policyOf(unique())
    const history = ledger.policies.get(key) ?? { sent: [], acknowledged: 0 }
    ledger.policies.set(key, history)
    history.sent.push(policy)
    await acknowledge('PutKeyPolicy', kms.send(new PutKeyPolicyCommand({ KeyId: key, Policy: policy })))
    history.acknowledged = history.sent.length
  }
  async function encrypt() {
    const Plaintext = Buffer.from(unique())
    const { CiphertextBlob } = await acknowledge(
      'Encrypt',
      kms.send(new EncryptCommand({ KeyId: key, Plaintext })),
    )
    ledger.ciphertexts.push({ blob: CiphertextBlob ?? new Uint8Array(), plaintext: hex(Plaintext) })
  }
  async function dataKey() {
    const command = new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256' })
    const answer = await acknowledge('GenerateDataKey', kms.send(command))
    ledger.ciphertexts.push({
      blob: answer.CiphertextBlob ?? new Uint8Array(),
      plaintext: hex(answer.Plaintext),
    })
  }
  async function decrypt() {
    const one = ledger.ciphertexts[Math.floor(Math.random() * ledger.ciphertexts.length)]
    if (!one) return
    const { Plaintext } = await acknowledge(
      'Decrypt',
      kms.send(new DecryptCommand({ CiphertextBlob: one.blob })),
    )
    if (hex(Plaintext) !== one.plaintext) ledger.wrong.push(hex(Plaintext))
  }
  const deeds = [encrypt, encrypt, decrypt, decrypt, dataKey, createAlias, putKeyPolicy, createKey]
  return {
    step: () => (key === '' ? createKey() : (deeds[Math.floor(Math.random() * deeds.length)] ?? encrypt)()),
  }
}

const WORKERS = 8

export type Load = { readonly stop: () => Promise<void> }

/** Begins the load on an engine; what fails is counted by name and not repeated. */
export function beginLoad(port: number, ledger: Ledger): Load {
  const kms = kmsAt(port)
  let stopping = false
  const run = async () => {
    const { step } = worker(kms, ledger)
    while (!stopping) {
      try {
        await step()
      } catch (error) {
        const name = error instanceof Error ? (Reflect.get(error, 'code') ?? error.name) : String(error)
        ledger.refusals.set(name, (ledger.refusals.get(name) ?? 0) + 1)
        await sleep(20)
      }
    }
  }
  const running = Promise.all(Array.from({ length: WORKERS }, run))
  return {
    async stop() {
      stopping = true
      await running
      kms.destroy()
    },
  }
}

/** Opens every acknowledged ciphertext anew; gives those that did not come back as they went in. */
export async function wrongPlaintexts(port: number, ledger: Ledger): Promise<string[]> {
  const kms = kmsAt(port)
  const wrong = [...ledger.wrong]
  const left = [...ledger.ciphertexts]
  const run = async () => {
    for (let one = left.pop(); one; one = left.pop()) {
      const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: one.blob }))
      if (hex(Plaintext) !== one.plaintext) wrong.push(one.plaintext)
    }
  }
  try {
    await Promise.all(Array.from({ length: WORKERS }, run))
  } finally {
    kms.destroy()
  }
  return wrong
}
