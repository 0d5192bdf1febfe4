'use client'

import { ExpiryTime } from '#components/keys/expiry-time.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { Button } from '#components/ui/button.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { KeyMetadata } from '#lib/console/outputs.ts'
import { paths, type Scope } from '#lib/console/paths.ts'

type KeyProps = { scope: Scope; described: Pick<KeyMetadata, 'KeyId' | 'Arn' | 'KeyState'> }

/** The way into the four steps. `first` where nothing was ever here. */
export function ImportButton({ scope, described, first }: KeyProps & { first: boolean }) {
  const reason = stateReason('importParameters', described.KeyState, described.Arn)
  const label = first ? 'Import key material' : 'Import material'
  if (reason) return <Button reason={reason}>{label}</Button>
  return (
    <LinkButton
      variant={first || described.KeyState === 'PendingImport' ? 'primary' : 'secondary'}
      href={paths.importMaterial(scope, described.KeyId)}
    >
      {label}
    </LinkButton>
  )
}

/** The one material of an imported asymmetric or HMAC key: here or not, and until when. */
export function OneImportedMaterial({
  scope,
  described,
}: {
  scope: Scope
  described: Pick<KeyMetadata, 'KeyId' | 'Arn' | 'KeyState' | 'ExpirationModel' | 'ValidTo'>
}) {
  const here = described.ExpirationModel !== undefined
  const reason = stateReason('deleteMaterial', described.KeyState, described.Arn)
  return (
    <>
      <Facts
        columns={3}
        facts={[
          {
            term: 'Import state',
            value: here ? 'Imported' : <span className="text-brass">Pending import</span>,
          },
          { term: 'Expires', value: here ? <ExpiryTime at={described.ValidTo} /> : '—' },
          {
            term: 'Material',
            value: here ? 'One, for good: only the same bytes can come again' : 'None is here',
          },
        ]}
      />
      {here && (
        <p className="mt-3">
          {reason ? (
            <Button reason={reason}>Delete material</Button>
          ) : (
            <LinkButton href={paths.deleteMaterial(scope, described.KeyId)}>Delete material</LinkButton>
          )}
        </p>
      )}
    </>
  )
}
