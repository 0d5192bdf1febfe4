import Link from 'next/link'
import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { Section } from '#components/page-header.tsx'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { StatementList } from '#components/policy/statement-list.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { formatNumber, principalLabel } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { MAX_KEY_POLICY_BYTES } from '#lib/domain/policy-grammar.ts'
import { type FoundEvent, type KeyProps, loadKey, newestEvent, titleOf } from '../../key.ts'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Policy', params)

export default async function PolicyPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, reference, foreign, aliases } = loaded
  const [{ output, refusal }, changed] = await Promise.all([
    tryAsk('GetKeyPolicy', { KeyId: reference }, { region: scope.region }),
    foreign ? undefined : newestEvent(scope.region, key.KeyId, 'event:PutKeyPolicy outcome:ok'),
  ])
  if (refusal) {
    return isDenied(refusal) ? (
      <Denied
        refusal={refusal}
        what="You can’t view this key’s policy."
        resource={<KeyName keyId={key.KeyId} alias={aliases[0]?.AliasName} className="align-bottom" />}
      />
    ) : (
      <ErrorState what="The key policy couldn’t be loaded." refusal={refusal} />
    )
  }
  const text = output.Policy
  const bytes = new TextEncoder().encode(text).length
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-table text-text2">
          {formatNumber(bytes)} of {formatNumber(MAX_KEY_POLICY_BYTES)} bytes ·{' '}
          <LastChange account={scope.account} changed={changed} managed={key.KeyManager === 'AWS'} />
        </p>
        {key.KeyManager === 'CUSTOMER' && (
          <div className="no-print ms-auto max-md:ms-0">
            <LinkButton
              variant={/Pending.*Deletion/.test(key.KeyState) ? 'secondary' : 'primary'}
              href={paths.editPolicy(scope, key.KeyId)}
            >
              Edit policy
            </LinkButton>
          </div>
        )}
      </div>
      <div className="grid grid-cols-1 gap-x-7 xl:grid-cols-2">
        <Section title="Structured">
          <StatementList text={text} account={scope.account} />
        </Section>
        <Section title="JSON">
          <PolicyText text={text} label="Key policy" />
        </Section>
      </div>
    </>
  )
}

function LastChange({
  account,
  changed,
  managed,
}: {
  account: string
  changed: FoundEvent | null | undefined
  managed: boolean
}) {
  if (changed === undefined) return 'who changed it last can’t be read'
  if (changed === null) return managed ? 'as its service made it' : 'as the key was created with'
  return (
    <>
      last changed by {principalLabel(changed.actorArn)} <Time at={changed.ts} />.{' '}
      <Link className="link" href={paths.event(account, changed.id)}>
        View event
      </Link>
    </>
  )
}
