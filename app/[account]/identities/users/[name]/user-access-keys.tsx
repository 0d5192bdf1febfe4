'use client'

import { useState } from 'react'
import { AccessKeyTable, type ListedAccessKey } from '#app/[account]/identities/_parts/access-key-table.tsx'
import { NewAccessKeyDialog } from '#app/[account]/identities/_parts/show-secret.tsx'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { count } from '#lib/console/format.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'

const MOST = 2

type UserAccessKeysProps = {
  scope: Scope
  user: string
  keys: readonly ListedAccessKey[]
  refusal: RefusalView | undefined
}

/** The access keys of a user. */
export function UserAccessKeys({ scope, user, keys, refusal }: UserAccessKeysProps) {
  const [creating, setCreating] = useState(false)
  return (
    <Section
      title="Access keys"
      fact={refusal ? undefined : count(keys.length, 'access key')}
      actions={
        <Button
          reason={keys.length >= MOST ? 'A user has two access keys at most. Delete one first.' : undefined}
          onClick={() => setCreating(true)}
        >
          Create access key
        </Button>
      }
    >
      {refusal && <ErrorState what="The access keys couldn’t be read." refusal={refusal} />}
      {!refusal && keys.length === 0 && <Hint>No access key: no program signs as {user}.</Hint>}
      {keys.length > 0 && <AccessKeyTable scope={scope} caption={`Access keys of ${user}`} keys={keys} />}
      {creating && <NewAccessKeyDialog scope={scope} user={user} onClose={() => setCreating(false)} />}
    </Section>
  )
}
