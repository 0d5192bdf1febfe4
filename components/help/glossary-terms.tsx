import Link from 'next/link'
import { paths } from '#lib/console/paths.ts'
import { AwsLink } from './aws-link.tsx'
import { GLOSSARY, type Term } from './glossary.ts'
import { Prose } from './prose.tsx'

const NAMES = new Map(GLOSSARY.map(({ id, term }) => [id, term]))

/** Terms with their paragraphs. Each is an anchor, and its name is the link to it. */
export function GlossaryTerms({ terms }: { terms: readonly Term[] }) {
  return (
    <dl className="max-w-prose">
      {terms.map((term) => (
        <div
          key={term.id}
          id={term.id}
          className="-mx-2 border-b border-line px-2 py-3 last:border-b-0 target:bg-selected"
        >
          <dt className="text-section">
            <Link href={paths.help('glossary', term.id)} className="hover:text-ink hover:underline">
              {term.term}
            </Link>
          </dt>
          <dd className="mt-1">
            <p>
              <Prose text={term.text} />
            </p>
            <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-table text-text2">
              {term.see && <SeeAlso ids={term.see} />}
              <AwsLink page={term.read} about={term.term} />
            </p>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function SeeAlso({ ids }: { ids: readonly string[] }) {
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      See
      {ids.map((id) => (
        <Link key={id} href={paths.help('glossary', id)} className="link inline-block max-md:py-1">
          {NAMES.get(id)}
        </Link>
      ))}
    </span>
  )
}
