/** Answers for an enclave, through the door: sealed for it alone, decided by what its attestation says. */
import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KmsError } from '#lib/domain/refusal.ts'
import { type Engine, openEngine } from '#lib/engine/engine.ts'
import {
  attestationDocument,
  type DocumentPlan,
  MODULE_ID,
  openAuthority,
  openEnclave,
  PCRS,
} from '#lib/testing/attestation.ts'
import { ACCOUNT, type Answer, allOperations, base64, openWorld, type World } from '#lib/testing/world.ts'

const now = () => new Date()
const authority = openAuthority({ now: now() })
const enclave = openEnclave()
const quiet = { info: () => {}, warn: () => {}, error: () => {} }

let world: World
/** On the same database, with a root to believe. */
let attesting: Engine
let key: string
let ciphertext: string

const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

beforeAll(async () => {
  world = await openWorld()
  attesting = await openEngine({
    engineUrl: world.databaseUrl,
    sequencerUrl: world.databaseUrl,
    readerUrl: world.databaseUrl,
    rootKey: world.rootKey,
    installation: world.engine.services.installation,
    nitroRoot: authority.rootPem,
    log: quiet,
  })
  const admin = world.as('admin')
  key = (await admin.call('CreateKey')).KeyMetadata.KeyId
  ciphertext = encode(
    (await admin.call('Encrypt', { KeyId: key, Plaintext: base64('order 42') })).CiphertextBlob,
  )
})
afterAll(async () => {
  await attesting?.close()
  await world?.close()
})

async function call(name: string, input: object, who = 'admin'): Promise<Answer> {
  const operation = allOperations.find((one) => one.name === name)!
  const caller = world.as(who).caller
  const channel = { ...caller.channel, requestId: randomUUID() }
  return ((await attesting.invoke({ ...caller, channel }, operation, input)).output ?? {}) as Answer
}

async function refusal(...of: Parameters<typeof call>): Promise<KmsError> {
  try {
    await call(...of)
  } catch (thrown) {
    if (thrown instanceof KmsError) return thrown
    throw thrown
  }
  throw new Error(`${of[0]} was not refused`)
}

const recipient = (plan: Partial<DocumentPlan> = {}) => ({
  KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
  AttestationDocument: encode(
    attestationDocument({ authority, publicKey: enclave.publicKey, timestamp: now(), ...plan }),
  ),
})

const decryption = (plan?: Partial<DocumentPlan>) => ({
  CiphertextBlob: ciphertext,
  Recipient: recipient(plan),
})

describe('with a Recipient', () => {
  it('Decrypt answers for the enclave and nobody else', async () => {
    const answer = await call('Decrypt', decryption())
    expect(Object.keys(answer).sort()).toEqual(['CiphertextForRecipient', 'EncryptionAlgorithm', 'KeyId'])
    expect(enclave.open(answer.CiphertextForRecipient).toString()).toBe('order 42')
    expect(() => openEnclave().open(answer.CiphertextForRecipient)).toThrow()
  })

  it('GenerateDataKey gives the enclave the key that the blob holds', async () => {
    const answer = await call('GenerateDataKey', { KeyId: key, KeySpec: 'AES_256', Recipient: recipient() })
    expect(Object.keys(answer).sort()).toEqual(['CiphertextBlob', 'CiphertextForRecipient', 'KeyId'])
    const opened = await world.as('admin').call('Decrypt', { CiphertextBlob: encode(answer.CiphertextBlob) })
    expect(enclave.open(answer.CiphertextForRecipient)).toEqual(Buffer.from(opened.Plaintext))
  })

  it('GenerateDataKeyPair gives the enclave the private key', async () => {
    const input = { KeyId: key, KeyPairSpec: 'ECC_NIST_P256', Recipient: recipient() }
    const answer = await call('GenerateDataKeyPair', input)
    expect(Object.keys(answer)).not.toContain('PrivateKeyPlaintext')
    const privateKey = createPrivateKey({
      key: enclave.open(answer.CiphertextForRecipient),
      format: 'der',
      type: 'pkcs8',
    })
    const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
    expect(spki).toEqual(Buffer.from(answer.PublicKey))
  })

  it('DeriveSharedSecret gives the enclave the secret', async () => {
    const made = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' }
    const { KeyId } = (await world.as('admin').call('CreateKey', made)).KeyMetadata
    const PublicKey = encode((await world.as('admin').call('GetPublicKey', { KeyId })).PublicKey)
    const input = { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey }
    const clear = await world.as('admin').call('DeriveSharedSecret', input)
    const answer = await call('DeriveSharedSecret', { ...input, Recipient: recipient() })
    expect(Object.keys(answer)).not.toContain('SharedSecret')
    expect(enclave.open(answer.CiphertextForRecipient)).toEqual(Buffer.from(clear.SharedSecret))
  })

  it('GenerateRandom gives the enclave bytes', async () => {
    const answer = await call('GenerateRandom', { NumberOfBytes: 24, Recipient: recipient() })
    expect(Object.keys(answer)).toEqual(['CiphertextForRecipient'])
    expect(enclave.open(answer.CiphertextForRecipient).length).toBe(24)
  })

  it('the algorithm may be left out, the document may not', async () => {
    const { AttestationDocument } = recipient()
    const answer = await call('GenerateRandom', { NumberOfBytes: 8, Recipient: { AttestationDocument } })
    expect(enclave.open(answer.CiphertextForRecipient).length).toBe(8)
    const Recipient = { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }
    expect(await refusal('GenerateRandom', { NumberOfBytes: 8, Recipient })).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining("Value null at 'recipient.attestationDocument'"),
    })
  })

  it('a dry run answers nothing', async () => {
    expect((await refusal('Decrypt', { ...decryption(), DryRun: true })).code).toBe(
      'DryRunOperationException',
    )
  })

  it.each<[string, Partial<DocumentPlan>, string]>([
    ['a stale document', { timestamp: new Date(Date.now() - 6 * 60_000) }, 'last 5 minutes'],
    ['a document of another root', { authority: openAuthority({ now: now() }) }, 'root that is trusted'],
    ['a document without a key', { publicKey: Buffer.alloc(0) }, 'public key'],
  ])('%s is refused', async (_, plan, text) => {
    const refused = await refusal('Decrypt', decryption(plan))
    expect(refused).toMatchObject({ code: 'ValidationException', message: expect.stringContaining(text) })
  })

  it.each(['Decrypt', 'GenerateDataKey', 'GenerateRandom'])(
    '%s is refused where no root is configured',
    async (name) => {
      const input = {
        Decrypt: decryption(),
        GenerateDataKey: { KeyId: key, KeySpec: 'AES_256' },
        GenerateRandom: {},
      }
      const refused = await world
        .as('admin')
        .refusal(name, { NumberOfBytes: 8, Recipient: recipient(), ...Reflect.get(input, name) })
      expect(refused.code).toBe('UnsupportedOperationException')
    },
  )

  it('the log says which enclave, in CloudTrail’s words', async () => {
    await call('Decrypt', decryption())
    const pcr = (index: number) => Buffer.from(PCRS[index] ?? '', 'hex').toString('base64')
    expect((await world.lastEvent()).record.additionalEventData).toMatchObject({
      keyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
      recipient: {
        attestationDocumentModuleId: MODULE_ID,
        attestationDocumentEnclaveImageDigest: pcr(0),
        attestationDocumentEnclavePCR1: pcr(1),
        attestationDocumentEnclavePCR2: pcr(2),
      },
    })
  })
})

