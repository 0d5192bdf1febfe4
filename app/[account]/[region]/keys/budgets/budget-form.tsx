'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Select } from '#components/ui/input.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import { budgeted } from '../[keyId]/requests.ts'
import { putBudget } from './actions.ts'
import type { Period } from './budget-line.tsx'

type BudgetFormProps = {
  scope: Scope
  keyId: string
  name: string
  period: Period
  /** Periods that may be chosen: one where a budget is changed. */
  periods: readonly Period[]
  most: number | undefined
  onPeriod: (period: Period) => void
  onClose: () => void
}

const isPeriod = (text: string): text is Period => text === 'day' || text === 'month'

/** A new budget, or another number for one that is there. */
export function BudgetForm(props: BudgetFormProps) {
  const { scope, keyId, name, period, periods, most: before, onPeriod, onClose } = props
  const offline = useOfflineReason()
  const [typed, setTyped] = useState(before === undefined ? '' : String(before))
  const [tried, setTried] = useState(false)
  const most = Number(typed)
  const valid = Number.isSafeInteger(most) && most > 0
  const mutation = useAction(putBudget, {
    account: scope.account,
    done: (_, form) => `The budget of ${name} per ${form.period} is set.`,
    after: onClose,
  })
  const form = { region: scope.region, key: keyId, period, most: valid ? most : 1 }
  const values = () => {
    setTried(true)
    return valid ? form : undefined
  }
  return (
    <div className="max-w-form space-y-3 py-3">
      <MutationForm
        mutation={mutation}
        values={values}
        submit="Save budget"
        submitPending="Saving…"
        reason={offline}
        cancel={
          <Button size="form" onClick={onClose}>
            Cancel
          </Button>
        }
      >
        <div className="flex flex-wrap gap-x-4 gap-y-3">
          <Field
            label="Uses at most"
            error={tried && !valid ? 'A whole number from 1.' : undefined}
            className="w-48"
          >
            {(control) => (
              <Input
                {...control}
                // The person has just asked for it.
                autoFocus
                type="number"
                inputMode="numeric"
                min={1}
                step={1}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
          <Field label="Per" className="w-40">
            {(control) => (
              <Select
                {...control}
                value={period}
                onChange={(event) => isPeriod(event.target.value) && onPeriod(event.target.value)}
              >
                {periods.map((one) => (
                  <option key={one} value={one}>
                    {one} (UTC)
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      </MutationForm>
      <KeyhouseCode operation="PutUseBudget" input={budgeted(form)} />
    </div>
  )
}
