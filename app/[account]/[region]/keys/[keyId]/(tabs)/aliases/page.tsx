import { Denied } from '#components/denied.tsx'
import { MANAGED_REASON } from '#components/keys/key-kind.ts'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied } from '#lib/console/messages.ts'
import { type KeyProps, loadKey, readRow, titleOf } from '../../key.ts'
import { Aliases } from './aliases.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Aliases', params)

export default async function AliasesPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, reference, name, foreign } = loaded
  if (foreign) {
    return (
      <EmptyState>
        <p>
          Aliases belong to an account. Those of {scope.account} can’t be listed from yours, and yours can’t
          point at its keys.
        </p>
      </EmptyState>
    )
  }
  const [{ output, refusal }, row] = await Promise.all([
    tryAsk('ListAliases', { KeyId: reference, Limit: 100 }, { region: scope.region }),
    readRow(scope.region, key.KeyId),
  ])
  if (refusal) {
    return isDenied(refusal) ? (
      <Denied refusal={refusal} what="You can’t list aliases." />
    ) : (
      <ErrorState what="Aliases couldn’t be loaded." refusal={refusal} />
    )
  }
  const target = { reference, name, arn: key.Arn, state: key.KeyState, ...(row && { lastUse: row.lastUse }) }
  return (
    <Aliases
      scope={scope}
      keyId={key.KeyId}
      spec={key.KeySpec}
      usage={key.KeyUsage}
      fixed={key.KeyManager === 'AWS' ? MANAGED_REASON : undefined}
      target={target}
      aliases={output.Aliases}
    />
  )
}
