'use client'

import { useQueries } from '@tanstack/react-query'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { EmptyState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { parseFilter, printFilter, printTerm } from '#lib/domain/filter.ts'
import { KEY_FIELDS } from '#lib/domain/operations/insight.ts'
import { countInput, countWords } from './key-search.ts'

export type OtherRegion = { readonly region: string; readonly Count: number; readonly CountIsExact: boolean }

/** No keys here: what a key is, or where they are instead. */
export function NoKeys({
  scope,
  others,
  endpoint,
}: {
  scope: Scope
  others: readonly OtherRegion[]
  endpoint: string
}) {
  const elsewhere = others.filter(({ Count }) => Count > 0)
  const create = (
    <LinkButton
      size="form"
      variant={elsewhere.length > 0 ? 'secondary' : 'primary'}
      href={paths.newKey(scope)}
    >
      Create key
    </LinkButton>
  )
  if (elsewhere.length > 0) {
    return (
      <EmptyState
        actions={
          <>
            {elsewhere.map(({ region }, index) => (
              <LinkButton
                key={region}
                size="form"
                variant={index === 0 ? 'primary' : 'secondary'}
                href={paths.keys({ account: scope.account, region })}
              >
                Switch to {region}
              </LinkButton>
            ))}
            {create}
          </>
        }
      >
        <p>
          No keys in {scope.region}.{' '}
          {elsewhere.map((other) => `${other.region} has ${countWords(other)}`).join(', ')}.
        </p>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      actions={
        <>
          {create}
          <ShowAsCode
            snippets={snippetsFor([{ name: 'CreateKey', input: { Description: 'My first key' } }], {
              endpoint,
              region: scope.region,
            })}
          />
        </>
      }
    >
      <p>A KMS key is a name for key material that never leaves this server.</p>
      <p>Policies on the key decide who may manage it and who may use it.</p>
    </EmptyState>
  )
}

/** A filter that fits nothing, and the one term whose removal brings most back. */
export function NoMatch({
  scope,
  filter,
  onFilter,
}: {
  scope: Scope
  filter: string
  onFilter: (filter: string) => void
}) {
  const { terms } = parseFilter(filter, KEY_FIELDS)
  const without = terms.map((term) => ({ term, rest: printFilter(terms.filter((other) => other !== term)) }))
  const counts = useQueries({
    queries:
      without.length < 2
        ? []
        : without.map(({ rest }) => read(scope.account, scope.region, 'SearchKeys', countInput(rest))),
  })
  const found = without.map((one, index) => ({ ...one, matches: counts[index]?.data?.Count ?? 0 }))
  const best = found.reduce<(typeof found)[number] | undefined>(
    (most, one) => (one.matches > (most?.matches ?? 0) ? one : most),
    undefined,
  )
  return (
    <EmptyState
      actions={
        <>
          <Button onClick={() => onFilter('')}>Clear filters</Button>
          {best && (
            <Button onClick={() => onFilter(best.rest)}>
              Remove {printTerm(best.term)} ({count(best.matches, 'match', 'matches')})
            </Button>
          )}
        </>
      }
    >
      <p>
        No keys match <code className="break-all text-mono">{filter}</code>
      </p>
    </EmptyState>
  )
}
