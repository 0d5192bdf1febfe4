import Link from 'next/link'
import { kindOf } from '#components/keys/key-kind.ts'
import { ORIGIN_WORDS, specWords } from '#components/keys/key-words.ts'
import { Section } from '#components/page-header.tsx'
import { EmptyState } from '#components/states.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import { USAGE_LABEL } from '#lib/domain/key-spec.ts'
import { type KeyProps, loadKey, titleOf } from '../../key.ts'
import { Comparison } from './comparison.tsx'
import { FamilyActions } from './family-actions.tsx'
import { MemberTable } from './member-table.tsx'
import { readMembers } from './members.ts'
import { PolicyDrift } from './policy-drift.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Regions', params)

export default async function RegionsPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, reference, name, foreign, session } = loaded
  if (!key.MultiRegion || foreign) {
    return (
      <EmptyState
        actions={
          !foreign && (
            <LinkButton href={paths.newKey(scope, 'configure', { preset: 'multi-region' })}>
              Create multi-Region key
            </LinkButton>
          )
        }
      >
        <p>
          {foreign
            ? `The other members are ${scope.account}’s as well: its people see them here.`
            : 'This key is of a single Region and stays in it. Only a key that is created as a multi-Region key can have replicas.'}
        </p>
      </EmptyState>
    )
  }
  const members = await readMembers(key)
  const material = key.CurrentKeyMaterialId
  return (
    <>
      <Section
        title="Members"
        fact={`${members.length} of ${session.regions.length} Regions of this account`}
        actions={
          <FamilyActions
            scope={scope}
            keyId={key.KeyId}
            kind={kindOf(key)}
            target={{ reference, name, arn: key.Arn, state: key.KeyState }}
            replicas={members.filter(({ primary }) => !primary).map(({ region }) => region)}
            free={session.regions.some((region) => !members.some((member) => member.region === region))}
          />
        }
      >
        <MemberTable account={scope.account} here={scope.region} keyId={key.KeyId} members={members} />
      </Section>
      <Section title="Shared by all">
        <Facts
          className="xl:grid-cols-[minmax(0,1.25fr)_1fr_1fr_1fr]"
          facts={[
            { term: 'Key ID', value: <Identifier value={key.KeyId} name="key ID" /> },
            { term: 'Spec, usage', value: `${specWords(key.KeySpec)} · ${USAGE_LABEL[key.KeyUsage]}` },
            { term: 'Origin', value: ORIGIN_WORDS[key.Origin] },
            ...(material
              ? [
                  {
                    term: 'Current key material',
                    value: (
                      <Identifier value={material} short={`${material.slice(0, 16)}…`} name="material ID" />
                    ),
                  },
                ]
              : []),
          ]}
        />
        <p className="mt-2 max-w-prose text-table text-text2">
          {key.KeySpec === 'SYMMETRIC_DEFAULT' &&
            'Rotation is shared too: the primary rotates, and its replicas follow. '}
          What one member encrypts, every other decrypts.
        </p>
      </Section>
      <Section title="Kept apart">
        <p className="mb-2 max-w-prose text-table text-text2">
          Nothing keeps these alike. A change in one Region stays in it.{' '}
          <Link className="link" href={paths.multiRegion(scope)}>
            All multi-Region keys
          </Link>
        </p>
        <Comparison members={members} />
      </Section>
      <PolicyDrift members={members} />
    </>
  )
}
