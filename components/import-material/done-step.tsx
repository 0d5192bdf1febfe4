'use client'

import Link from 'next/link'
import { isPending, shortMaterial } from '#components/keys/materials.ts'
import { StateBadge } from '#components/state-badge.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { formatMoment, toDate } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { useFlow } from './flow-context.tsx'
import { useOtherRegions } from './regions-note.tsx'

/** Step 4: what the key is now, which material came, its event, and what comes next. */
export function DoneStep({ eventId }: { eventId: string | undefined }) {
  const { setting, stored } = useFlow()
  const { scope, described, materials } = setting
  const tab = paths.key(scope, described.KeyId, 'material')
  if (stored.done === undefined)
    return (
      <div className="space-y-3">
        <Hint>Nothing was imported in this tab yet.</Hint>
        <LinkButton size="form" variant="primary" href={paths.importMaterial(scope, described.KeyId)}>
          Choose wrapping
        </LinkButton>
      </div>
    )
  const material = materials?.find(({ id }) => id === stored.done)
  const expires = material ? material.expires : described.ValidTo
  return (
    <div className="space-y-5">
      <Facts
        columns={2}
        facts={[
          { term: 'Key state', value: <StateBadge state={described.KeyState} /> },
          { term: 'Expires', value: expires ? formatMoment(toDate(expires)) : 'Does not expire' },
          ...(stored.done === ''
            ? []
            : [
                {
                  term: 'Key material ID',
                  value: (
                    <Identifier
                      value={stored.done}
                      short={shortMaterial(stored.done)}
                      name="key material ID"
                    />
                  ),
                },
              ]),
          {
            term: 'Event',
            value: eventId ? (
              <Link className="link" href={paths.event(scope.account, eventId)}>
                View event
              </Link>
            ) : (
              'Not readable with your permissions'
            ),
          },
        ]}
      />
      <NextStep pending={material && isPending(material) ? material.state : undefined} tab={tab} />
      <OtherRegions />
      <Hint>
        Keep the plaintext material somewhere safe. It can’t be read back, and only the same bytes can be
        imported again.
      </Hint>
    </div>
  )
}

function NextStep({ pending, tab }: { pending: string | undefined; tab: string }) {
  const { scope, described, reference } = useFlow().setting
  if (pending === 'PENDING_ROTATION')
    return (
      <div className="space-y-3">
        <Note>
          The new material waits: the key encrypts with its current one until you rotate. Old data then still
          decrypts.
        </Note>
        <LinkButton size="form" variant="primary" href={tab}>
          Rotate to the new material
        </LinkButton>
      </div>
    )
  const usable = described.KeyState === 'Enabled' && described.KeySpec === 'SYMMETRIC_DEFAULT'
  return (
    <p className="flex flex-wrap gap-2">
      <LinkButton size="form" variant="primary" href={tab}>
        Open key material
      </LinkButton>
      {usable && (
        <LinkButton size="form" href={paths.playground(scope, 'encrypt', { key: reference })}>
          Try it
        </LinkButton>
      )}
    </p>
  )
}

function OtherRegions() {
  const { scope, described } = useFlow().setting
  const others = useOtherRegions()
  if (others.length === 0) return null
  return (
    <div>
      <h2 className="text-section">The same bytes in the other Regions</h2>
      <p className="max-w-prose text-table text-text2">
        Each Region imports by itself, with a wrapping key and a token of its own.
      </p>
      <ul className="mt-1 text-table">
        {others.map((region) => (
          <li key={region} className="border-b border-line py-1.5">
            <Link
              className="link"
              href={paths.importMaterial({ account: scope.account, region }, described.KeyId)}
            >
              Import into {region}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
