'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/page-header.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { EmptyState } from '#components/states.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { type IdentityList as List, paths, type Scope } from '#lib/console/paths.ts'
import { crumbsOf } from '../crumbs.ts'
import { hasWords, ListFilter, NoMatch, useListFilter } from './list-filter.tsx'
import { type ListColumn, ListTable } from './list-table.tsx'
import { RowMenu } from './row-menu.tsx'

type Listed = { readonly name: string; readonly arn: string }

type IdentityListProps<R extends Listed> = {
  scope: Scope
  list: List
  /** Of one: "role"; the list's own name is its plural. */
  noun: string
  /** "Roles" */
  title: string
  /** How many there are, in words. */
  fact: string
  caption?: string
  rows: readonly R[]
  columns: readonly ListColumn<R>[]
  /** What of a row the filter looks at beside its name, and how its help says so. */
  textsOf?: (row: R) => readonly string[]
  help?: string
  /** What such a thing is for, where there is none. */
  empty: string
  /** What can be done to a row beside opening it and copying its ARN. */
  menu: (row: R) => ReactNode
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** The list of the groups, roles or policies of an account, which is here whole: filter, rows, and how to make one. */
export function IdentityList<R extends Listed>(props: IdentityListProps<R>) {
  const { scope, list, noun, title, fact, caption = title, rows, columns, textsOf, empty, menu } = props
  const { words, setWords } = useListFilter()
  const router = useRouter()
  const { copy } = useCopy()
  const create = paths.newIdentity(scope.account, list)
  const run = () => router.push(create)
  useShortcuts([{ keys: ['c'], label: `Create ${noun}`, group: 'This page', run }])
  const nouns = title.toLowerCase()
  const shown = rows.filter((row) => hasWords(words, [row.name, ...(textsOf?.(row) ?? [])]))
  const hrefOf = ({ name }: R) => paths.identity(scope.account, list, name)
  return (
    <>
      <PageHeader
        crumbs={crumbsOf(scope.account, list)}
        title={title}
        fact={fact}
        actions={
          <LinkButton variant="primary" href={create}>
            Create {noun}
          </LinkButton>
        }
      />
      {rows.length === 0 ? (
        <EmptyState>
          <p>{empty}</p>
        </EmptyState>
      ) : (
        <ListFilter
          label={`Filter ${nouns}`}
          help={props.help ?? 'Part of a name.'}
          words={words}
          onChange={setWords}
        />
      )}
      {rows.length > 0 && shown.length === 0 && (
        <NoMatch what={nouns} words={words} onClear={() => setWords('')} />
      )}
      {shown.length > 0 && (
        <ListTable
          caption={caption}
          head={capital(noun)}
          rows={shown}
          nameOf={({ name }) => name}
          hrefOf={hrefOf}
          columns={columns}
          menu={(row) => (
            <RowMenu name={row.name}>
              <MenuItem href={hrefOf(row)}>Open</MenuItem>
              <MenuItem onSelect={() => copy(row.arn)}>Copy ARN</MenuItem>
              <MenuRule />
              {menu(row)}
            </RowMenu>
          )}
        />
      )}
    </>
  )
}