const STRANGER = `arn:aws:iam::${ACCOUNT}:user/stranger`

/** Root may everything; the stranger may decrypt, if the condition holds. */
const policyOf = (Condition: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal: { AWS: STRANGER }, Action: 'kms:Decrypt', Resource: '*', Condition },
    ],
  })

const demand = (name: string, value: string | undefined, operator = 'StringEquals') => ({
  [operator]: { [`kms:RecipientAttestation:${name}`]: value },
})

async function outcome(condition: object, Recipient: object | undefined): Promise<string> {
  await world
    .as('admin')
    .call('PutKeyPolicy', { KeyId: key, PolicyName: 'default', Policy: policyOf(condition) })
  const asked = { CiphertextBlob: ciphertext, ...(Recipient && { Recipient }) }
  return call('Decrypt', asked, 'stranger').then(
    () => 'allowed',
    (thrown: unknown) => String(Reflect.get(Object(thrown), 'code')),
  )
}

const tpm = (): Partial<DocumentPlan> => ({
  payload(members) {
    members.set('nitrotpm_pcrs', members.get('pcrs') ?? null)
    members.delete('pcrs')
  },
})

describe('a policy that demands', () => {
  const DENIED = 'AccessDeniedException'
  it.each<[string, object, Partial<DocumentPlan> | undefined, string]>([
    ['PCR0 allows the enclave that has it', demand('PCR0', PCRS[0]), {}, 'allowed'],
    ['PCR0 denies another enclave', demand('PCR0', PCRS[0]), { pcrs: { 0: '0f'.repeat(48) } }, DENIED],
    ['PCR0 denies who attests nothing', demand('PCR0', PCRS[0]), undefined, DENIED],
    ['an image allows the enclave of it', demand('ImageSha384', PCRS[0]), {}, 'allowed'],
    ['an image denies another', demand('ImageSha384', PCRS[1]), {}, DENIED],
    ['PCR8 denies an enclave without it', demand('PCR8', PCRS[0]), {}, DENIED],
    [
      'PCR3 allows what a document says of it',
      demand('PCR3', '33'.repeat(48)),
      { pcrs: { 3: '33'.repeat(48) } },
      'allowed',
    ],
    ['PCR0 in capitals denies', demand('PCR0', PCRS[0]?.toUpperCase()), {}, DENIED],
    [
      'PCR0 in any case allows',
      demand('PCR0', PCRS[0]?.toUpperCase(), 'StringEqualsIgnoreCase'),
      {},
      'allowed',
    ],
    ['a NitroTPM’s register allows it', demand('NitroTPMPCR2', PCRS[2]), tpm(), 'allowed'],
    ['a NitroTPM’s register denies an enclave', demand('NitroTPMPCR2', PCRS[2]), {}, DENIED],
    ['an enclave’s register denies a NitroTPM', demand('PCR2', PCRS[2]), tpm(), DENIED],
  ])('%s', async (_, condition, plan, expected) => {
    expect(await outcome(condition, plan && recipient(plan))).toBe(expected)
  })

  it('an enclave leaves the attestation of whom it denies in the log', async () => {
    await outcome(demand('PCR0', PCRS[1]), recipient())
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({
      errorCode: 'AccessDenied',
      additionalEventData: { recipient: { attestationDocumentModuleId: MODULE_ID } },
    })
  })
})
