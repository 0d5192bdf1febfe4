import Link from 'next/link'
import { KeyName } from '#components/key-name.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import { DEPENDS } from './loss.ts'

type DependentsProps = {
  scope: Scope
  keyId: string
  usage: KeyUsageName
  aliases: readonly string[]
  /** Regions of the replicas that a primary waits for. */
  replicas: readonly string[]
}

/** What goes with the key, what it waits for, and what can't be seen from here. */
export function Dependents({ scope, keyId, usage, aliases, replicas }: DependentsProps) {
  const row = 'flex flex-wrap items-center gap-x-2 border-b border-line py-1.5'
  return (
    <>
      <ul className="text-table">
        {replicas.map((region) => (
          <li key={region} className={row}>
            <Link className="link" href={paths.key({ account: scope.account, region }, keyId)}>
              Replica in {region}
            </Link>
            <span className="text-text2">is waited for: the primary outlives it</span>
          </li>
        ))}
        {aliases.map((alias) => (
          <li key={alias} className={row}>
            <KeyName keyId={keyId} alias={alias} />
            <span className="text-text2">is deleted with the key</span>
          </li>
        ))}
      </ul>
      <p className="pt-2 text-table text-text2">
        {aliases.length === 0 && 'No alias points at it. '}
        {DEPENDS[usage]}
      </p>
    </>
  )
}
