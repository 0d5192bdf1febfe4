/** The ways to wrap key material, as a person chooses among them: which one is recommended, what is against the others. */
import {
  WRAPPING_ALGORITHMS,
  WRAPPING_KEY_SPECS,
  type WrappingAlgorithm,
  type WrappingAlgorithmName,
  type WrappingKeySpec,
  wrappingRefusal,
} from '#lib/domain/import-wrapping.ts'
import { existsIn, type KeySpecName } from '#lib/domain/key-spec.ts'

export type Wrapping = { readonly algorithm: WrappingAlgorithm; readonly keySpec: WrappingKeySpec }

type Offer<V extends string> = {
  readonly value: V
  readonly help: string
  /** Why it cannot be chosen for this key. */
  readonly reason?: string
}

const KEY_SPEC_HELP: Record<WrappingKeySpec, string> = {
  RSA_2048: 'The fastest to make. Choose this when a tool takes no longer keys.',
  RSA_3072: '128 bits of strength.',
  RSA_4096: 'The strongest. Recommended: it wraps once, so its slowness does not matter.',
  SM2: 'For Regions in China.',
}

const ALGORITHM_HELP: Record<WrappingAlgorithmName, string> = {
  RSAES_OAEP_SHA_256: 'The material goes straight into one RSA block.',
  RSAES_OAEP_SHA_1: 'Choose this when your HSM has OAEP with SHA-1 only.',
  RSA_AES_KEY_WRAP_SHA_256:
    'A fresh AES key wraps the material, RSA wraps that AES key. For material longer than one RSA block.',
  RSA_AES_KEY_WRAP_SHA_1: 'As RSA_AES_KEY_WRAP_SHA_256, when your HSM has OAEP with SHA-1 only.',
  RSAES_PKCS1_V1_5: 'Deprecated: AWS stopped taking it on 10 October 2023.',
  SM2PKE: 'SM2 public key encryption, with an SM2 wrapping key.',
}

/** RSA private keys are longer than an RSA block; everything else fits into one. */
export function recommended(spec: KeySpecName, partition: string): Wrapping {
  if (partition === 'aws-cn' && spec === 'SM2') return { algorithm: 'SM2PKE', keySpec: 'SM2' }
  const algorithm = spec.startsWith('RSA_') ? 'RSA_AES_KEY_WRAP_SHA_256' : 'RSAES_OAEP_SHA_256'
  return { algorithm, keySpec: 'RSA_4096' }
}

const fits = (spec: KeySpecName, algorithm: WrappingAlgorithmName, keySpec: WrappingKeySpec) =>
  wrappingRefusal(spec, algorithm, keySpec) === undefined

/** The specs of a wrapping key that exist in this partition. */
export const keySpecOffers = (partition: string): Offer<WrappingKeySpec>[] =>
  WRAPPING_KEY_SPECS.filter((keySpec) => existsIn(keySpec, partition)).map((value) => ({
    value,
    help: KEY_SPEC_HELP[value],
  }))

/** Every algorithm for material of a spec under one kind of wrapping key; impossible ones with their reason. */
export function algorithmOffers(
  spec: KeySpecName,
  keySpec: WrappingKeySpec,
  partition: string,
): Offer<WrappingAlgorithmName>[] {
  const best = recommended(spec, partition).algorithm
  // What is recommended comes first, what cannot be chosen last.
  const rank = (algorithm: WrappingAlgorithmName) =>
    algorithm === best ? 0 : fits(spec, algorithm, keySpec) ? 1 : 2
  return WRAPPING_ALGORITHMS.filter((algorithm) => algorithm !== 'SM2PKE' || partition === 'aws-cn')
    .toSorted((a, b) => rank(a) - rank(b))
    .map((value) => {
      const reason = wrappingRefusal(spec, value, keySpec)
      const help = `${value === best ? 'Recommended. ' : ''}${ALGORITHM_HELP[value]}`
      return { value, help, ...(reason && { reason }) }
    })
}

/** The choice after a change of the wrapping key: the algorithm stays if it still fits. */
export function withKeySpec(chosen: Wrapping, keySpec: WrappingKeySpec, spec: KeySpecName): Wrapping {
  if (fits(spec, chosen.algorithm, keySpec)) return { ...chosen, keySpec }
  const other = WRAPPING_ALGORITHMS.find((algorithm): algorithm is WrappingAlgorithm =>
    fits(spec, algorithm, keySpec),
  )
  return { algorithm: other ?? chosen.algorithm, keySpec }
}
