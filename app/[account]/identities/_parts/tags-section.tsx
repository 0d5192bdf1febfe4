'use client'

import { useState } from 'react'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { Scope } from '#lib/console/paths.ts'
import { type Holder, type IamTag, removeTag, setTag } from './holders.ts'
import { tagsFault } from './names.ts'
import { useRequest } from './use-request.ts'

type TagsSectionProps = { scope: Scope; holder: Holder; tags: readonly IamTag[] }

/** Tags of a user or role. Policies can decide by them: aws:PrincipalTag/team. */
export function TagsSection({ scope, holder, tags }: TagsSectionProps) {
  const [key, setKey] = useState('')
  const [value, setValue] = useState('')
  const [tried, setTried] = useState(false)
  const fault = tagsFault([{ Key: key, Value: value }])
  const added = useRequest({
    account: scope.account,
    done: `Tag ${key} of ${holder.name} is saved.`,
    after: () => {
      setKey('')
      setValue('')
      setTried(false)
    },
  })
  const removed = useRequest({ account: scope.account, done: `A tag of ${holder.name} is removed.` })
  const request = setTag(holder, { Key: key || '<key>', Value: value })
  return (
    <Section title="Tags" fact={`${tags.length} of 50`}>
      {tags.length > 0 && (
        <ul aria-label="Tags" className="mb-3 flex flex-wrap gap-2">
          {tags.map((tag) => (
            <li key={tag.Key} className="min-w-0">
              <Chip
                removeLabel={`Remove tag ${tag.Key}`}
                onRemove={() => void removed.run(removeTag(holder, tag.Key))}
              >
                {tag.Key}
                {tag.Value !== '' && `=${tag.Value}`}
              </Chip>
            </li>
          ))}
        </ul>
      )}
      {removed.refusal && <MutationError refusal={removed.refusal} what="The tag was not removed." />}
      <MutationForm
        mutation={added}
        values={() => {
          setTried(true)
          return fault ? undefined : setTag(holder, { Key: key, Value: value })
        }}
        submit="Add tag"
        submitPending="Saving…"
        className="max-w-form"
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Tag key" error={tried ? fault : undefined}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                maxLength={128}
                value={key}
                onChange={(event) => setKey(event.target.value)}
              />
            )}
          </Field>
          <Field label="Tag value" optional>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                maxLength={256}
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            )}
          </Field>
        </div>
      </MutationForm>
      <div className="mt-3 max-w-form">
        <RequestCode scope={scope} requests={[request]} />
      </div>
    </Section>
  )
}
