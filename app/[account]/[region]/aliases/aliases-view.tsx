'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { type ReactNode, useRef, useState } from 'react'
import { Denied } from '#components/denied.tsx'
import { ExportMenu } from '#components/export-menu.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { count, formatNumber } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { aliasInput } from './alias-search.ts'
import { AliasTable } from './alias-table.tsx'
import { CreateAliasDialog } from './create-alias-dialog.tsx'
import { ReservedAliases } from './reserved-aliases.tsx'
import { type AliasRows, type FirstPage, useAliasRows } from './use-alias-rows.ts'

type AliasesViewProps = { scope: Scope; first: FirstPage }

const countOf = ({ Count, CountIsExact }: { Count: number; CountIsExact: boolean }) =>
  CountIsExact ? count(Count, 'alias', 'aliases') : `${formatNumber(Count)}+ aliases`

/** Every alias of customer keys in this account and Region, and those AWS keeps for itself. */
export function AliasesView({ scope, first }: AliasesViewProps) {
  const [q, setQ] = useQueryState('q', parseAsString.withDefault(''))
  const [creating, setCreating] = useState(false)
  const rows = useAliasRows(scope, aliasInput(q), first)
  const { refusal, latest } = rows
  const none = latest !== undefined && !rows.refining && rows.aliases.length === 0
  const mayCreate = () => refusal === undefined
  useShortcuts([
    {
      keys: ['c'],
      label: 'Create alias',
      group: 'This page',
      when: mayCreate,
      offered: mayCreate,
      run: () => setCreating(true),
    },
  ])
  const create = (
    <Button size="form" variant="primary" onClick={() => setCreating(true)}>
      Create alias
    </Button>
  )
  return (
    <>
      <PageHeader
        crumbs={[{ label: scope.region }, { label: 'Aliases' }]}
        title="Aliases"
        fact={latest && !refusal && countOf(latest)}
        actions={
          !refusal &&
          !(none && q === '') && (
            <>
              {latest && !none && (
                <ExportMenu list="aliases" region={scope.region} query={{ q }} what={countOf(latest)} />
              )}
              <Button variant="primary" onClick={() => setCreating(true)}>
                Create alias
              </Button>
            </>
          )
        }
      />
      {refusal && isDenied(refusal) ? (
        <Denied size="page" refusal={refusal} what="You can’t list the aliases of this account." />
      ) : refusal && rows.aliases.length === 0 ? (
        <ErrorState what="Aliases couldn’t be loaded." refusal={refusal} onRetry={rows.retry} />
      ) : (
        <>
          {(q !== '' || !none) && <Filter value={q} onChange={(words) => void setQ(words || null)} />}
          <Found scope={scope} rows={rows} none={none} words={q} create={create}>
            <Button onClick={() => void setQ(null)}>Clear filter</Button>
          </Found>
          <ReservedAliases scope={scope} />
        </>
      )}
      {creating && <CreateAliasDialog scope={scope} onClose={() => setCreating(false)} />}
    </>
  )
}

function Filter({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  useShortcuts([
    { keys: ['/'], label: 'Filter aliases', group: 'This page', run: () => input.current?.focus() },
  ])
  return (
    <Field label="Filter aliases" help="Part of a name." className="mb-3 max-w-96">
      {(control) => (
        <Input
          {...control}
          ref={input}
          required={false}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

type FoundProps = {
  scope: Scope
  rows: AliasRows
  none: boolean
  words: string
  create: ReactNode
  children: ReactNode
}

function Found({ scope, rows, none, words, create, children: clear }: FoundProps) {
  if (!none) return <AliasTable scope={scope} rows={rows} />
  if (words !== '')
    return (
      <EmptyState actions={clear}>
        <p>
          No aliases match <code className="break-all text-mono">{words}</code>
        </p>
      </EmptyState>
    )
  return (
    <EmptyState actions={create}>
      <p>An alias is a name you can repoint. Apps keep the alias while you change the key behind it.</p>
    </EmptyState>
  )
}
