'use client'

import Link from 'next/link'
import { EmptyState } from '#components/states.tsx'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { unusedIn, type WhoCan } from './matrix-words.ts'

type NotesProps = {
  scope: Scope
  keyId: string
  whoCan: WhoCan
  /** Rows that the matrix shows. */
  shown: number
  closed: boolean
}

/** What the matrix says as a whole, and what it leaves out. */
export function AccessNotes({ scope, keyId, whoCan, shown, closed }: NotesProps) {
  const unused = closed ? 0 : unusedIn(whoCan.Rows)
  return (
    <div className="mt-4 max-w-prose space-y-2 text-table text-text2">
      {shown === 0 && <NoRows scope={scope} keyId={keyId} closed={closed} />}
      {unused > 0 && (
        <p>
          {count(unused, 'allowed action')} unused for 90 days.{' '}
          <Link href={paths.editPolicy(scope, keyId)} className="link">
            Draft a tighter policy
          </Link>
        </p>
      )}
      {whoCan.WithoutPath > 0 && (
        <details>
          <summary className="min-h-6 w-fit">No path: {count(whoCan.WithoutPath, 'principal')}</summary>
          <p className="pt-1">
            No policy and no grant lets them do any of this with the key, nothing denies it to them by name,
            and no single call of theirs would change that.
          </p>
        </details>
      )}
    </div>
  )
}

function NoRows({ scope, keyId, closed }: { scope: Scope; keyId: string; closed: boolean }) {
  if (closed) return <p>Of the principals that you may ask about, none has a path to this key.</p>
  return (
    <EmptyState
      actions={
        <Link href={paths.editPolicy(scope, keyId)} className="link">
          Edit the key policy
        </Link>
      }
    >
      <p>No principal besides the account root has a path. Add administrators or users.</p>
    </EmptyState>
  )
}
