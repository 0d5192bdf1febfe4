import Link from 'next/link'
import { Fragment } from 'react'
import { isReplica, type KeyKind, kindOf } from '#components/keys/key-kind.ts'
import { ORIGIN_WORDS, specWords } from '#components/keys/key-words.ts'
import type { Usage } from '#components/keys/usage.ts'
import { Time } from '#components/time.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { principalLabel } from '#lib/console/format.ts'
import type { KeyMetadata } from '#lib/console/outputs.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { USAGE_LABEL } from '#lib/domain/key-spec.ts'
import type { ListedKey } from '../../key-search.ts'
import { type LoadedKey, newestEvent, readRotation, readUsage } from '../key.ts'
import { Description } from './description.tsx'

const Unread = () => <span className="text-text3">Can’t be read</span>

/** The fact list of a key. What this person may not read is said, fact by fact. */
export async function KeyFacts({ loaded, row }: { loaded: LoadedKey; row: ListedKey | undefined }) {
  if (!loaded.key) return null
  const { scope, key, reference, foreign, name } = loaded
  const kind = kindOf(key)
  const [created, rotation, usage] = await Promise.all([
    foreign ? undefined : newestEvent(scope.region, key.KeyId, 'event:CreateKey outcome:ok'),
    kind.spec === 'SYMMETRIC_DEFAULT' && kind.origin === 'AWS_KMS'
      ? readRotation(scope.region, reference)
      : undefined,
    // Its last use, whenever that was; the days before are told by its Activity.
    foreign ? undefined : readUsage(scope.region, key.KeyId, 1),
  ])
  return (
    <Facts
      className="mb-5 max-sm:grid-cols-2 max-sm:[&>div:first-child]:col-span-2 max-sm:[&>div:last-child]:col-span-2 xl:grid-cols-[minmax(0,1.25fr)_1fr_1fr_1fr]"
      facts={[
        { term: 'Key ID', value: <Identifier value={key.KeyId} name="key ID" /> },
        {
          term: 'ARN',
          value: <Identifier value={key.Arn} name="ARN" short={`…:key/${key.KeyId.slice(0, 8)}…`} />,
        },
        {
          term: 'Created',
          value: (
            <span>
              <Time at={key.CreationDate} as="date" />
              {created && (
                <>
                  {created.source === 'internal' ? '' : ` by ${principalLabel(created.actorArn)}`}.{' '}
                  <Link className="link whitespace-nowrap" href={paths.event(scope.account, created.id)}>
                    View event
                  </Link>
                </>
              )}
            </span>
          ),
        },
        { term: 'Spec, usage', value: `${specWords(key.KeySpec)} · ${USAGE_LABEL[key.KeyUsage]}` },
        { term: 'Origin', value: <OriginFact metadata={key} /> },
        { term: 'Regionality', value: <Regionality scope={scope} metadata={key} /> },
        { term: 'Last used', value: <LastUse account={scope.account} row={row} usage={usage?.output} /> },
        { term: 'Rotation', value: <Rotation kind={kind} read={rotation} /> },
        {
          term: 'Description',
          value: kind.managed ? (
            key.Description
          ) : (
            <Description
              scope={scope}
              reference={reference}
              name={name}
              arn={key.Arn}
              state={key.KeyState}
              description={key.Description}
            />
          ),
        },
      ]}
    />
  )
}

type LastUseProps = { account: string; row: ListedKey | undefined; usage: Usage | undefined }

/** Who may not ask for a key's use may still have it in the list of keys, without its source. */
function LastUse({ account, row, usage }: LastUseProps) {
  if (usage?.LastUse) {
    const { Operation, Principal, Source, Last, LastEventId } = usage.LastUse
    const from = Source === '' ? '' : ` from ${Source}`
    return (
      <Use
        account={account}
        words={`${Operation} by ${principalLabel(Principal)}${from}`}
        at={Last}
        event={LastEventId}
      />
    )
  }
  if (usage)
    return (
      <span>
        No use recorded since tracking began on <Time at={usage.Since} as="date" />
      </span>
    )
  if (!row) return <Unread />
  if (!row.lastUse) return 'No use recorded'
  const { operation, actor, ts, eventId } = row.lastUse
  return <Use account={account} words={`${operation} by ${principalLabel(actor)}`} at={ts} event={eventId} />
}

type UseProps = { account: string; words: string; at: number; event: string }

const Use = ({ account, words, at, event }: UseProps) => (
  <span>
    {words}, <Time at={at} />.{' '}
    <Link className="link whitespace-nowrap" href={paths.event(account, event)}>
      View event
    </Link>
  </span>
)

function OriginFact({ metadata }: { metadata: KeyMetadata }) {
  const { Origin, ExpirationModel, ValidTo } = metadata
  return (
    <span>
      {ORIGIN_WORDS[Origin]}
      {ValidTo ? (
        <>
          , expires on <Time at={ValidTo} as="date" />
        </>
      ) : (
        ExpirationModel && ', does not expire'
      )}
    </span>
  )
}

/** Its part in its family, and the way to the other members. */
function Regionality({ scope, metadata }: { scope: Scope; metadata: KeyMetadata }) {
  const family = metadata.MultiRegionConfiguration
  if (!family) return `Single Region, ${scope.region}`
  const to = (region: string) => (
    <Link
      key={region}
      className="link"
      href={paths.key({ account: metadata.AWSAccountId, region }, metadata.KeyId)}
    >
      {region}
    </Link>
  )
  if (family.MultiRegionKeyType === 'REPLICA')
    return <span>Multi-Region replica, primary in {to(family.PrimaryKey.Region)}</span>
  if (family.ReplicaKeys.length === 0) return 'Multi-Region primary, no replicas'
  return (
    <span>
      Multi-Region primary, replicas in{' '}
      {family.ReplicaKeys.map(({ Region }, index) => (
        <Fragment key={Region}>
          {index > 0 && ', '}
          {to(Region)}
        </Fragment>
      ))}
    </span>
  )
}

type RotationRead = Awaited<ReturnType<typeof readRotation>>

function Rotation({ kind, read }: { kind: KeyKind; read: RotationRead | undefined }) {
  if (kind.spec !== 'SYMMETRIC_DEFAULT') return 'By hand: a new key, and its alias repointed'
  if (!read) return isReplica(kind) ? `By its primary, in ${kind.primaryRegion}` : 'On demand, by importing'
  if (read.refusal) return <Unread />
  const { KeyRotationEnabled, RotationPeriodInDays, NextRotationDate } = read.output
  if (!KeyRotationEnabled || !NextRotationDate) return 'Automatic rotation is off'
  return (
    <span>
      Every {RotationPeriodInDays} days, next on <Time at={NextRotationDate} as="date" />
    </span>
  )
}
