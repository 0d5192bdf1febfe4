'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import { useFlow } from './flow-context.tsx'
import { useGetParameters } from './use-get-parameters.ts'
import type { Wrapping } from './wrapping-choice.ts'

/** What is over, and the one press that begins again: the same wrapping, a new key and token, back at Download. */
export function NewParameters({ wrapping, why }: { wrapping: Wrapping; why: ReactNode }) {
  const { scope, described, reference } = useFlow().setting
  const router = useRouter()
  const offline = useOfflineReason()
  const mutation = useGetParameters(() =>
    router.push(paths.importMaterial(scope, described.KeyId, 'download')),
  )
  const { algorithm, keySpec } = wrapping
  return (
    <div className="space-y-3">
      <Note tone="brass" role="alert">
        {why} Get a new wrapping key and token, download both, and wrap the material again.
      </Note>
      {mutation.refusal && <MutationError refusal={mutation.refusal} />}
      <p className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          size="form"
          pending={mutation.pending}
          pendingLabel="Making a wrapping key…"
          reason={offline}
          onClick={() => void mutation.run({ region: scope.region, key: reference, algorithm, keySpec })}
        >
          Get new wrapping key and token
        </Button>
        <LinkButton size="form" href={paths.importMaterial(scope, described.KeyId)}>
          Choose another wrapping
        </LinkButton>
      </p>
    </div>
  )
}
