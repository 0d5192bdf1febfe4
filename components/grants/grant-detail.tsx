'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { KeyName } from '#components/key-name.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { GrantConstraints } from '#lib/domain/grant.ts'
import { ENDING_WORDS, type Ending } from './end-grant.tsx'
import { GrantLastUse } from './grant-last-use.tsx'
import {
  accountIn,
  granteeOf,
  grantTitle,
  keyIdOf,
  mayRetire,
  retiringOf,
  type ShownGrant,
} from './grant-words.ts'

type GrantDetailProps = {
  scope: Scope
  self: string
  grant: ShownGrant
  onEnd: (ending: Ending) => void
  onClose: () => void
}

const Pairs = ({ pairs }: { pairs: Readonly<Record<string, string>> }) => (
  <ul className="space-y-0.5">
    {Object.entries(pairs).map(([name, value]) => (
      <li key={name} className="break-all font-mono text-mono">
        {name}={value}
      </li>
    ))}
  </ul>
)

function Constraint({ constraints }: { constraints: GrantConstraints | undefined }): ReactNode {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, SourceArn } = constraints ?? {}
  if (!equals && !subset && SourceArn === undefined) return 'None. Every request of these operations fits.'
  return (
    <div className="space-y-1 py-0.5">
      {equals && <p>The encryption context must be exactly</p>}
      {subset && <p>The encryption context must include</p>}
      {(equals ?? subset) && <Pairs pairs={equals ?? subset ?? {}} />}
      {SourceArn !== undefined && (
        <p>
          Only on behalf of <code className="break-all text-mono">{SourceArn}</code>
        </p>
      )}
    </div>
  )
}

const principal = (value: string | undefined, name: string) =>
  value === undefined ? 'None' : <Identifier value={value} name={name} />

/** Everything about one grant, and its end. */
export function GrantDetail({ scope, self, grant, onEnd, onClose }: GrantDetailProps) {
  const offline = useOfflineReason()
  const keyId = keyIdOf(grant)
  const owner = accountIn(grant.KeyId) ?? scope.account
  const named = mayRetire(grant, self)
  const key = { account: owner, region: scope.region }
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Grant ${grantTitle(grant).replace(/^grant /, '')}`}
    >
      <div className="space-y-5 px-4 pt-1 pb-6">
        <Facts
          columns={1}
          facts={[
            { term: 'Grant ID', value: <Identifier value={grant.GrantId} name="grant ID" /> },
            {
              term: 'Key',
              value: (
                <KeyName
                  keyId={keyId}
                  alias={grant.KeyAliases?.[0] ?? `Key ${keyId.slice(0, 8)}`}
                  href={paths.key(key, keyId, 'grants')}
                />
              ),
            },
            { term: 'Grantee', value: principal(granteeOf(grant), 'grantee') },
            { term: 'Operations', value: grant.Operations.join(', ') },
            { term: 'Constraint', value: <Constraint constraints={grant.Constraints} /> },
            { term: 'Retiring principal', value: principal(retiringOf(grant), 'retiring principal') },
            { term: 'Issued by', value: principal(grant.CreatedBy ?? grant.IssuingAccount, 'issuer') },
            { term: 'Created', value: <Time at={grant.CreationDate} as="moment" /> },
            ...(owner === scope.account
              ? [{ term: 'Last used', value: <GrantLastUse scope={scope} grantId={grant.GrantId} /> }]
              : []),
          ]}
        />
        {owner === scope.account && (
          <Link
            className="link inline-block text-table"
            href={paths.audit(owner, {
              q: `key:${keyId} event:CreateGrant,RevokeGrant,RetireGrant`,
              last: '30d',
            })}
          >
            Grant events of this key in the audit log
          </Link>
        )}
        <section
          aria-label="End this grant"
          className="space-y-2 border-t border-line pt-3 text-table text-text2"
        >
          <p>{ENDING_WORDS.revoke}</p>
          <p>
            {ENDING_WORDS.retire}{' '}
            {named ? 'This one names you.' : 'This one doesn’t name you: a policy would have to allow it.'}
          </p>
          <div className="flex flex-wrap gap-2 pt-1">
            <Button reason={offline} onClick={() => onEnd('revoke')}>
              Revoke grant
            </Button>
            <Button reason={offline} onClick={() => onEnd('retire')}>
              Retire grant
            </Button>
          </div>
        </section>
      </div>
    </Sheet>
  )
}
