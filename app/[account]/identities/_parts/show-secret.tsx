'use client'

import { useState } from 'react'
import { AccessKeyDownload } from '#components/access-key-download.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { SecretReveal } from '#components/ui/secret-reveal.tsx'
import type { Scope } from '#lib/console/paths.ts'
import { useCredential } from './use-credential.ts'

type AccessKey = { readonly id: string; readonly secret: string }

/** Makes an access key for a user. Its secret is shown once, and Done waits until it is said to be saved. */
export function NewAccessKeyDialog({
  scope,
  user,
  onClose,
}: {
  scope: Scope
  user: string
  onClose: () => void
}) {
  const [made, setMade] = useState<AccessKey>()
  const { run, pending, refusal } = useCredential<AccessKey>(setMade)
  return (
    <Dialog
      open
      // What is shown once is not lost by a key or a click beside it.
      onOpenChange={(open) => !open && !made && onClose()}
      title={`Create an access key for ${user}`}
      description="Programs sign their requests with it. A user has two at most: one in use, one to change to."
    >
      {made ? (
        <ShownOnce made={made} onDone={onClose} />
      ) : (
        <>
          {refusal && (
            <div className="mb-3">
              <MutationError refusal={refusal} what="No access key was made." />
            </div>
          )}
          <div className="mb-4 flex justify-end gap-2">
            <Button size="form" onClick={onClose}>
              Cancel
            </Button>
            <Button
              size="form"
              variant="primary"
              pending={pending}
              pendingLabel="Creating…"
              onClick={() => void run({ deed: 'access-key', user })}
            >
              Create access key
            </Button>
          </div>
          <RequestCode scope={scope} requests={[{ name: 'CreateAccessKey', input: { UserName: user } }]} />
        </>
      )}
    </Dialog>
  )
}

function ShownOnce({ made, onDone }: { made: AccessKey; onDone: () => void }) {
  const [saved, setSaved] = useState(false)
  return (
    <div className="space-y-3">
      <Note tone="brass">The secret is shown only now. It can’t be read again.</Note>
      <Facts
        columns={1}
        facts={[
          { term: 'Access key ID', value: <Identifier value={made.id} name="access key ID" /> },
          {
            term: 'Secret access key',
            value: <SecretReveal secret={made.secret} name="secret access key" />,
          },
        ]}
      />
      <AccessKeyDownload accessKey={made} />
      <Checkbox label="I saved it" checked={saved} onChange={(event) => setSaved(event.target.checked)} />
      <div className="flex justify-end">
        <Button
          size="form"
          variant="primary"
          reason={saved ? undefined : 'Save the secret first, then tick “I saved it”.'}
          onClick={onDone}
        >
          Done
        </Button>
      </div>
    </div>
  )
}
