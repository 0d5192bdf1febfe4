'use client'

import { type FormEvent, useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { tagFaults } from '#components/create-key/tag-faults.ts'
import { TagFields } from '#components/create-key/tag-fields.tsx'
import {
  EMPTY_REPLICATION,
  type ReplicationDraft,
  replicaRequests,
  replicationSnippets,
} from '#components/keys/replication.ts'
import { type Crumb, PageHeader, Section } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { RadioTiles } from '#components/ui/radio-tiles.tsx'
import { count } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import { faultOf, wholeAlias } from '../../../aliases/alias-name.ts'
import { RegionChoice } from './region-choice.tsx'
import { Results } from './results.tsx'
import { Review } from './review.tsx'
import { useReplication } from './use-replication.ts'

type ReplicateFormProps = {
  scope: Scope
  crumbs: readonly Crumb[]
  title: string
  keyId: string
  alias: string | undefined
  regions: readonly string[]
  taken: readonly string[]
  /** The primary's, where this person may read it. */
  policy: string | undefined
  description: string
  endpoint: string
  /** Why the key's state forbids it. */
  reason: string | undefined
  back: string
}

const aliasFault = (typed: string) => faultOf(wholeAlias(typed))

/** Which Regions, and what their replicas begin with. */
export function ReplicateForm(props: ReplicateFormProps) {
  const { scope, crumbs, title, keyId, regions, taken, policy, endpoint, reason, back } = props
  const [draft, setDraft] = useState<ReplicationDraft>({
    ...EMPTY_REPLICATION,
    description: props.description,
  })
  const [tried, setTried] = useState(false)
  const { lines, running, run } = useReplication(scope, keyId)
  const offline = useOfflineReason()
  const change = (part: Partial<ReplicationDraft>) => setDraft((before) => ({ ...before, ...part }))
  const requests = replicaRequests(draft, policy)
  const faulty = requests.some(({ alias }) => alias && faultOf(alias)) || tagFaults(draft.tags).some(Boolean)
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (requests.length > 0 && !faulty) void run(requests)
  }
  if (lines.length > 0)
    return (
      <>
        <PageHeader crumbs={crumbs} title={title} />
        <Results account={scope.account} keyId={keyId} lines={lines} running={running} back={back} />
      </>
    )
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={title}
        actions={
          requests.length > 0 && (
            <ShowAsCode
              snippets={replicationSnippets(requests, { endpoint, region: scope.region, key: keyId })}
            />
          )
        }
      />
      <form method="post" noValidate className="max-w-form space-y-5" onSubmit={submit}>
        <RegionChoice
          regions={regions}
          taken={taken}
          chosen={draft.regions}
          onChange={(chosen) => change({ regions: chosen })}
          error={tried && requests.length === 0 ? 'Tick at least one Region.' : undefined}
          faultOf={aliasFault}
        />
        <Beginnings draft={draft} policy={policy} onChange={change} />
        <Section title="Review">
          <Review requests={requests} policy={draft.policy} />
        </Section>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" size="form" variant="primary" reason={reason ?? offline}>
            Replicate key
          </Button>
          <LinkButton size="form" href={back}>
            Cancel
          </LinkButton>
          <span className="text-table text-text2">
            {requests.length > 0 && `Makes ${count(requests.length, 'replica')}.`}
          </span>
        </div>
      </form>
    </>
  )
}

type BeginningsProps = {
  draft: ReplicationDraft
  policy: string | undefined
  onChange: (part: Partial<ReplicationDraft>) => void
}

/** What a replica begins with. None of it follows the primary later. */
function Beginnings({ draft, policy, onChange }: BeginningsProps) {
  return (
    <>
      <RadioTiles
        legend="Key policy"
        help="AWS does not copy the primary’s policy to a replica, and nothing keeps the two alike afterwards."
        value={draft.policy}
        onChange={(chosen) => onChange({ policy: chosen })}
        tiles={[
          {
            value: 'default',
            label: 'Default key policy',
            help: 'The account’s identity policies decide. This is what ReplicateKey does by itself.',
          },
          {
            value: 'copy',
            label: 'Copy of the primary’s policy',
            help: 'The same text as the primary has now, sent with the request.',
            ...(policy === undefined && { reason: 'You can’t read the primary’s key policy.' }),
          },
        ]}
      />
      <Field label="Description" help="Of the replicas alone: each can be changed by itself." optional>
        {(control) => (
          <Input
            {...control}
            maxLength={8192}
            value={draft.description}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        )}
      </Field>
      <TagFields tags={draft.tags} onChange={(tags) => onChange({ tags })} />
    </>
  )
}
