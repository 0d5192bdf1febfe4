'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { specWords } from '#components/keys/key-words.ts'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { useAction } from '#components/use-action.ts'
import { shortId } from '#lib/console/format.ts'
import { KEY_SPECS, type KeySpecName, type KeyUsageName } from '#lib/domain/key-spec.ts'
import { repointAlias } from './actions.ts'
import { type AliasDialogProps, LastUseLine } from './delete-alias.tsx'
import { type ChosenKey, KeyChoice } from './key-choice.tsx'

type RepointAliasProps = AliasDialogProps & { keyId: string; spec: KeySpecName; usage: KeyUsageName }

/** An alias stays in its class and usage (UpdateAlias): keys that it can point at, as a filter. */
function amongOf({ keyId, spec, usage }: Pick<RepointAliasProps, 'keyId' | 'spec' | 'usage'>): string {
  const specs = Object.entries(KEY_SPECS).filter(([, { class: its }]) => its === KEY_SPECS[spec].class)
  return `usage:${usage} spec:${specs.map(([name]) => name).join()} -state:PendingDeletion,PendingReplicaDeletion -id:${keyId}`
}

/** What was made under the old key, and how it is opened or checked from now on. */
const AFTERWARDS: Record<KeyUsageName, string> = {
  ENCRYPT_DECRYPT: 'Decrypt of data under the old key will need the old key’s ID.',
  SIGN_VERIFY: 'Verify of signatures by the old key will need the old key’s ID, or its public key.',
  GENERATE_VERIFY_MAC: 'VerifyMac of MACs by the old key will need the old key’s ID.',
  KEY_AGREEMENT: 'Secrets that were agreed on with the old key are derived again only with its ID.',
  ENCAPSULATE_DECAPSULATE: 'Decapsulate of what was made for the old key will need the old key’s ID.',
}

/** Confirmation level 2: both keys are in view before anything is changed. */
export function RepointAlias({ scope, keyId, spec, usage, target, alias, onClose }: RepointAliasProps) {
  const [chosen, setChosen] = useState<ChosenKey>()
  const [tried, setTried] = useState(false)
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
        chosen ? void mutation.run({ region: scope.region, alias, key: chosen.id }) : setTried(true)
      }
      more={
        <RequestCode
          scope={scope}
          requests={[
            { name: 'UpdateAlias', input: { AliasName: alias, TargetKeyId: chosen?.id ?? '<key ID>' } },
          ]}
        />
      }
      error={
        mutation.refusal && <MutationError refusal={mutation.refusal} what="The alias was not repointed." />
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-y border-line py-2 text-text">
        <dt className="text-text2">From</dt>
        <dd>
          <Named keyId={keyId} alias={target.name === alias ? undefined : target.name} spec={spec} />
        </dd>
        <dt className="text-text2">To</dt>
        <dd>
          {chosen ? (
            <Named keyId={chosen.id} alias={chosen.aliases[0]} spec={chosen.spec} />
          ) : (
            <span className="text-text3">Not chosen yet</span>
          )}
        </dd>
      </dl>
      {chosen && chosen.spec !== spec && (
        <p className="text-brass">
          The specs differ: {specWords(spec)} now, {specWords(chosen.spec)} then. Programs that name an
          algorithm or expect a size may need a change.
        </p>
      )}
      <KeyChoice
        scope={scope}
        find="Find the new key"
        legend="New key"
        among={amongOf({ keyId, spec, usage })}
        none="No other key of this class and usage matches. An alias never leaves them."
        missing={tried && !chosen ? 'Choose the key that the alias will point at.' : undefined}
        chosen={chosen}
        onChoose={setChosen}
      />
      <p>
        New calls with {alias} use the new key.{' '}
        {spec === 'SYMMETRIC_DEFAULT'
          ? 'Decrypt finds the old key by itself, as long as it exists and is enabled.'
          : AFTERWARDS[usage]}
      </p>
      <LastUseLine target={target} />
    </AlertDialog>
  )
}

/** A key by its alias, if it has another than the one in hand, and always by its id. */
const Named = ({ keyId, alias, spec }: { keyId: string; alias: string | undefined; spec: KeySpecName }) => (
  <span className="flex flex-wrap items-center gap-x-2">
    <KeyName keyId={keyId} alias={alias} />
    {alias && <code className="text-mono text-text2">{shortId(keyId)}</code>}
    {spec !== 'SYMMETRIC_DEFAULT' && <span className="text-text2">{specWords(spec)}</span>}
  </span>
)
