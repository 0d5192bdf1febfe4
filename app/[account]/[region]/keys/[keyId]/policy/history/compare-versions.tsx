'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { PolicyChange } from '#components/policy/policy-change.tsx'
import { ErrorState } from '#components/states.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/input.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import { read } from '#lib/console/queries.ts'
import type { PolicyPlace, PolicyVersion } from '../policy-place.ts'

/** Two versions of the address, 3..5; the last change where it names none. */
function chosen(text: string | null, versions: readonly PolicyVersion[]): readonly [number, number] {
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(text ?? '') ?? []
  const newest = versions[0]?.Version ?? 1
  return [from ? Number(from) : Math.max(1, newest - 1), to ? Number(to) : newest]
}

type CompareVersionsProps = { place: PolicyPlace; versions: readonly PolicyVersion[] }

/** Any two versions against each other. Which two stands in the address. */
export function CompareVersions({ place, versions }: CompareVersionsProps) {
  const [compare, setCompare] = useQueryState('compare', parseAsString)
  const [from, to] = chosen(compare, versions)
  const { account, region } = place.scope
  const version = (Version: number) =>
    read(account, region, 'GetPolicyVersion', { KeyId: place.reference, Version })
  const before = useQuery({ ...version(from), staleTime: Number.POSITIVE_INFINITY })
  const after = useQuery({ ...version(to), staleTime: Number.POSITIVE_INFINITY })
  const error = before.error ?? after.error
  const choice = (label: string, value: number, choose: (version: string) => void) => (
    <Field label={label}>
      {({ required: _, ...control }) => (
        <Select {...control} value={value} onChange={(event) => choose(event.target.value)}>
          {versions.map(({ Version }) => (
            <option key={Version} value={Version}>
              v{Version}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
  return (
    <>
      <div className="mb-3 grid max-w-80 grid-cols-2 gap-3">
        {choice('From', from, (next) => void setCompare(`${next}..${to}`))}
        {choice('To', to, (next) => void setCompare(`${from}..${next}`))}
      </div>
      {error && (
        <ErrorState
          what="A version couldn’t be read."
          refusal={refusalIn(error)}
          onRetry={() => void Promise.all([before.refetch(), after.refetch()])}
        />
      )}
      {before.data && after.data ? (
        <PolicyChange
          before={before.data.Policy}
          after={after.data.Policy}
          beforeName={`v${from}`}
          afterName={`v${to}`}
          account={account}
        />
      ) : (
        !error && <Skeleton className="w-1/2" />
      )}
    </>
  )
}
