'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { Section } from '#components/page-header.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import { removeBudget } from './actions.ts'
import { BudgetForm } from './budget-form.tsx'
import { type Budget, BudgetLine, type Period } from './budget-line.tsx'

type KeyBudgetsProps = { scope: Scope; keyId: string; name: string; budgets: readonly Budget[] }

const PERIODS: readonly Period[] = ['day', 'month']

/** How often the key may be used before somebody should look: nothing is refused because of it. */
export function KeyBudgets({ scope, keyId, name, budgets }: KeyBudgetsProps) {
  const [editing, setEditing] = useState<Period>()
  const free = PERIODS.filter((period) => !budgets.some(({ Period }) => Period === period))
  const [first] = free
  return (
    <Section
      title="Use budget"
      actions={
        first && editing === undefined ? (
          <Button onClick={() => setEditing(first)}>Set a budget</Button>
        ) : undefined
      }
    >
      {budgets.length === 0 && editing === undefined && (
        <Hint>
          No budget is set. A budget says how often the key should be used in a day or a month; more than that
          shows here and on the overview. Nothing is refused because of it.
        </Hint>
      )}
      <ul>
        {budgets.map((budget) => (
          <BudgetRow
            key={budget.Period}
            scope={scope}
            keyId={keyId}
            name={name}
            budget={budget}
            onEdit={() => setEditing(budget.Period)}
          />
        ))}
      </ul>
      {editing && (
        <BudgetForm
          scope={scope}
          keyId={keyId}
          name={name}
          period={editing}
          periods={budgets.some(({ Period }) => Period === editing) ? [editing] : free}
          most={budgets.find(({ Period }) => Period === editing)?.Most}
          onPeriod={setEditing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Section>
  )
}

type BudgetRowProps = Omit<KeyBudgetsProps, 'budgets'> & { budget: Budget; onEdit: () => void }

function BudgetRow({ scope, keyId, name, budget, onEdit }: BudgetRowProps) {
  const offline = useOfflineReason()
  const { Period: period } = budget
  const mutation = useAction(removeBudget, {
    account: scope.account,
    done: () => `${name} has no budget per ${period} any more.`,
  })
  return (
    <li className="border-b border-line py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <BudgetLine budget={budget} />
        <span className="flex gap-1">
          <Button variant="quiet" aria-label={`Change the budget per ${period}`} onClick={onEdit}>
            Change
          </Button>
          <Button
            variant="quiet"
            aria-label={`Remove the budget per ${period}`}
            pending={mutation.pending}
            pendingLabel="Removing…"
            reason={offline}
            onClick={() => void mutation.run({ region: scope.region, key: keyId, period })}
          >
            Remove
          </Button>
        </span>
      </div>
      {mutation.refusal && <MutationError refusal={mutation.refusal} what="The budget was not removed." />}
    </li>
  )
}
