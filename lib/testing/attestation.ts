/**
 * What stands in for AWS Nitro in tests: an authority with a root of its own, the documents that its hardware signs,
 * and the enclave that asks for one and reads the answer. Everything can be made wrong in one place.
 */
import {
  constants,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  sign,
} from 'node:crypto'
import { cborBytes, cborHead } from '#lib/crypto/cbor.ts'
import { contextTag, der, oid, TAG } from '#lib/crypto/der.ts'

/** DIGITAL_SIGNATURE, KEY_CERT_SIGN as the bits of a KeyUsage. */
export const USAGE = { sign: 0x80, certify: 0x04 } as const

type CertificatePlan = {
  readonly name: string
  readonly key: KeyObject
  readonly issuer: { readonly name: string; readonly privateKey: KeyObject }
  readonly ca: boolean
  readonly pathLength?: number | undefined
  readonly usage: number
  readonly from: Date
  readonly to: Date
  readonly extra?: Buffer | undefined
}

const integer = (n: number) => der(TAG.integer, Buffer.of(n))
const ECDSA_SHA384 = der(TAG.sequence, oid('1.2.840.10045.4.3.3'))
const UTC_TIME = 0x17
const UTF8 = 0x0c
const utcTime = (at: Date) =>
  der(UTC_TIME, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))
const nameOf = (text: string) =>
  der(TAG.sequence, der(TAG.set, der(TAG.sequence, oid('2.5.4.3'), der(UTF8, Buffer.from(text)))))
const CRITICAL = der(TAG.boolean, Buffer.of(0xff))

/** An extension, critical as those that are obeyed are. */
export const extension = (id: string, value: Uint8Array) =>
  der(TAG.sequence, oid(id), CRITICAL, der(TAG.octetString, value))

function extensionsOf(plan: CertificatePlan): Buffer {
  const length = plan.pathLength === undefined ? [] : [integer(plan.pathLength)]
  const constraints = plan.ca ? [CRITICAL, ...length] : []
  return der(
    TAG.sequence,
    extension('2.5.29.19', der(TAG.sequence, ...constraints)),
    extension('2.5.29.15', der(TAG.bitString, Buffer.of(0, plan.usage))),
    ...(plan.extra ? [plan.extra] : []),
  )
}

/** A certificate in DER, of version 3, signed by its issuer with ECDSA and SHA-384. */
function certificate(plan: CertificatePlan): Buffer {
  const body = der(
    TAG.sequence,
    der(contextTag(0), integer(2)),
    integer(7),
    ECDSA_SHA384,
    nameOf(plan.issuer.name),
    der(TAG.sequence, utcTime(plan.from), utcTime(plan.to)),
    nameOf(plan.name),
    plan.key.export({ format: 'der', type: 'spki' }),
    der(contextTag(3), extensionsOf(plan)),
  )
  const signature = sign('sha384', body, plan.issuer.privateKey)
  return der(TAG.sequence, body, ECDSA_SHA384, der(TAG.bitString, Buffer.of(0), signature))
}

type Step = 'root' | 'zone' | 'instance' | 'leaf'
const STEPS: readonly Step[] = ['root', 'zone', 'instance', 'leaf']

export type AuthorityPlan = {
  readonly now: Date
  /** What differs in one certificate of the chain. */
  readonly different?: Partial<Record<Step, Partial<Omit<CertificatePlan, 'key'>>>>
}

export type Authority = {
  readonly root: Buffer
  readonly rootPem: string
  /** From the root to the issuer of the leaf, as cabundle has it. */
  readonly bundle: readonly Buffer[]
  readonly leaf: Buffer
  readonly leafKey: KeyObject
}

