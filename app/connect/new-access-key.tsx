'use client'

import { useState } from 'react'
import { AccessKeyDownload } from '#components/access-key-download.tsx'
import { useConfirmPassword } from '#components/confirm-password.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { SecretReveal } from '#components/ui/secret-reveal.tsx'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'

type AccessKey = { readonly id: string; readonly secret: string }

/** Makes an access key for the person signed in and shows its secret once. */
export function NewAccessKey({ onMade }: { onMade: (id: string | undefined) => void }) {
  const [made, setMade] = useState<AccessKey>()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  const confirmed = useConfirmPassword()

  /** Once more after the password, when the engine asks for it. */
  async function makeKey(): Promise<AccessKey> {
    const ask = () => fetchJson(paths.newAccessKey(), { body: {} })
    const answer = await ask().catch(async (thrown: unknown) => {
      if (refusalIn(thrown).code === 'PasswordNeeded' && (await confirmed())) return ask()
      throw thrown
    })
    // Our own route handler's answer: { id, secret }.
    return answer as AccessKey
  }

  async function create() {
    setPending(true)
    setRefusal(undefined)
    try {
      const key = await makeKey()
      setMade(key)
      onMade(key.id)
    } catch (thrown) {
      setRefusal(refusalIn(thrown))
    }
    setPending(false)
  }

  if (!made) {
    return (
      <>
        <Hint className="mb-2">
          Programs sign their requests with an access key. Use the one you saved, or make another for
          yourself.
        </Hint>
        {refusal && (
          <div className="mb-2">
            <MutationError refusal={refusal} what="No access key was made." />
          </div>
        )}
        <Button pending={pending} pendingLabel="Creating…" onClick={create}>
          Create access key
        </Button>
      </>
    )
  }
  return (
    <>
      <Note tone="brass" className="mb-3">
        The secret is shown only now. It can’t be read again.
      </Note>
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
      <div className="mt-3 flex flex-wrap gap-3">
        <AccessKeyDownload accessKey={made} />
        <Button onClick={() => setMade(undefined)}>I saved it</Button>
      </div>
    </>
  )
}
