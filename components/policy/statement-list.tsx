import { readPolicy } from '#lib/domain/policy-grammar.ts'
import type { DescribedStatement, StatementRole } from '#lib/domain/policy-sentences.ts'
import { describeStatement } from '#lib/domain/policy-sentences.ts'
import { cn } from '../ui/class-names.ts'
import { lineId } from './policy-text.tsx'

const ROLE_WORDS: Record<StatementRole, string> = {
  root: 'Account root',
  administrators: 'Administrators',
  users: 'Users',
  service: 'Service use',
  other: 'Other',
}

type Placed = DescribedStatement & { readonly sid: string | null; readonly line: number }

/** The statements of a policy in words, each with the line of the text where it begins. */
export function placeStatements(text: string, account: string): Placed[] {
  const { statements, places } = readPolicy(text, 'key')
  return statements.map((statement, index) => {
    const place = places.get(`/Statement/${index}`) ?? places.get('/Statement')
    const line = text.slice(0, place?.value.from ?? 0).split('\n').length
    return { ...describeStatement(statement, account), sid: statement.sid, line }
  })
}

/** A policy as sentences, conditions included: one row a statement, with its role and where it stands in the JSON. */
export function StatementList({ text, account }: { text: string; account: string }) {
  const statements = placeStatements(text, account)
  if (statements.length === 0) {
    return (
      <p className="border-b border-line py-2 text-table text-brass">
        This policy has no statement that can be read. Its text is shown as it is.
      </p>
    )
  }
  return (
    <ol>
      {statements.map((statement, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a statement is its place
        <li key={index} className="border-b border-line pb-2.5 pt-1.5">
          <Statement statement={statement} number={index + 1} />
        </li>
      ))}
    </ol>
  )
}

function Statement({ statement, number }: { statement: Placed; number: number }) {
  const { sid, role, effect, sentence, line } = statement
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2.5 text-label">
        <span
          className={cn(
            'font-medium',
            effect === 'Deny' ? 'text-vermilion' : effect === 'Allow' ? 'text-verdigris' : 'text-brass',
          )}
        >
          {effect ?? 'Unreadable'}
        </span>
        <span className="font-medium text-text">{ROLE_WORDS[role]}</span>
        <span className="min-w-0 break-words text-text3">{sid ?? `Statement ${number}`}</span>
        <a href={`#${lineId(line)}`} className="ms-auto text-ink hover:underline max-md:py-1">
          Line {line}
        </a>
      </div>
      <p className="mt-0.5 max-w-prose break-words text-table">{sentence}</p>
    </>
  )
}
