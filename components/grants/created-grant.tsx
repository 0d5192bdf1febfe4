'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Breadcrumbs, type Crumb } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { SecretReveal } from '#components/ui/secret-reveal.tsx'
import type { MadeGrant } from './new-grant.tsx'

type CreatedGrantProps = {
  crumbs: readonly Crumb[]
  made: MadeGrant
  sentence: string
  back: string
  code: ReactNode
  onAnother: () => void
}

/** The grant's id, and its token: this once. */
export function CreatedGrant({ crumbs, made, sentence, back, code, onAnother }: CreatedGrantProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // The address stays when the grant is made, so this heading takes focus by itself.
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <header className="mb-3">
        <Breadcrumbs crumbs={crumbs} />
        <div className="flex flex-wrap items-center gap-3">
          <h1 ref={heading} tabIndex={-1} className="min-w-0 text-page">
            {made.existed ? 'The grant was there already' : 'Grant created'}
          </h1>
          <div className="ms-auto flex flex-wrap items-center gap-3 max-md:ms-0">
            <Button onClick={onAnother}>Create another grant</Button>
            {code}
            <LinkButton variant="primary" href={back}>
              Open grants
            </LinkButton>
          </div>
        </div>
      </header>
      <div className="max-w-form space-y-4">
        {made.existed && (
          <Note>
            A grant of this name and content exists on the key: this is its ID, with a new token. Nothing was
            made twice.
          </Note>
        )}
        <p className="text-body break-words">{sentence}</p>
        <Facts
          columns={1}
          facts={[
            { term: 'Grant ID', value: <Identifier value={made.GrantId} name="grant ID" /> },
            { term: 'Grant token', value: <SecretReveal secret={made.GrantToken} name="grant token" /> },
          ]}
        />
        <div className="space-y-1">
          <Hint>Use the token if the next call comes within 5 minutes.</Hint>
          <Hint>
            Programs written for AWS pass it as GrantTokens, because a grant can take minutes to be known
            there. Here a grant holds at once. The token is shown this once; the grant works without it.
          </Hint>
        </div>
      </div>
    </>
  )
}
