'use client'

import { useEffect, useRef } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import type { Mutation } from '#components/use-action.ts'
import type { Tag } from '#lib/console/outputs.ts'
import type { Scope } from '#lib/console/paths.ts'
import { untagged } from '../../requests.ts'
import type { TagChange } from './tags.tsx'

type RemoveTagProps = {
  scope: Scope
  base: { region: string; key: string }
  /** The key's. */
  name: string
  tag: Tag
  mutation: Mutation<TagChange>
  onClose: () => void
}

/** Confirmation level 1: policies may decide by a tag, so what its removal changes is said first. */
export function RemoveTag({ scope, base, name, tag, mutation, onClose }: RemoveTagProps) {
  const button = useRef<HTMLButtonElement>(null)
  const offline = useOfflineReason()
  useEffect(() => button.current?.focus(), [])
  const change = { ...base, name: tag.TagKey, value: tag.TagValue }
  return (
    <section
      aria-label={`Remove tag ${tag.TagKey}`}
      className="mt-3 space-y-2 border-y border-line-strong py-2.5"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-table">
        <p className="min-w-0 grow basis-72 break-words">
          <span className="font-semibold">
            Remove tag {tag.TagKey} of {name}.
          </span>{' '}
          Policies that decide by this tag may then allow or deny more, and filters no longer find the key by
          it.
        </p>
        <div className="flex gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            ref={button}
            variant="primary"
            pending={mutation.pending}
            pendingLabel="Removing…"
            reason={offline}
            onClick={() => void mutation.run(change)}
          >
            Remove tag
          </Button>
        </div>
      </div>
      {mutation.refusal && <MutationError refusal={mutation.refusal} what="The tag was not removed." />}
      <RequestCode scope={scope} requests={[{ name: 'UntagResource', input: untagged(change) }]} />
    </section>
  )
}
