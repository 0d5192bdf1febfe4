import Link from 'next/link'
import { Section } from '#components/page-header.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { MANAGED_ALIASES } from '#lib/domain/aws-managed.ts'

/** Names that AWS keeps for its services: shown apart, because nobody here can create, repoint or delete one. */
export function ReservedAliases({ scope }: { scope: Scope }) {
  return (
    <div className="mt-7">
      <Section title="Reserved for AWS services" fact={`${MANAGED_ALIASES.length} names`} level={2}>
        <p className="max-w-prose text-table text-text2">
          ListAliases also answers these. Each stands for the key that a service makes when it is first
          needed; until then it points at nothing. Nobody can create, repoint or delete one.{' '}
          <Link className="link" href={paths.managedKeys(scope)}>
            AWS managed keys
          </Link>
        </p>
        <ul aria-label="Reserved aliases" className="mt-2 columns-[200px] gap-x-6 text-table text-text2">
          {MANAGED_ALIASES.map((name) => (
            <li key={name} className="break-all py-0.5 font-mono text-mono">
              {name}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  )
}
