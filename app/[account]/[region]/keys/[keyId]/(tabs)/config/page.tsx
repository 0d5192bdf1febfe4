import { abilitiesOf } from '#components/keys/key-abilities.ts'
import { kindOf } from '#components/keys/key-kind.ts'
import { Section } from '#components/page-header.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { type KeyProps, loadKey, titleOf } from '../../key.ts'
import { factsOf } from './config-facts.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Configuration', params)

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
  const { can, cannot } = abilitiesOf(kindOf(key))
  return (
    <>
      <Section title="Cryptographic configuration">
        <Facts columns={3} facts={factsOf(key)} />
      </Section>
      <div className="grid gap-x-7 md:grid-cols-2">
        <Section title="What this key can do">
          <Listed items={can} />
        </Section>
        <Section title="What it can’t do">
          <Listed items={cannot} />
        </Section>
      </div>
    </>
  )
}
