'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { useFlash } from '#components/ui/flash.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { deletionSteps, type Hanging, hangingWords } from './delete-holder.ts'
import { type Holder, LIST_OF } from './holders.ts'
import { useSteps } from './steps.ts'
import { StepsForm } from './steps-form.tsx'
import { useTypedName } from './typed-name.tsx'

type DeleteFormProps = {
  scope: Scope
  holder: Holder
  hanging: Hanging
  /** Keys that nobody could manage afterwards. */
  unmanageable: number
}

/** Confirmation level 3: what goes with it, the name typed, and a tick where keys become unmanageable. */
export function DeleteForm({ scope, holder, hanging, unmanageable }: DeleteFormProps) {
  const router = useRouter()
  const flash = useFlash()
  const [known, setKnown] = useState(false)
  const [tried, setTried] = useState(false)
  const confirmation = useTypedName(holder.name)
  const list = paths.identities(scope.account, LIST_OF[holder.kind])
  const steps = useSteps(() => {
    flash({ tone: 'verdigris', text: `${holder.kind} ${holder.name} is deleted.`, links: [], actions: [] })
    router.push(list)
    router.refresh()
  })
  const words = hangingWords(hanging)
  function valid(): boolean {
    setTried(true)
    return confirmation.confirmed() && (unmanageable === 0 || known)
  }
  return (
    <StepsForm
      scope={scope}
      steps={steps}
      list={deletionSteps(holder, hanging)}
      valid={valid}
      submit={`Delete ${holder.kind}`}
      pendingLabel="Deleting…"
      danger
      made={`What was taken off ${holder.name} stays off.`}
      back={paths.identity(scope.account, LIST_OF[holder.kind], holder.name)}
    >
      {words !== '' && <p className="max-w-prose text-table">Deleted with it: {words}.</p>}
      {unmanageable > 0 && (
        <Checkbox
          label={`I know that nobody can manage ${unmanageable === 1 ? '1 key' : `${unmanageable} keys`} afterwards`}
          help={
            tried && !known ? (
              <span className="text-vermilion">
                Tick this to go on, or give someone else the right first.
              </span>
            ) : undefined
          }
          checked={known}
          onChange={(event) => setKnown(event.target.checked)}
        />
      )}
      {confirmation.field}
    </StepsForm>
  )
}
