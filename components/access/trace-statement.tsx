'use client'

import Link from 'next/link'
import { CodeBlock } from '#components/ui/code-block.tsx'
import {
  type Condition,
  conditionPhrase,
  type Explanation,
  lacks,
  policyPage,
  policyTitle,
  type Statement,
  sawPhrase,
  statementTitle,
} from './trace-words.ts'

type Props = {
  statement: Statement
  of: Pick<Explanation, 'PrincipalArn' | 'Resource' | 'Action'>
  /** The one that decided is quoted at once. */
  decided: boolean
}

/** A statement that decided or came near: what it says, what it lacked, and where it stands. */
export function TraceStatement({ statement, of, decided }: Props) {
  const missing = lacks(statement, of.Action)
  const { Sentence, Text, Conditions } = statement
  const page = policyPage(of, statement.PolicyRole)
  const place = `${statement.Line === null ? '' : `Line ${statement.Line} of `}${policyTitle(statement)}`
  const words = place.charAt(0).toUpperCase() + place.slice(1)
  return (
    <details open={decided} className="border-s-2 border-line-strong ps-2.5">
      <summary className="min-h-6 text-table">
        <span className="font-medium">{statementTitle(statement)}</span>
        <span className="text-text2">
          {decided ? ' decided.' : missing.length > 0 && `: ${missing.join('; ')}.`}
        </span>
      </summary>
      <div className="space-y-1.5 pt-1 pb-1.5 text-table text-text2">
        {Sentence && (
          <p>
            {statement.Effect === 'Deny' && 'Deny: '}
            {Sentence}
          </p>
        )}
        {Text ? (
          <CodeBlock code={Text} label={statementTitle(statement)} copy={false} wrap />
        ) : (
          <p>You may not read this policy, so its text isn’t shown.</p>
        )}
        <ConditionList conditions={Conditions} />
        <p>
          {page ? (
            <Link href={page} className="link">
              {words}
            </Link>
          ) : (
            words
          )}
        </p>
      </div>
    </details>
  )
}

function ConditionList({ conditions }: { conditions: readonly Condition[] }) {
  if (conditions.length === 0) return null
  return (
    <ul className="space-y-0.5">
      {conditions.map((condition) => (
        <li key={`${condition.Key} ${condition.Operator}`}>
          <code className="break-all text-mono">{conditionPhrase(condition)}</code>:{' '}
          <span className={condition.Holds ? 'text-verdigris' : 'text-vermilion'}>
            {condition.Holds ? 'met' : 'not met'}
          </span>
          , {sawPhrase(condition)}.
        </li>
      ))}
    </ul>
  )
}
