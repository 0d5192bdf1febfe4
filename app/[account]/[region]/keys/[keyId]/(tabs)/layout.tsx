import type { ReactNode } from 'react'
import { kindOf, membersOf } from '#components/keys/key-kind.ts'
import { Hint } from '#components/ui/hint.tsx'
import { snippetsFor } from '#lib/console/snippets.ts'
import { ForeignLine } from '../foreign-line.tsx'
import { endpointOf, type KeyProps, loadKey, readRow } from '../key.ts'
import { NoKey } from '../no-key.tsx'
import { ofKey } from '../requests.ts'
import { KeyFacts } from './key-facts.tsx'
import { KeyHeader } from './key-header.tsx'
import { KeyTabs } from './key-tabs.tsx'
import { PendingDeletion } from './pending-deletion.tsx'
import { WatchBanner } from './watch-banner.tsx'

/** A key: name, state and actions, facts, and the tabs as pages below. */
export default async function KeyLayout({ params, children }: KeyProps & { children: ReactNode }) {
  const loaded = await loadKey(params)
  if (!loaded.key) return <NoKey place={loaded} refusal={loaded.refusal} />
  const { scope, key, aliases, name, reference, foreign, session } = loaded
  const [row, endpoint] = await Promise.all([
    foreign ? undefined : readRow(scope.region, key.KeyId, key.KeyManager),
    endpointOf(scope.region),
  ])
  const kind = kindOf(key)
  const replicas = Math.max(0, membersOf(key).length - 1)
  const target = { reference, name, arn: key.Arn, state: key.KeyState, ...(row && { lastUse: row.lastUse }) }
  const codeOf = (name: 'DescribeKey' | 'EnableKey' | 'CancelKeyDeletion') =>
    snippetsFor([{ name, input: ofKey({ key: reference }) }], { endpoint, region: scope.region })
  const pending = key.KeyState === 'PendingDeletion' || key.KeyState === 'PendingReplicaDeletion'
  const deed = pending
    ? { title: 'Cancel deletion', snippets: codeOf('CancelKeyDeletion') }
    : key.KeyState === 'Disabled'
      ? { title: 'Enable', snippets: codeOf('EnableKey') }
      : undefined
  return (
    <>
      <KeyHeader
        scope={scope}
        own={session.principal.account}
        self={session.principal.arn}
        keyId={key.KeyId}
        alias={aliases[0]?.AliasName}
        more={Math.max(0, aliases.length - 1)}
        deletionDate={key.DeletionDate}
        replicas={replicas}
        kind={kind}
        target={target}
        snippets={codeOf('DescribeKey')}
        deed={deed}
      />
      {foreign && <ForeignLine place={loaded} />}
      {kind.managed && (
        <Hint className="mb-3">
          AWS managed: its service creates and rotates it. You can view its policy, not change it.
        </Hint>
      )}
      {pending && !foreign && <PendingDeletion scope={scope} keyId={key.KeyId} />}
      {!foreign && !kind.managed && (
        <WatchBanner scope={scope} keyId={key.KeyId} name={name} state={key.KeyState} />
      )}
      <KeyFacts loaded={loaded} row={row} />
      <KeyTabs
        scope={scope}
        keyId={key.KeyId}
        described={{ KeySpec: key.KeySpec, MultiRegion: key.MultiRegion }}
      />
      {children}
    </>
  )
}
