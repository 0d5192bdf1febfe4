import { ORIGIN_WORDS, specWords } from '#components/keys/key-words.ts'
import { Time } from '#components/time.tsx'
import type { Fact } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { formatBytes } from '#lib/console/format.ts'
import type { KeyMetadata } from '#lib/console/outputs.ts'
import { KEY_SPECS, USAGE_LABEL } from '#lib/domain/key-spec.ts'

const Names = ({ names }: { names: readonly string[] }) => (
  <span className="block">
    {names.map((name) => (
      <span key={name} className="block font-mono text-mono">
        {name}
      </span>
    ))}
  </span>
)

/** The one list of algorithms that its usage gives a key. */
function algorithmsOf(key: KeyMetadata): Fact {
  const lists: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['Encryption algorithms', key.EncryptionAlgorithms],
    ['Signing algorithms', key.SigningAlgorithms],
    ['MAC algorithms', key.MacAlgorithms],
    ['Key agreement algorithms', key.KeyAgreementAlgorithms],
    ['Encapsulation algorithms', key.EncapsulationAlgorithms],
  ]
  const [term, names] = lists.find(([, names]) => names) ?? ['Algorithms', []]
  return { term, value: names?.length ? <Names names={names} /> : '—' }
}

/** Only keys that encrypt have a largest plaintext; it depends on the algorithm. */
function limitsOf({ KeySpec, KeyUsage }: KeyMetadata): Fact[] {
  if (KeyUsage !== 'ENCRYPT_DECRYPT') return []
  const limits = Object.entries(KEY_SPECS[KeySpec].maxPlaintext)
  const [only] = limits
  if (limits.length === 1 && only)
    return [{ term: 'Largest plaintext of one call', value: formatBytes(only[1]) }]
  const each = limits.map(([algorithm, bytes]) => `${formatBytes(bytes)} with ${algorithm}`)
  return [{ term: 'Largest plaintext of one call', value: each.join(', ') }]
}

/** What is only told of imported material. */
const expiryOf = ({ ExpirationModel, ValidTo }: KeyMetadata): Fact[] =>
  ExpirationModel
    ? [
        {
          term: 'Expiration of the material',
          value: ValidTo ? <Time at={ValidTo} as="moment" /> : 'Does not expire',
        },
      ]
    : []

function regionalityOf({ MultiRegionConfiguration: family }: KeyMetadata): string {
  if (!family) return 'Single Region'
  return family.MultiRegionKeyType === 'PRIMARY' ? 'Multi-Region, primary' : 'Multi-Region, replica'
}

/** What KeyMetadata says of a key's cryptography, member by member. */
export function factsOf(key: KeyMetadata): Fact[] {
  const material = key.CurrentKeyMaterialId
  return [
    { term: 'Key spec', value: `${specWords(key.KeySpec)} (${key.KeySpec})` },
    { term: 'Key usage', value: `${USAGE_LABEL[key.KeyUsage]} (${key.KeyUsage})` },
    algorithmsOf(key),
    ...limitsOf(key),
    { term: 'Origin of the key material', value: ORIGIN_WORDS[key.Origin] },
    ...expiryOf(key),
    { term: 'Regionality', value: regionalityOf(key) },
    { term: 'Managed by', value: key.KeyManager === 'CUSTOMER' ? 'You (CUSTOMER)' : 'A service (AWS)' },
    ...(material
      ? [
          {
            term: 'Current key material',
            value: <Identifier value={material} short={`${material.slice(0, 16)}…`} name="key material ID" />,
          },
        ]
      : []),
  ]
}
