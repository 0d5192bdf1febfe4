import Link from 'next/link'
import { paths } from '#lib/console/paths.ts'
import { AwsLink } from './aws-link.tsx'
import { Prose } from './prose.tsx'
import { type Difference, EVIDENCE, THEN_AND_NOW } from './then-and-now.ts'

/** What notes say, what AWS does, what Keyhouse does: side by side where there is room. */
export function DifferenceList() {
  return THEN_AND_NOW.map((difference) => <Entry key={difference.id} difference={difference} />)
}

function Entry({ difference }: { difference: Difference }) {
  const { id, topic, notes, aws, keyhouse } = difference
  const sides = [
    { term: 'Notes say', text: notes },
    { term: 'AWS now', text: aws },
    { term: 'Keyhouse', text: keyhouse },
  ]
  return (
    <section id={id} aria-labelledby={`${id}-topic`} className="-mx-2 px-2 pb-4 target:bg-selected">
      <h2 id={`${id}-topic`} className="mb-2 border-b border-line pt-2 pb-1 text-section">
        <Link href={paths.help('then-and-now', id)} className="hover:text-ink hover:underline">
          {topic}
        </Link>
      </h2>
      <dl className="grid gap-x-6 gap-y-2 lg:grid-cols-[1fr_1.6fr_1.4fr]">
        {sides.map(({ term, text }) => (
          <div key={term} className="min-w-0 max-w-prose">
            <dt className="text-label font-medium text-text2">{term}</dt>
            <dd>
              <Prose text={text} />
            </dd>
          </div>
        ))}
      </dl>
      <Source difference={difference} />
    </section>
  )
}

function Source({ difference: { evidence, unsure, read, topic } }: { difference: Difference }) {
  return (
    <p className="mt-2 max-w-prose text-label text-text2">
      Known from {evidence.map((name) => EVIDENCE[name]).join('; ')}.{' '}
      {unsure && <>Not confirmed: {unsure} </>}
      <AwsLink page={read} about={topic} />
    </p>
  )
}
