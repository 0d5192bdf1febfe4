'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { MutationError } from '#components/states.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { Field, FieldGroup } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { useAction } from '#components/use-action.ts'
import { shortId } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import { repointAlias } from './actions.ts'
import { type AliasDialogProps, LastUseLine } from './delete-alias.tsx'

type Listed = OutputOf<'SearchKeys'>['Keys'][number]
type RepointAliasProps = AliasDialogProps & { keyId: string; usage: KeyUsageName }

/** Keys of the same usage that the alias could point at, by what is typed. */
function useCandidates(
  scope: Scope,
  typed: string,
  { keyId, usage }: { keyId: string; usage: KeyUsageName },
) {
  const words = typed.trim().replaceAll('"', '')
  const Filter = `usage:${usage} -state:PendingDeletion -id:${keyId}${words === '' ? '' : ` "${words}"`}`
  return useQuery(read(scope.account, scope.region, 'SearchKeys', { Filter, Limit: 6 }))
}

/** Confirmation level 2: both keys are in view before anything is changed. */
export function RepointAlias({ scope, keyId, usage, target, alias, onClose }: RepointAliasProps) {
  const [chosen, setChosen] = useState<Listed>()
  const [missing, setMissing] = useState(false)
  const mutation = useAction(repointAlias, {
    account: scope.account,
    done: () => chosen && `${alias} now points at ${chosen.aliases[0] ?? `key ${shortId(chosen.id)}`}.`,
    after: onClose,
  })
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Repoint ${alias}`}
      confirm="Repoint alias"
      pending={mutation.pending}
      pendingLabel="Repointing…"
      onConfirm={() =>
        chosen ? void mutation.run({ region: scope.region, alias, key: chosen.id }) : setMissing(true)
      }
      error={
        mutation.refusal && <MutationError refusal={mutation.refusal} what="The alias was not repointed." />
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-y border-line py-2 text-text">
        <dt className="text-text2">From</dt>
        <dd>
          <Named keyId={keyId} alias={target.name === alias ? undefined : target.name} />
        </dd>
        <dt className="text-text2">To</dt>
        <dd>
          {chosen ? (
            <Named keyId={chosen.id} alias={chosen.aliases[0]} />
          ) : (
            <span className="text-text3">Not chosen yet</span>
          )}
        </dd>
      </dl>
      <Candidates
        scope={scope}
        keyId={keyId}
        usage={usage}
        chosen={chosen}
        missing={missing && !chosen}
        onChoose={setChosen}
      />
      <p>
        New calls with {alias} use the new key. Decrypt finds the old key by itself, as long as it exists and
        is enabled.
      </p>
      <LastUseLine target={target} />
    </AlertDialog>
  )
}

/** A key by its alias, if it has another than the one in hand, and always by its id. */
const Named = ({ keyId, alias }: { keyId: string; alias: string | undefined }) => (
  <span className="flex flex-wrap items-center gap-x-2">
    <KeyName keyId={keyId} alias={alias} />
    {alias && <code className="text-mono text-text2">{shortId(keyId)}</code>}
  </span>
)

type CandidatesProps = {
  scope: Scope
  keyId: string
  usage: KeyUsageName
  chosen: Listed | undefined
  missing: boolean
  onChoose: (key: Listed) => void
}

function Candidates({ scope, keyId, usage, chosen, missing, onChoose }: CandidatesProps) {
  const [typed, setTyped] = useState('')
  const { data, isPending, error } = useCandidates(scope, typed, { keyId, usage })
  return (
    <div className="space-y-2 text-text">
      <Field label="Find the new key" help="Alias, key ID or description.">
        {(control) => (
          <Input
            {...control}
            required={false}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <FieldGroup
        legend="New key"
        error={missing ? 'Choose the key that the alias will point at.' : undefined}
      >
        {data?.Keys.map((key) => (
          <label
            key={key.id}
            className="flex min-h-8 items-center gap-2 border-b border-line max-md:min-h-11"
          >
            <input
              type="radio"
              name="new-key"
              className="size-4 shrink-0 accent-ink"
              checked={chosen?.id === key.id}
              onChange={() => onChoose(key)}
            />
            <KeyName keyId={key.id} alias={key.aliases[0]} more={Math.max(0, key.aliases.length - 1)} />
            <StateBadge state={key.state} className="ms-auto" />
          </label>
        ))}
        {data && data.Keys.length === 0 && <p className="text-text2">No other key of this usage matches.</p>}
        {isPending && <p className="late text-text2">Looking…</p>}
        {error && <p className="text-vermilion">Keys couldn’t be listed. {error.message}</p>}
      </FieldGroup>
    </div>
  )
}
