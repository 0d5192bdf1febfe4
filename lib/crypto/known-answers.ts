/**
 * Known answers that every start must reproduce (R27): published ones for the primitives,
 * and for our own formats some that a second implementation made. All bytes are hex.
 */
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { MacAlgorithmName } from '#lib/domain/key-spec.ts'
import type { BlobIdentity } from './blob.ts'
import { ASYMMETRIC_ANSWERS, type AsymmetricAnswers } from './known-answers-asymmetric.ts'
import { LABELS, type Label } from './labels.ts'
import type { RecordIdentity } from './wrap.ts'

export type KnownAnswers = AsymmetricAnswers & {
  readonly sha256: { readonly message: string; readonly digest: string }
  readonly hmac: { readonly key: string; readonly message: string; readonly mac: string }
  readonly macs: {
    readonly key: string
    readonly message: string
    readonly mac: Readonly<Record<MacAlgorithmName, string>>
  }
  readonly kbkdf: {
    readonly key: string
    readonly label: Label
    readonly context: string
    readonly derived: string
  }
  readonly aesGcm: {
    readonly key: string
    readonly iv: string
    readonly aad: string
    readonly plaintext: string
    readonly ciphertext: string
    readonly tag: string
  }
  readonly wrap: {
    readonly domainKeyId: string
    readonly domainKey: string
    readonly identity: RecordIdentity
    readonly plaintext: string
    readonly record: string
  }
  readonly blob: {
    readonly materialId: string
    readonly material: string
    readonly identity: BlobIdentity
    readonly context: EncryptionContext
    readonly plaintext: string
    readonly blob: string
  }
}

export const KNOWN_ANSWERS: KnownAnswers = {
  ...ASYMMETRIC_ANSWERS,
  // FIPS 180-2, appendix B.1: "abc"
  sha256: {
    message: '616263',
    digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  // RFC 4231 §4.2
  hmac: {
    key: '0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b',
    message: '4869205468657265',
    mac: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  // RFC 4231 §4.3: the key is "Jefe"
  macs: {
    key: '4a656665',
    message: '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    mac: {
      HMAC_SHA_224: 'a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44',
      HMAC_SHA_256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      HMAC_SHA_384:
        'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
      HMAC_SHA_512:
        '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554' +
        '9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    },
  },
  // From `openssl kdf KBKDF`
  kbkdf: {
    key: '0443dbf21d18b3d5943f61faa6f7c4e5',
    label: LABELS.blob,
    context:
      '0f4b6cb3b0fd3e940bd760160e9b1a4e1d88606ef2112ce690fa82a9f3c1b8449238d3ed80cb4e75c291805ba7e6efb6',
    derived:
      '7fd34d60c73a786687d31c51481dac3fa7d32b8193b9184629c1f230f4ab670f0ddfa89154b36b51b18bf36672f5c3a7' +
      '06a155337461ebd5ea1fe44560ded6a3',
  },
  // McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16
  aesGcm: {
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    iv: 'cafebabefacedbaddecaf888',
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525' +
      'b16aedf5aa0de657ba637b39',
    ciphertext:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838' +
      'c5f61e6393ba7a0abcc9f662',
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
  wrap: {
    domainKeyId: 'bea5a106-ba5a-4f51-93cc-0edcf29c5041',
    domainKey: 'b70ebf270300ec68e5a0998603a694ec852bd34b066f6ef413aca81aea41da97',
    identity: {
      partition: 'aws',
      account: '111122223333',
      region: 'eu-central-1',
      table: 'key_material',
      id: '17201ec7-ae1f-40af-8776-a0d6e5282411',
      part: '9a7d4f182ac4148a35b4f2b27351dbece0d0219013af5eefc1f2cf94d33b86e9',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
    },
    plaintext: '39273baa4c24054ce0932068858ed293f6c755e7e6638e38a6b59e06b6853c01',
    record:
      '0101bea5a106ba5a4f5193cc0edcf29c50417e5f9296e5506587a8c2d17a99c851d60a8f946af25ae3b8ace1ba83f089' +
      '7256ad95678d9d4e8228f689f7ecc4b76e4ad8142667250592de1c4a35e82dcb6c59449ce3cb0b400b15af9ffb71',
  },
  blob: {
    materialId: '5cbbcafb3d383a78f8f33e621f6024b0fb36899e010f2a15a7e5793b1557c98c',
    material: '2229590928b0d633a61034cd2468f50c461daddc465bb14126602e2d4a94111e',
    identity: { partition: 'aws', account: '000000000000', keyId: '90eaa53a-5ba0-40f3-b50b-b61a13eb7ce1' },
    context: { b: '2', a: '1', '': '' },
    plaintext: 'a89114c90dcb50edd6a489af8fc4a28d3e',
    blob:
      '01015cbbcafb3d383a78f8f33e621f6024b0fb36899e010f2a15a7e5793b1557c98c810bf3f92cf4bda7638b62594233' +
      '34478b97d83b02adf9e1e1678459454e8ab10008e88f40f269de70927cbb344e18bede0e3a8dd74ccbc94e822f921495' +
      '56144bc9173cdeb1c5f618a555bbb3714e3a35b8170aa8162a04d3eb1bacbd',
  },
}
