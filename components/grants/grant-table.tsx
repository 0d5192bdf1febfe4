'use client'

import { useRef, useState } from 'react'
import { useRowKeys } from '#components/shortcuts/row-keys.ts'
import { Button } from '#components/ui/button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { type From, HeaderCell, Table, TableBody, TableFoot, TableHead } from '#components/ui/table.tsx'
import { formatNumber } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import { EndGrant, type EndGrantCalls, type Ending } from './end-grant.tsx'
import { GrantDetail } from './grant-detail.tsx'
import { GrantRow } from './grant-row.tsx'
import type { ShownGrant } from './grant-words.ts'
import type { GrantPages } from './use-grant-pages.ts'

type Column = { readonly label: string; readonly from?: From }
const COLUMNS: readonly Column[] = [
  { label: 'Grant' },
  { label: 'Key' },
  { label: 'Grantee' },
  { label: 'Operations' },
  { label: 'Constraint', from: 'lg' },
  { label: 'Retiring principal', from: 'xl' },
  { label: 'Issued by', from: '2xl' },
  { label: 'Created', from: 'lg' },
]

type GrantTableProps = {
  caption: string
  scope: Scope
  /** ARN of who is signed in. */
  self: string
  pages: GrantPages
  calls: EndGrantCalls
  /** With a column for the key, where grants of several are listed. */
  withKey?: boolean
  /** With a button to retire each. */
  retire?: boolean
}

type Asked = { readonly grant: ShownGrant; readonly what: 'detail' | Ending }

/** A page of grants; one opens in a drawer, and ends after a question. */
export function GrantTable({
  caption,
  scope,
  self,
  pages,
  calls,
  withKey = false,
  retire = false,
}: GrantTableProps) {
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  const scroll = useRef<HTMLDivElement>(null)
  useRowKeys({ scroll })
  const columns = COLUMNS.filter(({ label }) => withKey || label !== 'Key')
  return (
    <>
      <Table
        caption={caption}
        busy={pages.refining}
        rowCount={pages.count?.CountIsExact ? pages.count.Count + 1 : -1}
        scrollRef={scroll}
      >
        <TableHead>
          {columns.map(({ label, from }) => (
            <HeaderCell key={label} from={from}>
              {label}
            </HeaderCell>
          ))}
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {pages.loading && <SkeletonRows columns={columns.length + 1} />}
          {pages.grants.map((grant, index) => (
            <GrantRow
              key={grant.GrantId}
              scope={scope}
              grant={grant}
              index={pages.before + index}
              withKey={withKey}
              retire={retire}
              onOpen={() => setAsked({ grant, what: 'detail' })}
              onEnd={(what) => setAsked({ grant, what })}
            />
          ))}
        </TableBody>
      </Table>
      <GrantFoot pages={pages} />
      {asked?.what === 'detail' && (
        <GrantDetail
          scope={scope}
          self={self}
          grant={asked.grant}
          onEnd={(what) => setAsked({ grant: asked.grant, what })}
          onClose={close}
        />
      )}
      {asked && asked.what !== 'detail' && (
        <EndGrant scope={scope} grant={asked.grant} ending={asked.what} calls={calls} onClose={close} />
      )}
    </>
  )
}

/** "51–100 of 1,284", and the way to the others. */
function GrantFoot({ pages: { grants, before, count, next, previous, refining } }: { pages: GrantPages }) {
  if (grants.length === 0) return null
  // A count that is not exact is of at least so many, and of those in sight.
  const least = count && Math.max(count.Count, before + grants.length)
  const of = count && ` of ${formatNumber(least ?? 0)}${count.CountIsExact ? '' : '+'}`
  return (
    <TableFoot>
      <span>
        {formatNumber(before + 1)}–{formatNumber(before + grants.length)}
        {of}
      </span>
      {(next || previous) && (
        <span className="flex gap-2">
          <Button reason={previous ? undefined : 'This is the first page.'} onClick={previous}>
            Previous
          </Button>
          <Button
            reason={next || refining ? undefined : 'This is the last page.'}
            pending={refining}
            pendingLabel="Loading…"
            onClick={next}
          >
            Next
          </Button>
        </span>
      )}
    </TableFoot>
  )
}
