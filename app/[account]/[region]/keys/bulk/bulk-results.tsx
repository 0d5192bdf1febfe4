'use client'

import Link from 'next/link'
import { useState } from 'react'
import { keyTitle } from '#components/keys/key-words.ts'
import { OutcomeMark } from '#components/outcome-mark.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import type { BulkLine } from '#lib/console/bulk.ts'
import { paths } from '#lib/console/paths.ts'
import type { ListedKey } from '../key-search.ts'

type BulkResultsProps = {
  account: string
  lines: readonly BulkLine[]
  keys: readonly ListedKey[]
  done: string
}

/** One line a key: done with its event, or refused with what the engine said. */
export function BulkResults({ account, lines, keys, done }: BulkResultsProps) {
  const [refusedOnly, setRefusedOnly] = useState(false)
  const refused = lines.filter((line) => !line.ok)
  const nameOf = (id: string) => keyTitle(id, keys.find((key) => key.id === id)?.aliases[0])
  if (lines.length === 0) return null
  return (
    <div className="mt-3">
      {refused.length > 0 && refused.length < lines.length && (
        <Checkbox
          label={`Only refused (${refused.length})`}
          checked={refusedOnly}
          onChange={(event) => setRefusedOnly(event.target.checked)}
        />
      )}
      <ul
        aria-label="Results"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-72 overflow-y-auto border-t border-line -outline-offset-2"
      >
        {(refusedOnly ? refused : lines).map((line) => (
          <li
            key={line.key}
            className="flex flex-wrap items-center gap-x-3 border-b border-line px-2 py-1 text-table [content-visibility:auto]"
          >
            <span className="min-w-0 basis-56 break-all font-medium">{nameOf(line.key)}</span>
            {line.ok ? (
              <span className="text-text2">{done}</span>
            ) : (
              <>
                <OutcomeMark outcome={line.error.code === 'AccessDeniedException' ? 'denied' : 'error'} />
                <code className="text-mono">{line.error.code}</code>
              </>
            )}
            {!line.ok && (
              <span className="min-w-0 grow basis-72 break-words text-text2">{line.error.message}</span>
            )}
            <EventLink account={account} line={line} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function EventLink({ account, line }: { account: string; line: BulkLine }) {
  const id = line.ok ? line.eventId : line.error.eventId
  if (!id) return null
  return (
    <Link className="link ms-auto" href={paths.event(account, id)} prefetch={false}>
      View event
    </Link>
  )
}
