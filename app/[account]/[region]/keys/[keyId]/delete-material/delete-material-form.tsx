'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import { formatRelative, principalLabel, toDate } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../../key-deeds.tsx'
import { deleteMaterial } from './actions.ts'

type Props = {
  scope: Scope
  keyId: string
  alias: string | undefined
  target: Pick<DeedTarget, 'reference' | 'name' | 'lastUse'>
  /** Which one, where the key has more than one. */
  material: string | undefined
  reason: string | undefined
}

const RECENT_MS = 30 * 86_400_000

/** Typed with the key's own name; ticked as well where the key was used lately. */
export function DeleteMaterialForm({ scope, keyId, alias, target, material, reason }: Props) {
  const router = useRouter()
  const now = useNow()
  const offline = useOfflineReason()
  const [typed, setTyped] = useState('')
  const [known, setKnown] = useState(false)
  const [tried, setTried] = useState(false)
  const word = alias ?? keyId.slice(-8)
  const back = paths.key(scope, keyId, 'material')
  const { lastUse } = target
  const recent = lastUse && now.getTime() - toDate(lastUse.ts).getTime() < RECENT_MS ? lastUse : undefined
  const mutation = useAction(deleteMaterial, {
    account: scope.account,
    done: () => `Key material of ${target.name} is deleted.`,
    after: () => router.push(back),
  })
  function values() {
    setTried(true)
    const ready = typed.trim() === word && (!recent || known)
    return ready ? { region: scope.region, key: target.reference, ...(material && { material }) } : undefined
  }
  return (
    <Section title="Delete">
      <MutationForm
        mutation={mutation}
        values={values}
        danger
        submit="Delete key material"
        submitPending="Deleting…"
        reason={reason ?? offline}
        cancel={
          <LinkButton size="form" href={back}>
            Cancel
          </LinkButton>
        }
      >
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
            alias
              ? `Type ${alias} to confirm`
              : `Type the last 8 characters of the key ID to confirm: ${word}`
          }
          error={tried && typed.trim() !== word ? `Type exactly: ${word}` : undefined}
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
      </MutationForm>
    </Section>
  )
}
