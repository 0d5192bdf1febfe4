import Link from 'next/link'
import { ORIGIN_WORDS, specWords } from '#components/keys/key-words.ts'
import { Time } from '#components/time.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { USAGE_LABEL } from '#lib/domain/key-spec.ts'
import type { ListedKey } from '../../key-search.ts'
import { type LoadedKey, newestEvent, readRotation } from '../key.ts'
import { Description } from './description.tsx'

const Unread = () => <span className="text-text3">Can’t be read</span>

/** The fact list of a key. What this person may not read is said, fact by fact. */
export async function KeyFacts({ loaded, row }: { loaded: LoadedKey; row: ListedKey | undefined }) {
  if (!loaded.key) return null
  const { scope, key, reference, foreign, name } = loaded
  const [created, rotation] = await Promise.all([
    foreign ? undefined : newestEvent(scope.region, key.KeyId, 'event:CreateKey outcome:ok'),
    readRotation(scope.region, reference),
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
                  {' '}
                  by {principalLabel(created.actorArn)}.{' '}
                  <Link className="link" href={paths.event(scope.account, created.id)}>
                    View event
                  </Link>
                </>
              )}
            </span>
          ),
        },
        { term: 'Spec, usage', value: `${specWords(key.KeySpec)} · ${USAGE_LABEL[key.KeyUsage]}` },
        { term: 'Origin', value: ORIGIN_WORDS[key.Origin] },
        { term: 'Regionality', value: key.MultiRegion ? 'Multi-Region' : `Single Region, ${scope.region}` },
        { term: 'Last used', value: <LastUse account={scope.account} row={row} /> },
        {
          term: 'Rotation',
          value: rotation.refusal ? (
            <Unread />
          ) : rotation.output.KeyRotationEnabled && rotation.output.NextRotationDate ? (
            <span>
              Every {rotation.output.RotationPeriodInDays} days, next on{' '}
              <Time at={rotation.output.NextRotationDate} as="date" />
            </span>
          ) : (
            'Automatic rotation is off'
          ),
        },
        {
          term: 'Description',
          value: (
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

function LastUse({ account, row }: { account: string; row: ListedKey | undefined }) {
  if (!row) return <Unread />
  if (!row.lastUse) return 'No use recorded'
  const { operation, actor, ts, eventId } = row.lastUse
  return (
    <span>
      {operation} by {principalLabel(actor)}, <Time at={ts} />.{' '}
      <Link className="link" href={paths.event(account, eventId)}>
        View event
      </Link>
    </span>
  )
}
