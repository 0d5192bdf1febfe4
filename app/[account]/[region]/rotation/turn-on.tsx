'use client'

import { useEffect, useRef } from 'react'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { keyTitle } from '#components/keys/key-words.ts'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAction } from '#components/use-action.ts'
import { formatDate } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { disableRotation, enableRotation } from '../keys/[keyId]/(tabs)/material/actions.ts'
import type { ListedKey } from '../keys/key-search.ts'

type Props = { scope: Scope; endpoint: string; listed: ListedKey; onClose: () => void }

const DAYS = 365

/** Confirmation level 1: what it does, in a line, before it is done. */
export function TurnOn({ scope, endpoint, listed, onClose }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const now = useNow()
  const offline = useOfflineReason()
  const { id } = listed
  const name = keyTitle(id, listed.aliases[0])
  const key = { region: scope.region, key: id }
  const off = useAction(disableRotation, {
    account: scope.account,
    done: () => `Automatic rotation of ${name} is off.`,
  })
  const mutation = useAction(enableRotation, {
    account: scope.account,
    done: (_, { days }) => `${name} rotates every ${days} days.`,
    undo: { label: 'Turn off', run: () => void off.run(key) },
    after: onClose,
  })
  useEffect(() => button.current?.focus(), [])
  const first = formatDate(new Date(now.getTime() + DAYS * 86_400_000))
  const input = { KeyId: id, RotationPeriodInDays: DAYS }
  return (
    <section aria-label={`Turn on rotation of ${name}`} className="mb-3 border-y border-line-strong py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-table">
        <p className="min-w-0 grow basis-72">
          <span className="font-semibold">Turn on rotation of {name}.</span> New material every {DAYS} days,
          first on {first}. Old data still decrypts; nothing is re-encrypted. The key’s own page has other
          periods.
        </p>
        <div className="flex flex-wrap gap-2">
          <ShowAsCode
            snippets={snippetsFor([{ name: 'EnableKeyRotation', input }], {
              endpoint,
              region: scope.region,
            })}
          />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            ref={button}
            variant="primary"
            pending={mutation.pending}
            pendingLabel="Turning on…"
            reason={offline}
            onClick={() => void mutation.run({ ...key, days: DAYS })}
          >
            Turn on rotation
          </Button>
        </div>
      </div>
      {mutation.refusal && (
        <div className="mt-2">
          <MutationError refusal={mutation.refusal} what="Rotation was not turned on." />
        </div>
      )}
    </section>
  )
}
