'use client'

import { useQuery } from '@tanstack/react-query'
import { KeyName } from '#components/key-name.tsx'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { BudgetLine, isOver } from '../keys/budgets/budget-line.tsx'

/** Keys that should not be used more often than somebody said. */
export function Budgets({ scope }: { scope: Scope }) {
  const { data, error, refetch } = useQuery(read(scope.account, scope.region, 'ListUseBudgets', {}))
  const over = data?.Budgets.filter(isOver).length ?? 0
  return (
    <Section
      title="Use budgets"
      fact={over > 0 && <span className="text-vermilion">{over} over budget</span>}
    >
      {error ? (
        <ErrorState
          what="Budgets couldn’t be listed."
          refusal={refusalIn(error)}
          onRetry={() => void refetch()}
        />
      ) : !data ? (
        <Skeleton className="w-4/5" />
      ) : data.Budgets.length === 0 ? (
        <Hint>No key has a budget. It is set on the key’s Activity, per day or per month.</Hint>
      ) : (
        <ul>
          {data.Budgets.map((budget) => (
            <li
              key={`${budget.KeyId} ${budget.Period}`}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2"
            >
              <KeyName
                keyId={budget.KeyId}
                alias={budget.Alias ?? undefined}
                href={paths.key(scope, budget.KeyId, 'activity')}
                className="basis-64 text-table"
              />
              <BudgetLine budget={budget} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
