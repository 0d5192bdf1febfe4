'use client'

import { useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { formatRelative, principalLabel, toDate } from '#lib/console/format.ts'
import type { DeedTarget } from '../key-deeds.tsx'

const RECENT_MS = 30 * 86_400_000

type Subject = { keyId: string; alias: string | undefined; lastUse: DeedTarget['lastUse'] }

/**
 * Confirmation level 3: the key's own name is typed, and where the key was used lately a tick is set as well.
 * `confirmed` says whether both were done, and from then on what is missing.
 */
export function useTypedConfirmation({ keyId, alias, lastUse }: Subject) {
  const now = useNow()
  const [typed, setTyped] = useState('')
  const [known, setKnown] = useState(false)
  const [tried, setTried] = useState(false)
  const word = alias ?? keyId.slice(-8)
  const recent = lastUse && now.getTime() - toDate(lastUse.ts).getTime() < RECENT_MS ? lastUse : undefined
  const right = typed.trim() === word
  function confirmed(): boolean {
    setTried(true)
    return right && (!recent || known)
  }
  const fields = (
    <>
      {recent && (
        <Checkbox
          label={`I know ${principalLabel(recent.actor)} used this key ${formatRelative(toDate(recent.ts), now)}`}
          help={
            tried && !known ? (
              <span className="text-vermilion">
                Tick this to go on: the key was used in the last 30 days.
              </span>
            ) : undefined
          }
          checked={known}
          onChange={(event) => setKnown(event.target.checked)}
        />
      )}
      <Field
        label={
          alias ? `Type ${alias} to confirm` : `Type the last 8 characters of the key ID to confirm: ${word}`
        }
        error={tried && !right ? `Type exactly: ${word}` : undefined}
        className="max-w-96"
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </>
  )
  return { recent: recent !== undefined, confirmed, fields }
}
