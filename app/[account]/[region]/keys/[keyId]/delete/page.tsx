import Link from 'next/link'
import { KeyName } from '#components/key-name.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { PageHeader, Section } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import type { ListedKey } from '../../key-search.ts'
import { endpointOf, type KeyProps, loadKey, readRow, titleOf } from '../key.ts'
import { NoKey } from '../no-key.tsx'
import { DeletionForm } from './deletion-form.tsx'

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
        actions={
          <ShowAsCode
            snippets={snippetsFor(
              [{ name: 'ScheduleKeyDeletion', input: { KeyId: reference, PendingWindowInDays: 30 } }],
              { endpoint, region: scope.region },
            )}
          />
        }
      />
      <div className="max-w-form">
        <Section title="Is it in use?">
          <InUse account={scope.account} row={row} />
        </Section>
        <Section title="What depends on it">
          {aliases.length === 0 ? (
            <p className="text-table text-text2">
              No alias points at it. Data encrypted under it depends on it, wherever it is kept.
            </p>
          ) : (
            <>
              <ul className="text-table">
                {aliases.map(({ AliasName }) => (
                  <li
                    key={AliasName}
                    className="flex flex-wrap items-center gap-x-2 border-b border-line py-1.5"
                  >
                    <KeyName keyId={key.KeyId} alias={AliasName} />
                    <span className="text-text2">is deleted with the key</span>
                  </li>
                ))}
              </ul>
              <p className="pt-2 text-table text-text2">
                Data encrypted under the key depends on it, wherever it is kept.
              </p>
            </>
          )}
        </Section>
        <DeletionForm
          scope={scope}
          keyId={key.KeyId}
          alias={alias}
          target={target}
          reason={stateReason('scheduleDeletion', key.KeyState, key.Arn)}
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
      <Link className="link" href={paths.event(account, eventId)}>
        View event
      </Link>
    </Note>
  )
}
