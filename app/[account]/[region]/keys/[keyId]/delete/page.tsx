import { isReplica, kindOf, MANAGED_REASON, membersOf } from '#components/keys/key-kind.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { isRunning } from '#components/keys/watches.ts'
import { PageHeader, Section } from '#components/page-header.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { WatchBanner } from '../(tabs)/watch-banner.tsx'
import { endpointOf, type KeyProps, loadKey, readRow, readUsage, readWatch, titleOf } from '../key.ts'
import { NoKey } from '../no-key.tsx'
import { DeletionForm } from './deletion-form.tsx'
import { DependentList } from './dependents.tsx'
import { InUse } from './in-use.tsx'
import { readShortest } from './shortest-window.ts'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Schedule deletion', params)

/** Deletion as an investigation: in use? who depends on it? what then? something safer? and only then the date. */
export default async function DeleteKeyPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return <NoKey place={loaded} refusal={loaded.refusal} />
  const { scope, key, reference, aliases, name, foreign } = loaded
  const [row, usage, dependents, shortest, endpoint, watch] = await Promise.all([
    foreign ? undefined : readRow(scope.region, key.KeyId),
    foreign ? undefined : readUsage(scope.region, key.KeyId),
    foreign ? undefined : tryAsk('KeyDependents', { KeyId: key.KeyId }, { region: scope.region }),
    readShortest(loaded),
    endpointOf(scope.region),
    foreign ? undefined : readWatch(scope.region, key.KeyId),
  ])
  const target = { reference, name, arn: key.Arn, state: key.KeyState, ...(row && { lastUse: row.lastUse }) }
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
          <InUse account={scope.account} metadata={key} usage={usage?.output} />
        </Section>
        <Section title="What depends on it">
          <DependentList
            scope={scope}
            keyId={key.KeyId}
            usage={key.KeyUsage}
            dependents={dependents?.output}
            dataKeys={usage?.output?.DataKeys}
          />
        </Section>
        <DeletionForm
          scope={scope}
          keyId={key.KeyId}
          alias={aliases[0]?.AliasName}
          target={target}
          part={{ usage: key.KeyUsage, waitsFor: replicas.length, replica: isReplica(kind) }}
          endpoint={endpoint}
          reason={
            (kind.managed ? MANAGED_REASON : undefined) ??
            stateReason('scheduleDeletion', key.KeyState, key.Arn)
          }
          used={usage?.output ? usage.output.Rows.length > 0 : Boolean(row?.lastUse)}
          shortest={shortest}
          watched={key.KeyState !== 'Enabled' && watch && isRunning(watch, Date.now() / 1000)}
        >
          {watch && <WatchBanner scope={scope} keyId={key.KeyId} name={name} state={key.KeyState} />}
        </DeletionForm>
      </div>
    </>
  )
}
