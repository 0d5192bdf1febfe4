/** Where "Try it" leads for a key: the operation that a person would try first with it. */
import type { PlaygroundOperation } from '#lib/console/paths.ts'
import type { CodeRequest } from '#lib/console/snippets.ts'
import { KEY_SPECS, type KeySpecName, type KeyUsageName } from '#lib/domain/key-spec.ts'

const FIRST: Readonly<Record<KeyUsageName, PlaygroundOperation>> = {
  ENCRYPT_DECRYPT: 'encrypt',
  SIGN_VERIFY: 'sign',
  GENERATE_VERIFY_MAC: 'mac',
  KEY_AGREEMENT: 'shared-secret',
  ENCAPSULATE_DECAPSULATE: 'encapsulate',
}

export const operationFor = (usage: KeyUsageName): PlaygroundOperation => FIRST[usage]

/** The first call that a program would make with a key, and its title: "Encrypt with it". */
export function firstRequest(
  key: string,
  spec: KeySpecName,
  usage: KeyUsageName,
): { readonly title: string; readonly request: CodeRequest } {
  const { encryption, signing, mac } = KEY_SPECS[spec]
  const data = { KeyId: key, Message: '' }
  switch (usage) {
    case 'ENCRYPT_DECRYPT': {
      const [algorithm] = encryption.slice(-1)
      const input = {
        KeyId: key,
        Plaintext: '',
        ...(algorithm !== 'SYMMETRIC_DEFAULT' && { EncryptionAlgorithm: algorithm }),
      }
      return { title: 'Encrypt with it', request: { name: 'Encrypt', input } }
    }
    case 'SIGN_VERIFY':
      return {
        title: 'Sign with it',
        request: { name: 'Sign', input: { ...data, SigningAlgorithm: signing[0] } },
      }
    case 'GENERATE_VERIFY_MAC':
      return {
        title: 'Make a MAC with it',
        request: { name: 'GenerateMac', input: { ...data, MacAlgorithm: mac[0] } },
      }
    case 'KEY_AGREEMENT': {
      const input = { KeyId: key, KeyAgreementAlgorithm: 'ECDH', PublicKey: '' }
      return { title: 'Agree on a secret with it', request: { name: 'DeriveSharedSecret', input } }
    }
    case 'ENCAPSULATE_DECAPSULATE': {
      const input = { KeyId: key, EncapsulationAlgorithm: 'ML_KEM' }
      return { title: 'Encapsulate a secret for it', request: { name: 'Encapsulate', input } }
    }
  }
}
