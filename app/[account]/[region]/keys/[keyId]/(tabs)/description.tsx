'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import { described } from '../requests.ts'
import { describeKey } from './actions.ts'

type DescriptionProps = {
  scope: Scope
  reference: string
  name: string
  arn: string
  state: KeyState
  description: string
}

/** The description, edited where it stands. */
export function Description({ scope, reference, name, arn, state, description }: DescriptionProps) {
  const [draft, setDraft] = useState<string>()
  const offline = useOfflineReason()
  const mutation = useAction(describeKey, {
    account: scope.account,
    done: () => `The description of ${name} is changed.`,
    after: () => setDraft(undefined),
  })
  if (draft === undefined) {
    return (
      <span className="flex flex-wrap items-center gap-x-2">
        <span className={description === '' ? 'text-text3' : 'min-w-0 break-words'}>
          {description === '' ? 'None' : description}
        </span>
        <Button
          variant="quiet"
          className="h-6 px-1"
          aria-label="Edit description"
          reason={stateReason('describe', state, arn) ?? offline}
          onClick={() => {
            mutation.reset()
            setDraft(description)
          }}
        >
          Edit
        </Button>
      </span>
    )
  }
  const form = { region: scope.region, key: reference, description: draft }
  return (
    <div className="mt-1.5 space-y-3">
      <MutationForm
        mutation={mutation}
        values={() => form}
        submit="Save description"
        submitPending="Saving…"
        effect="Everyone who may describe the key sees it."
        cancel={
          <Button size="form" onClick={() => setDraft(undefined)}>
            Cancel
          </Button>
        }
      >
        <Input
          // The person has just asked to edit it.
          autoFocus
          aria-label="Description"
          maxLength={8192}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
        />
      </MutationForm>
      <RequestCode scope={scope} requests={[{ name: 'UpdateKeyDescription', input: described(form) }]} />
    </div>
  )
}
