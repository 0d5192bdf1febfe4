import Link from 'next/link'
import type { ReactNode } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { PartialLine } from '#components/states.tsx'
import { count, principalLabel } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import { DEPENDS } from './loss.ts'

export type Dependents = OutputOf<'KeyDependents'>

type DependentsProps = {
  scope: Scope
  keyId: string
  usage: KeyUsageName
  /** None where they may not be read. */
  dependents: Dependents | undefined
  /** Data keys and pairs that were handed out in the last 90 days, where that is known. */
  dataKeys: number | undefined
}

/** What goes with the key, what it waits for, what would miss it, and what can't be seen from here. */
export function DependentList({ scope, keyId, usage, dependents, dataKeys }: DependentsProps) {
  return (
    <>
      {dependents ? (
        <ul className="text-table">
          <Family account={scope.account} keyId={keyId} regions={dependents.ReplicaRegions} />
          {dependents.Aliases.map((alias) => (
            <Line key={alias} what="is deleted with the key">
              <KeyName keyId={keyId} alias={alias} />
            </Line>
          ))}
          <Grants scope={scope} keyId={keyId} dependents={dependents} />
          {dependents.Policies.map(({ Kind, Name, Names }) => (
            <Line key={`${Kind} ${Name}`} what={`names ${Names}, which then is nothing`}>
              {policyWords(Kind, Name)}
            </Line>
          ))}
          <Material reimportable={dependents.Reimportable} />
        </ul>
      ) : (
        <PartialLine>Aliases, grants and policies that depend on this key can’t be read.</PartialLine>
      )}
      <p className="pt-2 text-table text-text2">
        {dependents?.Aliases.length === 0 && 'No alias points at it. '}
        {dependents?.Grants === 0 && 'It has no grants. '}
        {dependents?.Policies.length === 0 && 'No policy names it. '}
        {dataKeys !== undefined &&
          dataKeys > 0 &&
          `${count(dataKeys, 'data key')} made under it in the last 90 days can’t be decrypted again. `}
        {DEPENDS[usage]}
      </p>
    </>
  )
}

const Line = ({ children, what }: { children: ReactNode; what: string }) => (
  <li className="flex min-w-0 flex-wrap items-center gap-x-2 border-b border-line py-1.5">
    {children}
    <span className="min-w-0 break-words text-text2">{what}</span>
  </li>
)

/** Only a primary waits for the others. */
function Family({ account, keyId, regions }: { account: string; keyId: string; regions: readonly string[] }) {
  return regions.map((region) => (
    <Line key={region} what="is waited for: the primary outlives it">
      <Link className="link" href={paths.key({ account, region }, keyId)}>
        Replica in {region}
      </Link>
    </Line>
  ))
}

const SHOWN = 3

function Grants({ scope, keyId, dependents }: { scope: Scope; keyId: string; dependents: Dependents }) {
  const { Grants: grants, GranteePrincipals: grantees } = dependents
  if (grants === 0) return null
  const shown = grantees.slice(0, SHOWN).map(principalLabel).join(', ')
  const more = grantees.length > SHOWN ? ` and ${grantees.length - SHOWN} more` : ''
  return (
    <Line what={`${grants === 1 ? 'ends' : 'end'} with the key: ${shown}${more} can’t use it any more`}>
      <Link className="link" href={paths.key(scope, keyId, 'grants')}>
        {count(grants, 'grant')}
      </Link>
    </Line>
  )
}

function Material({ reimportable }: { reimportable: boolean | null }) {
  if (reimportable === null) return null
  return (
    <Line
      what={
        reimportable
          ? 'can be imported again into this key, and into no other. Deleting the material alone can be undone'
          : 'is deleted too: no other key can take it and decrypt with it'
      }
    >
      Imported key material
    </Line>
  )
}

const HOLDERS: Readonly<Record<string, string>> = {
  boundary: 'Boundary of',
  trust: 'Trust policy of',
  guardrail: 'Guardrail',
  key: 'Key policy of',
  managed: 'Policy',
}

/** "Inline policy use-orders of user bob", "Key policy of alias/payments". */
function policyWords(kind: string, name: string): string {
  const held = HOLDERS[kind]
  if (held) return `${held} ${name}`
  const [holder = '', policy] = name.split('/')
  return policy ? `Inline policy ${policy} of ${kind} ${holder}` : `${kind} ${name}`
}
