import { cn } from '#components/ui/class-names.ts'
import { formatNumber, principalLabel } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'

export type Budget = OutputOf<'ListUseBudgets'>['Budgets'][number]
export type Period = Budget['Period']

/** A budget is of the day or the month that runs, in UTC. */
export const PERIOD_WORDS: Record<Period, string> = { day: 'today', month: 'this month' }

export const isOver = ({ Used, Most }: Budget): boolean => Used > Most

/** How much of a budget is used: in words, and as a bar. */
export function BudgetLine({ budget }: { budget: Budget }) {
  const { Used, Most, Period: period, SetBy } = budget
  const over = isOver(budget)
  const share = Math.min(100, (Used / Most) * 100)
  return (
    <div className="min-w-0 grow basis-56 text-table">
      <p>
        {formatNumber(Used)} of {formatNumber(Most)} uses {PERIOD_WORDS[period]}
        {over && <span className="font-semibold text-vermilion"> · over budget</span>}
        <span className="text-text3"> · set by {principalLabel(SetBy)}</span>
      </p>
      <div aria-hidden="true" className="mt-1 h-1.5 border border-line-strong bg-surface">
        <div
          className={cn('mark h-full', over ? 'bg-vermilion' : share >= 80 ? 'bg-brass-mark' : 'bg-text2')}
          style={{ width: `${share}%` }}
        />
      </div>
    </div>
  )
}
