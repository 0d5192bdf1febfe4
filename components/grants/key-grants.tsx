'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { parseAsString, useQueryStates } from 'nuqs'
import type { ReactNode } from 'react'
import { Denied } from '#components/denied.tsx'
import { Section } from '#components/page-header.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { EmptyState, ErrorState, StaleLine } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { count, formatNumber } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { GRANT_LIMITS } from '#lib/domain/grant.ts'
import type { EndGrantCalls } from './end-grant.tsx'
import { GrantNotes } from './grant-notes.tsx'
import { GrantTable } from './grant-table.tsx'
import { KeyGrantsFilter } from './key-grants-filter.tsx'
import { listInput } from './list-input.ts'
import { type FirstPage, useGrantPages } from './use-grant-pages.ts'

type KeyGrantsProps = {
  scope: Scope
  self: string
  /** The key's id, or its ARN where it is another account's. */
  reference: string
  /** Those of the key. */
  aliases: readonly string[]
  first: FirstPage<'ListGrants'>
  calls: EndGrantCalls
  /** "Create grant", or why not. */
  create: ReactNode
  asCode: ReactNode
}

/** How many grants the key has. The list of all grants counts, for those who may read it; near the quota it says so. */
function CountFact({
  scope,
  reference,
  known,
}: {
  scope: Scope
  reference: string
  known: number | undefined
}) {
  const input: InputOf<'SearchGrants'> = { Filter: `key:${reference}`, Limit: 1 }
  // Grants on another account's key are not in the list of one's own.
  const countable = known === undefined && !reference.startsWith('arn:')
  const { data } = useQuery({
    ...read(scope.account, scope.region, 'SearchGrants', input),
    enabled: countable,
  })
  if (known !== undefined) return known === 0 ? null : count(known, 'grant')
  if (!data) return null
  if (data.CountIsExact) return count(data.Count, 'grant')
  return `More than ${formatNumber(data.Count)} of at most ${formatNumber(GRANT_LIMITS.perKey)} grants`
}

/** The grants of one key, in the order in which they were made. */
export function KeyGrants(props: KeyGrantsProps) {
  const { scope, self, reference, aliases, first, calls, create, asCode } = props
  const [filter, setFilter] = useQueryStates({
    grantee: parseAsString.withDefault(''),
    grant: parseAsString.withDefault(''),
  })
  const listed = useGrantPages('ListGrants', scope, { input: listInput(reference, filter, scope), first })
  // ListGrants names no alias; drawers and questions do.
  const pages = { ...listed, grants: listed.grants.map((grant) => ({ ...grant, KeyAliases: aliases })) }
  const { refusal, grants } = pages
  const filtered = filter.grantee !== '' || filter.grant !== ''
  const clear = () => void setFilter({ grantee: null, grant: null })
  if (refusal && isDenied(refusal))
    return (
      <>
        <Denied refusal={refusal} what="You can’t list this key’s grants." />
        <p className="mt-3 text-table">
          You can retire grants that name you.{' '}
          <Link className="link" href={paths.grants(scope)}>
            Grants you can retire
          </Link>
        </p>
      </>
    )
  const badId = refusal?.code === 'InvalidGrantIdException'
  const empty = !pages.loading && !pages.refining && grants.length === 0
  const whole = pages.next || pages.previous || filtered || pages.loading ? undefined : grants.length
  return (
    <Section
      title="Grants"
      fact={
        !refusal && !(empty && !filtered) && <CountFact scope={scope} reference={reference} known={whole} />
      }
      actions={
        !(empty && !filtered && !refusal) && (
          <>
            {asCode}
            {create}
          </>
        )
      }
    >
      <GrantNotes />
      {(filtered || !empty || refusal) && (
        <KeyGrantsFilter
          key={JSON.stringify(filter)}
          value={filter}
          onChange={({ grantee, grant }) =>
            void setFilter({ grantee: grantee || null, grant: grant || null })
          }
          fault={badId ? 'A grant ID is 64 hexadecimal digits.' : undefined}
        />
      )}
      {refusal && !badId && grants.length > 0 && <StaleLine since={pages.since} onRetry={pages.retry} />}
      {refusal && !badId && grants.length === 0 && (
        <ErrorState what="Grants couldn’t be loaded." refusal={refusal} onRetry={pages.retry} />
      )}
      {!refusal && empty ? (
        filtered ? (
          <EmptyState actions={<Button onClick={clear}>Clear filters</Button>}>
            <p>No grant of this key matches.</p>
          </EmptyState>
        ) : (
          <EmptyState
            actions={
              <>
                {create}
                {asCode}
              </>
            }
          >
            <p>
              A grant gives one principal a few operations, often for a while, without editing the policy.
            </p>
          </EmptyState>
        )
      ) : (
        (pages.loading || grants.length > 0) && (
          <GrantTable caption="Grants of this key" scope={scope} self={self} pages={pages} calls={calls} />
        )
      )}
    </Section>
  )
}

/** The way to the form; the key's state may forbid a new grant. */
export function CreateGrantLink({ href, reason }: { href: string; reason: string | undefined }) {
  const router = useRouter()
  const may = () => reason === undefined
  useShortcuts([
    {
      keys: ['c'],
      label: 'Create grant',
      group: 'This page',
      when: may,
      offered: may,
      run: () => router.push(href),
    },
  ])
  return reason ? (
    <Button variant="primary" reason={reason}>
      Create grant
    </Button>
  ) : (
    <LinkButton variant="primary" href={href}>
      Create grant
    </LinkButton>
  )
}
