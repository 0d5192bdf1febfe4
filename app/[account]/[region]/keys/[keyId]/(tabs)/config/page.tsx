import { ORIGIN_WORDS, specWords } from '#components/keys/key-words.ts'
import { Section } from '#components/page-header.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { formatBytes } from '#lib/console/format.ts'
import { isOffered, KEY_SPECS, USAGE_LABEL } from '#lib/domain/key-spec.ts'
import { type KeyProps, loadKey, titleOf } from '../../key.ts'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Configuration', params)

// What follows from a symmetric key whose material Keyhouse made.
const CAN = [
  'Encrypt and decrypt up to 4,096 bytes',
  'Generate data keys for larger data',
  'Re-encrypt to or from another key',
  'Rotate, by schedule and on demand',
]
const CANNOT = [
  'Sign or verify',
  'Give its key material to anyone',
  'Decrypt outside this server',
  'Change its spec, usage or origin later',
]

const Listed = ({ items }: { items: readonly string[] }) => (
  <ul className="text-table">
    {items.map((item) => (
      <li key={item} className="border-b border-line py-1.5 text-text2">
        {item}
      </li>
    ))}
  </ul>
)

export default async function ConfigPage({ params }: KeyProps) {
  const { key } = await loadKey(params)
  if (!key) return null
  const spec = isOffered(key.KeySpec) ? KEY_SPECS[key.KeySpec] : undefined
  return (
    <>
      <Section title="Cryptographic configuration">
        <Facts
          columns={3}
          facts={[
            { term: 'Key spec', value: `${specWords(key.KeySpec)} (${key.KeySpec})` },
            { term: 'Key usage', value: `${USAGE_LABEL[key.KeyUsage]} (${key.KeyUsage})` },
            { term: 'Encryption algorithms', value: (key.EncryptionAlgorithms ?? []).join(', ') || '—' },
            { term: 'Cipher', value: spec ? `AES-${spec.material.bytes * 8}-GCM` : '—' },
            { term: 'Largest plaintext of one call', value: spec ? formatBytes(spec.maxPlaintext) : '—' },
            { term: 'Origin of the key material', value: ORIGIN_WORDS[key.Origin] },
            { term: 'Regionality', value: key.MultiRegion ? 'Multi-Region' : 'Single Region' },
            {
              term: 'Managed by',
              value: key.KeyManager === 'CUSTOMER' ? 'You (CUSTOMER)' : 'A service (AWS)',
            },
            {
              term: 'Current key material',
              value: key.CurrentKeyMaterialId ? (
                <Identifier
                  value={key.CurrentKeyMaterialId}
                  short={`${key.CurrentKeyMaterialId.slice(0, 16)}…`}
                  name="key material ID"
                />
              ) : (
                '—'
              ),
            },
          ]}
        />
      </Section>
      {key.KeySpec === 'SYMMETRIC_DEFAULT' && (
        <div className="grid gap-x-7 md:grid-cols-2">
          <Section title="What this key can do">
            <Listed items={CAN} />
          </Section>
          <Section title="What it can’t do">
            <Listed items={CANNOT} />
          </Section>
        </div>
      )}
    </>
  )
}
