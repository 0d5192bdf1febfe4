/** Budgets: how often a key may be used before the overview says so. They stop nobody. */
import type { z } from 'zod'
import { countUse } from '#lib/audit/usage/usage.ts'
import { dayOf, monthOf } from '#lib/audit/usage/use-days.ts'
import type { UseBudgetView } from '#lib/domain/evidence.ts'
import {
  DeleteUseBudgetInput,
  ListUseBudgetsInput,
  PutUseBudgetInput,
} from '#lib/domain/operations/evidence.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  deleteUseBudget,
  listUseBudgets,
  PERIODS,
  putUseBudget,
  type UseBudgetRow,
} from '#lib/store/use-budgets.ts'

type PutInput = z.infer<typeof PutUseBudgetInput>
type DeleteInput = z.infer<typeof DeleteUseBudgetInput>
type ListInput = z.infer<typeof ListUseBudgetsInput>

/**
 * A budget is a remark about a key, as its description is: it allows and refuses nothing. So whoever may describe the key
 * in words may do it in numbers, in the same states.
 */
const describe = (call: Call, keyId: string) =>
  call.key(keyId, 'kms:UpdateKeyDescription', { deed: 'describe' })

export const PutUseBudget = operation({
  name: 'PutUseBudget',
  service: 'Keyhouse',
  action: 'kms:UpdateKeyDescription',
  class: 'admin',
  input: PutUseBudgetInput,
  logged: { request: ({ KeyId, Period, Most }: PutInput) => ({ keyId: KeyId, period: Period, most: Most }) },

  async run(call, { KeyId, Period, Most }: PutInput) {
    const key = await describe(call, KeyId)
    const budget = { period: Period, most: Most, setBy: call.identity.principal.arn }
    return call.change({ rows: (rows) => putUseBudget(rows, key.row, budget), output: {} })
  },
})

export const DeleteUseBudget = operation({
  name: 'DeleteUseBudget',
  service: 'Keyhouse',
  action: 'kms:UpdateKeyDescription',
  class: 'admin',
  input: DeleteUseBudgetInput,
  logged: { request: ({ KeyId, Period }: DeleteInput) => ({ keyId: KeyId, period: Period }) },

  async run(call, { KeyId, Period }: DeleteInput) {
    const key = await describe(call, KeyId)
    return call.change({ rows: (rows) => deleteUseBudget(rows, key.row, Period), output: {} })
  },
})

/** Use since the beginning of the day or month, UTC, of each key that has such a budget. As recent as the last catchUp. */
async function usedOf(call: Call, budgets: readonly UseBudgetRow[]) {
  const { account, region, services } = call
  const now = services.clock.real()
  const counts = await Promise.all(
    PERIODS.map((period) => {
      const ids = budgets.flatMap((budget) => (budget.period === period ? [budget.keyId] : []))
      return countUse(services.reader, { account, region, ids }, period === 'day' ? dayOf(now) : monthOf(now))
    }),
  )
  return ({ keyId, period }: UseBudgetRow) => counts[PERIODS.indexOf(period)]?.get(keyId) ?? 0
}

/** The budgets of the call's Region, or of one of its keys, with what is used of them. */
export async function budgetViews(call: Call, keyId?: string): Promise<UseBudgetView[]> {
  const budgets = await listUseBudgets(call.services.reader, call, keyId)
  const used = await usedOf(call, budgets)
  return budgets.map((budget) => ({
    KeyId: budget.keyId,
    Region: call.region,
    Alias: budget.alias,
    Period: budget.period,
    Most: budget.most,
    Used: used(budget),
    SetBy: budget.setBy,
  }))
}

export const ListUseBudgets = operation({
  name: 'ListUseBudgets',
  service: 'Keyhouse',
  action: 'kms:ListKeys',
  class: 'read',
  input: ListUseBudgetsInput,
  logged: { request: ({ KeyId }: ListInput) => ({ keyId: KeyId }) },

  async run(call, { KeyId }: ListInput) {
    await call.permit()
    const keyId = KeyId === undefined ? undefined : await call.keyIdOf(KeyId)
    if (KeyId !== undefined && keyId === undefined) return { Budgets: [] }
    await call.services.sequencer.catchUp()
    return { Budgets: await budgetViews(call, keyId) }
  },
})
