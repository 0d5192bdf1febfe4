'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import type { CreateGrantOutput, KeyMetadata } from '#lib/console/outputs.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { CreatedGrant } from './created-grant.tsx'
import {
  constraintsOf,
  type GrantDraft,
  grantFaults,
  grantInput,
  NEW_GRANT,
  refusedPart,
} from './grant-draft.ts'
import { GrantFields } from './grant-fields.tsx'
import { grantSentence, principalWords } from './grant-words.ts'
import { principalArn } from './principal-arn.ts'

export type CreateGrantForm = {
  readonly region: string
  /** The same submit sent twice makes one grant. */
  readonly token: string
  readonly input: InputOf<'CreateGrant'>
}
export type MadeGrant = CreateGrantOutput & {
  /** True when the name and the content were those of a grant that was there; undefined when that is not known. */
  readonly existed?: boolean
}

export type NewGrantProps = {
  /** Where the key is. */
  place: Scope
  /** The viewer's own account. */
  scope: Scope
  self: string
  keyId: string
  name: string
  reference: string
  of: Pick<KeyMetadata, 'KeySpec' | 'KeyUsage'>
  endpoint: string
  /** Why the key's state forbids it. */
  reason: string | undefined
  create: (form: CreateGrantForm) => Promise<ActionResult<MadeGrant>>
}

// Unlike randomUUID it is there without HTTPS too.
const newToken = () => [...crypto.getRandomValues(new Uint32Array(4))].join('-')

function sentenceOf(draft: GrantDraft, { scope, name }: NewGrantProps): string | undefined {
  const grantee = draft.grantee[draft.kind].trim()
  if (grantee === '' || draft.operations.length === 0) return undefined
  return grantSentence({
    grantee: principalWords(principalArn(grantee, scope), scope.account),
    key: name,
    operations: draft.operations,
    constraints: constraintsOf(draft),
  })
}

/** What is typed, what is wrong with it, and what came of it. */
function useNewGrant(props: NewGrantProps) {
  const { place, scope, name, reference, create } = props
  const [draft, setDraft] = useState(NEW_GRANT)
  const [tried, setTried] = useState(false)
  const [token, setToken] = useState(newToken)
  const [made, setMade] = useState<MadeGrant>()
  const input = grantInput(draft, { reference, scope })
  const wrong = grantFaults(draft, scope)
  const mutation = useAction(create, {
    account: scope.account,
    done: ({ existed }) => (existed ? 'The grant was there already.' : `The grant on ${name} is created.`),
    after: setMade,
  })
  const { refusal } = mutation
  const refused = refusal && refusedPart(refusal.message, input)
  return {
    mutation,
    made,
    input,
    draft,
    faults: { ...(refused && { [refused]: refusal.message }), ...(tried && wrong) },
    update(part: Partial<GrantDraft>) {
      mutation.reset()
      setDraft((before) => ({ ...before, ...part }))
    },
    /** The form as it is sent; undefined while something is wrong with it. */
    values(): CreateGrantForm | undefined {
      setTried(true)
      return Object.keys(wrong).length > 0 ? undefined : { region: place.region, token, input }
    },
    startOver() {
      setMade(undefined)
      setDraft(NEW_GRANT)
      setTried(false)
      setToken(newToken())
    },
  }
}

/** The form of a grant, and then what was made. */
export function NewGrant(props: NewGrantProps) {
  const { place, scope, self, keyId, name, of, endpoint, reason } = props
  const { mutation, made, input, values, startOver, ...part } = useNewGrant(props)
  const offline = useOfflineReason()
  const sentence = sentenceOf(part.draft, props)
  const back = paths.key(place, keyId, 'grants')
  const crumbs = [
    { label: place.region },
    { label: 'Keys', href: paths.keys(scope) },
    { label: name, href: paths.key(place, keyId) },
    { label: 'Grants', href: back },
    { label: 'Create grant' },
  ]
  const code = (
    <ShowAsCode
      snippets={snippetsFor([{ name: 'CreateGrant', input }], { endpoint, region: place.region })}
    />
  )
  if (made)
    return <CreatedGrant {...{ crumbs, made, back, code }} sentence={sentence ?? ''} onAnother={startOver} />
  return (
    <>
      <PageHeader crumbs={crumbs} title={`Create a grant on ${name}`} actions={code} />
      <MutationForm
        className="max-w-form"
        mutation={mutation}
        values={values}
        submit="Create grant"
        submitPending="Creating…"
        reason={reason ?? offline}
        cancel={
          <LinkButton size="form" href={back}>
            Cancel
          </LinkButton>
        }
      >
        <GrantFields scope={scope} self={self} of={of} sentence={sentence} {...part} />
      </MutationForm>
    </>
  )
}