const DAY_MS = 86_400_000
const pem = (bytes: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

/** Root, zone, instance and the certificate that signs documents, valid from yesterday until tomorrow. */
export function openAuthority({ now, different = {} }: AuthorityPlan): Authority {
  const pairs = new Map(
    STEPS.map((step) => [step, generateKeyPairSync('ec', { namedCurve: 'P-384' })] as const),
  )
  const pairOf = (step: Step) => pairs.get(step) ?? generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const made = STEPS.map((step, index) => {
    const above = STEPS[index - 1] ?? step
    return certificate({
      name: `test.nitro ${step}`,
      key: pairOf(step).publicKey,
      issuer: { name: `test.nitro ${above}`, privateKey: pairOf(above).privateKey },
      ca: step !== 'leaf',
      usage: step === 'leaf' ? USAGE.sign : USAGE.certify,
      from: new Date(now.getTime() - DAY_MS),
      to: new Date(now.getTime() + DAY_MS),
      ...different[step],
    })
  })
  const [root = Buffer.alloc(0)] = made
  const leaf = made.at(-1) ?? root
  return { root, rootPem: pem(root), bundle: made.slice(0, -1), leaf, leafKey: pairOf('leaf').privateKey }
}

/** Anything that CBOR has and a test wants to say. */
export type Item = number | string | null | Uint8Array | readonly Item[] | ReadonlyMap<Item, Item>

/** An item in CBOR. */
export function cbor(item: Item): Buffer {
  if (item === null) return Buffer.of(0xf6)
  if (typeof item === 'number') return item < 0 ? cborHead(1, -1 - item) : cborNumber(item)
  if (typeof item === 'string')
    return Buffer.concat([cborHead(3, Buffer.byteLength(item)), Buffer.from(item)])
  if (item instanceof Uint8Array) return cborBytes(item)
  if (item instanceof Map) {
    const pairs = [...item].flatMap(([key, value]) => [cbor(key), cbor(value)])
    return Buffer.concat([cborHead(5, item.size), ...pairs])
  }
  const items = [...(item as readonly Item[])]
  return Buffer.concat([cborHead(4, items.length), ...items.map(cbor)])
}

const openMap = (map: ReadonlyMap<Item, Item>) =>
  Buffer.concat([Buffer.of(0xbf), ...[...map].flat().map(cbor), Buffer.of(0xff)])

function cborNumber(value: number): Buffer {
  if (value < 2 ** 32) return cborHead(0, value)
  const wide = Buffer.alloc(9, 0x1b)
  wide.writeBigUInt64BE(BigInt(value), 1)
  return wide
}

const ES384 = new Map<Item, Item>([[1, -35]])

export type DocumentPlan = {
  readonly authority: Authority
  readonly publicKey: Uint8Array
  readonly timestamp: Date
  /** Registers by number, in hex; PCR 0 to 2 have values of their own unless named. */
  readonly pcrs?: Readonly<Record<number, string>>
  /** Changes members of the payload before it is signed. */
  readonly payload?: (members: Map<string, Item>) => void
  /** Changes the four parts after they were signed. */
  readonly parts?: (parts: Item[]) => Item
  readonly protectedHeader?: Item
  /** Whether the payload is a map without a count, as most are that AWS signs. */
  readonly openMap?: boolean
}

export const MODULE_ID = 'i-0123456789abcdef0-enc0123456789abcdef'
export const PCRS: Readonly<Record<number, string>> = {
  0: 'a0'.repeat(48),
  1: 'b1'.repeat(48),
  2: 'c2'.repeat(48),
}

/** A signed attestation document. */
export function attestationDocument(plan: DocumentPlan): Buffer {
  const { authority } = plan
  const pcrs = Object.entries({ ...PCRS, ...plan.pcrs })
  const members = new Map<string, Item>([
    ['module_id', MODULE_ID],
    ['digest', 'SHA384'],
    ['timestamp', plan.timestamp.getTime()],
    ['pcrs', new Map<Item, Item>(pcrs.map(([index, value]) => [Number(index), Buffer.from(value, 'hex')]))],
    ['certificate', authority.leaf],
    ['cabundle', authority.bundle],
    ['public_key', plan.publicKey],
    ['user_data', null],
    ['nonce', null],
  ])
  plan.payload?.(members)
  const payload = plan.openMap ? openMap(members) : cbor(members)
  const header = cbor(plan.protectedHeader ?? ES384)
  const signed = cbor(['Signature1', header, Buffer.alloc(0), payload])
  const signature = sign('sha384', signed, { key: authority.leafKey, dsaEncoding: 'ieee-p1363' })
  const parts: Item[] = [header, new Map(), payload, signature]
  return cbor(plan.parts ? plan.parts(parts) : parts)
}

export type Enclave = {
  /** DER SPKI. */
  readonly publicKey: Buffer
  readonly privateKey: KeyObject
  /** What the answer says. Throws when it is not for this enclave. */
  readonly open: (ciphertextForRecipient: Uint8Array) => Buffer
}

/** An enclave with an RSA key of its own. */
export function openEnclave(bits = 2048): Enclave {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  })
  const privateKey = createPrivateKey({ key: pair.privateKey, format: 'der', type: 'pkcs8' })
  return { publicKey: pair.publicKey, privateKey, open: (sealed) => openEnveloped(privateKey, sealed) }
}

type Node = { readonly tag: number; readonly content: Buffer; readonly inner: readonly Node[] }

/** BER as a tree: definite and indefinite lengths. Gives where the element ends, too. */
function readBer(bytes: Buffer, at: number): { node: Node; end: number } {
  const tag = bytes.readUInt8(at)
  const first = bytes.readUInt8(at + 1)
  const digits = first > 0x80 ? first & 0x7f : 0
  const start = at + 2 + digits
  const indefinite = first === 0x80
  const length = digits > 0 ? bytes.readUIntBE(at + 2, digits) : first
  const inner: Node[] = []
  let end = start
  while (tag & 0x20 && (indefinite ? bytes.readUInt16BE(end) !== 0 : end < start + length)) {
    const child = readBer(bytes, end)
    inner.push(child.node)
    end = child.end
  }
  if (!(tag & 0x20)) end = start + length
  return { node: { tag, content: bytes.subarray(start, end), inner }, end: indefinite ? end + 2 : end }
}

function at(node: Node, ...path: readonly number[]): Node {
  let found: Node | undefined = node
  for (const step of path) found = found?.inner[step]
  if (!found) throw new Error('the message has another shape')
  return found
}

function openEnveloped(key: KeyObject, message: Uint8Array): Buffer {
  const { node } = readBer(Buffer.from(message), 0)
  const enveloped = at(node, 1, 0)
  const encryptedKey = at(enveloped, 1, 0, 3).content
  const how = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
  const contentKey = privateDecrypt(how, encryptedKey)
  const decipher = createDecipheriv('aes-256-cbc', contentKey, at(enveloped, 2, 1, 1).content)
  return Buffer.concat([decipher.update(at(enveloped, 2, 2, 0).content), decipher.final()])
}
