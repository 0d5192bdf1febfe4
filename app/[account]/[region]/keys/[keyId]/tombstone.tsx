import { KeyGlyph } from '#components/key-glyph.tsx'
import { ORIGIN_WORDS, specWords } from '#components/keys/key-words.ts'
import { type Crumb, PageHeader, Section } from '#components/page-header.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { Time } from '#components/time.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { formatDate, shortId, toDate } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { USAGE_LABEL } from '#lib/domain/key-spec.ts'
import { Activity } from './(tabs)/activity/activity.tsx'
import { activityInput } from './(tabs)/activity/activity-input.ts'
import { LOSS } from './delete/loss.ts'
import { type KeyPlace, regionOfKey } from './key.ts'

type Deleted = OutputOf<'GetDeletedKey'>

/** What is left of a key that was deleted here, for those who might have described it. */
export const readDeletedKey = async ({ scope, keyId }: KeyPlace): Promise<Deleted | undefined> =>
  (await tryAsk('GetDeletedKey', { KeyId: keyId }, { region: scope.region })).output

type TombstoneProps = { place: KeyPlace; crumbs: readonly Crumb[]; deleted: Deleted }

/** Instead of a deleted key's page: what it was, since when it is gone, and its history. */
export async function Tombstone({ place, crumbs, deleted }: TombstoneProps) {
  const { scope, keyId } = place
  const region = deleted.MultiRegion ? await regionOfKey(place) : undefined
  const { Aliases: aliases, Description: description } = deleted
  // The log outlives the key: all of it, whenever it was.
  const input = activityInput({ keyId, from: undefined, reads: false })
  const first = await tryAsk('SearchEvents', input, { region: scope.region })
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={
          <span className="inline-flex max-w-full items-center gap-2">
            <KeyGlyph keyId={keyId} className="h-[18px] w-[29px] opacity-50" />
            <span className="min-w-0 break-all">{aliases[0] ?? `Key ${shortId(keyId)}`}</span>
          </span>
        }
        fact={<StateBadge state="Deleted" />}
      />
      <p className="mb-3 max-w-prose text-body">
        This key was deleted on {formatDate(toDate(deleted.DeletedAt))}.{' '}
        {region
          ? `Its family lives on: the related key in ${region} has the same material.`
          : LOSS[deleted.KeyUsage]}
      </p>
      <Facts
        className="mb-5"
        facts={[
          { term: 'Key ID', value: <Identifier value={keyId} name="key ID" /> },
          {
            term: 'ARN',
            value: <Identifier value={deleted.Arn} name="ARN" short={`…:key/${shortId(keyId)}…`} />,
          },
          { term: 'Spec, usage', value: `${specWords(deleted.KeySpec)} · ${USAGE_LABEL[deleted.KeyUsage]}` },
          { term: 'Origin', value: ORIGIN_WORDS[deleted.Origin] },
          { term: 'Regionality', value: deleted.MultiRegion ? 'Multi-Region' : 'Single Region' },
          { term: 'Created', value: <Time at={deleted.CreationDate} as="date" /> },
          { term: 'Deleted', value: <Time at={deleted.DeletedAt} as="moment" /> },
          { term: 'Aliases it had', value: aliases.length > 0 ? aliases.join(', ') : 'None' },
          { term: 'Description', value: description || 'None' },
        ]}
      />
      <p className="mb-5 flex flex-wrap items-center gap-3">
        {region && (
          <LinkButton href={paths.key({ account: scope.account, region }, keyId)}>
            Open it in {region}
          </LinkButton>
        )}
        <LinkButton href={paths.keys(scope)}>Keys in {scope.region}</LinkButton>
      </p>
      <Section title="History">
        <Activity scope={scope} keyId={keyId} from={undefined} first={{ ...first, input }} />
      </Section>
    </>
  )
}
