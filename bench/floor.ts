/**
 * The floor that the engine is measured against: what cannot be left out, and nothing else. A node:http server that
 * parses JSON, hashes the body, computes the last HMAC of the signature, derives a key, runs AES-GCM, and waits for the
 * same audit batch. It checks nothing and decides nothing. Its settings come on descriptor 3, like the engine's.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { BuiltEvent } from '#lib/audit/record/event.ts'
import type { Expectation } from '#lib/audit/write/batch.ts'
import { openAuditPool } from '#lib/audit/write/pool.ts'
import { type AuditWriter, openAuditWriter } from '#lib/audit/write/writer.ts'
import { openGcm, sealGcm } from '#lib/crypto/aead.ts'
import { openPrivateKey, type PrivateKey } from '#lib/crypto/asymmetric-key.ts'
import { sha256 } from '#lib/crypto/digest.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import { deriveKey } from '#lib/crypto/kbkdf.ts'
import { generateKeyPair } from '#lib/crypto/key-pair.ts'
import { LABELS } from '#lib/crypto/labels.ts'
import { hmacSha256 } from '#lib/crypto/mac.ts'
import { randomBytes, uuidv4, uuidv7 } from '#lib/crypto/random.ts'
import { generateSecretKey } from '#lib/crypto/secret-key.ts'
import { sign } from '#lib/crypto/signature.ts'
import { hmacHex } from '#lib/crypto/signing-key.ts'
import type { AsymmetricSpecName, SigningAlgorithmName } from '#lib/domain/key-spec.ts'
import { answerSupervisor, readHandover } from '#lib/server/descriptors.ts'

/** A real event of the engine, whose bytes every event here has, and the versions it was decided with. */
export type FloorSettings = {
  readonly engineUrl: string
  readonly account: string
  readonly region: string
  readonly keyId: string
  readonly body: string
  readonly decision: string
  readonly context: string
  readonly epoch: string
  readonly version: string
}

const SALT = 16
const IV = 12
const TAG = 16
/** A string to sign has this before the hash of the canonical request. */
const TO_SIGN = 'AWS4-HMAC-SHA256\n20260102T030405Z\n20260102/eu-west-1/kms/aws4_request\n'

/** As much as DescribeKey answers. */
const METADATA = { KeyMetadata: { KeyId: 'x'.repeat(36), Arn: 'x'.repeat(75), Description: 'x'.repeat(300) } }

const settings = readHandover() as FloorSettings // the benchmark wrote it
const material = generateSecretKey().key
const signingKey = generateSecretKey().key
const aad = Buffer.from(settings.keyId)
const body = Buffer.from(settings.body)

function encrypt(plaintext: Buffer): string {
  const head = randomBytes(SALT + IV)
  const key = deriveKey(material, LABELS.blob, head.subarray(0, SALT))
  const { ciphertext, tag } = sealGcm(key, { iv: head.subarray(SALT), aad }, plaintext)
  return Buffer.concat([head, ciphertext, tag]).toString('base64')
}

function decrypt(blob: Buffer): string {
  const key = deriveKey(material, LABELS.blob, blob.subarray(0, SALT))
  const sealed = { ciphertext: blob.subarray(SALT + IV, -TAG), tag: blob.subarray(-TAG) }
  const plaintext = openGcm(key, { iv: blob.subarray(SALT, SALT + IV), aad }, sealed)
  if (!plaintext) throw new Error('the floor did not open what it sealed')
  return plaintext.toString('base64')
}

type Input = {
  readonly KeyId?: string
  readonly Plaintext?: string
  readonly CiphertextBlob?: string
  readonly Message?: string
  readonly SigningAlgorithm?: string
  readonly KeySpec?: string
}

const SIGNERS: Readonly<Record<string, { spec: AsymmetricSpecName; key: Promise<PrivateKey> }>> = {
  RSASSA_PKCS1_V1_5_SHA_256: signer('RSA_2048'),
  ECDSA_SHA_256: signer('ECC_NIST_P256'),
  ML_DSA_SHAKE_256: signer('ML_DSA_65'),
}

function signer(spec: AsymmetricSpecName) {
  return { spec, key: generateKeyPair(spec).then(({ privateKey }) => openPrivateKey(spec, privateKey)) }
}

async function signature(message: Buffer, algorithm: string): Promise<string> {
  const found = SIGNERS[algorithm]
  if (!found) throw new Error(`the floor does not sign with ${algorithm}`)
  // The same primitive as the engine's: the floor leaves out what is around it.
  return (await sign(await found.key, algorithm as SigningAlgorithmName, message, 'RAW')).toString('base64')
}

async function perform(input: Input): Promise<object> {
  const { Message, SigningAlgorithm, Plaintext, CiphertextBlob, KeySpec } = input
  if (Message !== undefined) {
    const message = Buffer.from(Message, 'base64')
    return SigningAlgorithm
      ? { KeyId: settings.keyId, Signature: await signature(message, SigningAlgorithm) }
      : { KeyId: settings.keyId, Mac: hmacSha256(material, message).toString('base64') }
  }
  if (Plaintext === undefined && CiphertextBlob === undefined && KeySpec === undefined) return METADATA
  if (CiphertextBlob !== undefined)
    return { KeyId: settings.keyId, Plaintext: decrypt(Buffer.from(CiphertextBlob, 'base64')) }
  if (Plaintext !== undefined)
    return { KeyId: settings.keyId, CiphertextBlob: encrypt(Buffer.from(Plaintext, 'base64')) }
  const key = randomBytes(32)
  return { KeyId: settings.keyId, CiphertextBlob: encrypt(key), Plaintext: key.toString('base64') }
}

function event(): BuiltEvent {
  const ts = new Date()
  const { account, region, keyId, decision, context } = settings
  return { id: uuidv7(ts.getTime()), ts, accountId: account, region, keyId, body, decision, context }
}

const expectation: Expectation = {
  accounts: [{ id: settings.account, epoch: BigInt(settings.epoch) }],
  keys: [
    {
      account: settings.account,
      region: settings.region,
      id: settings.keyId,
      version: BigInt(settings.version),
    },
  ],
}

async function answer(
  writer: AuditWriter,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const received = Buffer.concat(chunks)
  const signature = Buffer.from(hmacHex(signingKey, TO_SIGN + sha256(received).toString('hex')))
  equalBytes(signature, Buffer.from((request.headers.authorization ?? '').slice(-64)))
  const output = await perform(JSON.parse(received.toString()))
  if ((await writer.append([event()], expectation)) !== 'recorded') throw new Error('the floor wrote nothing')
  const text = JSON.stringify(output)
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': text.length })
  response.end(text)
}

const writer = openAuditWriter({
  pool: openAuditPool(settings.engineUrl),
  macKey: generateSecretKey().key,
  engineId: uuidv4(),
  now: Date.now,
  place: () => ({ account: settings.account, region: settings.region }),
})
await writer.ready()
const server = createServer((request, response) => void answer(writer, request, response))
server.listen(0, '127.0.0.1', () => answerSupervisor({ address: server.address() }))
