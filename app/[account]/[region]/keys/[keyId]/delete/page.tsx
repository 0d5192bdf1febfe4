import Link from 'next/link'
import { isReplica, kindOf, MANAGED_REASON, membersOf } from '#components/keys/key-kind.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { PageHeader, Section } from '#components/page-header.tsx'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import type { ListedKey } from '../../key-search.ts'
import { endpointOf, type KeyProps, loadKey, readRow, titleOf } from '../key.ts'
import { NoKey } from '../no-key.tsx'
import { DeletionForm } from './deletion-form.tsx'
import { Dependents } from './dependents.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Schedule deletion', params)

export default async function DeleteKeyPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return <NoKey place={loaded} refusal={loaded.refusal} />
  const { scope, key, reference, aliases, name, foreign } = loaded
  const [row, endpoint] = await Promise.all([
    foreign ? undefined : readRow(scope.region, key.KeyId),
    endpointOf(scope.region),
  ])
  const target = { reference, name, arn: key.Arn, state: key.KeyState, ...(row && { lastUse: row.lastUse }) }
  const alias = aliases[0]?.AliasName
  const kind = kindOf(key)
  // Only the primary waits for the others.
  const replicas = kind.primary ? membersOf(key).slice(1) : []
  return (
    <>
      <PageHeader
        crumbs={[
          { label: scope.region },
          { label: 'Keys', href: paths.keys(scope) },
          { label: name, href: paths.key(scope, key.KeyId) },
          { label: 'Schedule deletion' },
        ]}
        title={`Schedule deletion of ${name}`}
      />
      <div className="max-w-form">
        <Section title="Is it in use?">
          <InUse account={scope.account} row={row} />
        </Section>
        <Section title="What depends on it">
          <Dependents
            scope={scope}
            keyId={key.KeyId}
            usage={key.KeyUsage}
            aliases={aliases.map(({ AliasName }) => AliasName)}
            replicas={replicas}
          />
        </Section>
        <DeletionForm
          scope={scope}
          keyId={key.KeyId}
          alias={alias}
          target={target}
          part={{ usage: key.KeyUsage, waitsFor: replicas.length, replica: isReplica(kind) }}
          endpoint={endpoint}
          reason={
            (kind.managed ? MANAGED_REASON : undefined) ??
            stateReason('scheduleDeletion', key.KeyState, key.Arn)
          }
        />
      </div>
    </>
  )
}

function InUse({ account, row }: { account: string; row: ListedKey | undefined }) {
  if (!row)
    return (
      <p className="text-table text-brass">
        The last use can’t be read. Ask someone who may list keys before you go on.
      </p>
    )
  if (!row.lastUse)
    return (
      <p className="text-table text-text2">
        No use of this key has been recorded. Use outside this server can’t be seen.
      </p>
    )
  const { operation, actor, ts, eventId } = row.lastUse
  return (
    <Note tone="brass">
      Last used <Time at={ts} />: {operation} by {principalLabel(actor)}.{' '}
      <Link className="link whitespace-nowrap" href={paths.event(account, eventId)}>
        View event
      </Link>
    </Note>
  )
}
