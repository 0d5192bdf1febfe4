import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { Denied } from '#components/denied.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { type KeyAnswer, keyInRegions } from '#lib/console/find.ts'
import { count } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { requireSession, type SessionView } from '#lib/console/session.ts'

export const metadata: Metadata = { title: 'Key' }

type Answered = { session: SessionView; reference: string; answers: readonly KeyAnswer[] }

/** Finds a key by its id or alias alone, in every Region: its one right page, its Regions, or what is missing. */
export default async function ResolveKeyPage({ params }: { params: Promise<{ keyId: string }> }) {
  const session = await requireSession()
  const { account } = session.principal
  const reference = decodeURIComponent((await params).keyId)
  const answers = await keyInRegions(session.regions, reference)
  const found = answers.filter(({ key }) => key)
  const [first] = found
  if (first?.key && found.length === 1)
    redirect(paths.key({ account, region: first.region }, first.key.KeyId))
  return (
    <SignedFrame session={session}>
      <PageHeader title={found.length > 1 ? 'Which Region?' : 'Key'} />
      {found.length > 1 ? (
        <Regions session={session} reference={reference} answers={found} />
      ) : (
        <Missing session={session} reference={reference} answers={answers} />
      )}
    </SignedFrame>
  )
}

/** A multi-Region key, or an alias that several Regions have. */
function Regions({ session, reference, answers }: Answered) {
  const { account } = session.principal
  return (
    <div className="max-w-prose space-y-3 text-body">
      <p>
        <code className="break-all text-mono">{reference}</code> is in {count(answers.length, 'Region')}.
      </p>
      <ul className="border-t border-line">
        {answers.map(
          ({ region, key }) =>
            key && (
              <li key={region} className="flex min-h-11 flex-wrap items-center gap-x-4 border-b border-line">
                <a className="link" href={paths.key({ account, region }, key.KeyId)}>
                  Open it in {region}
                </a>
                {key.MultiRegionConfiguration && (
                  <span className="text-table text-text2">
                    {key.MultiRegionConfiguration.MultiRegionKeyType === 'PRIMARY' ? 'Primary' : 'Replica'}
                  </span>
                )}
                <StateBadge state={key.KeyState} className="text-table" />
              </li>
            ),
        )}
      </ul>
    </div>
  )
}

async function Missing({ session, reference, answers }: Answered) {
  const { account } = session.principal
  const id = <code className="break-all text-mono">{reference}</code>
  const denied = answers.find(({ refusal }) => refusal && isDenied(refusal))
  if (denied?.refusal)
    return <Denied size="page" refusal={denied.refusal} what="You can’t look this key up." resource={id} />
  const failed = answers.find(({ refusal }) => refusal?.code === 'EngineUnreachable')
  if (failed?.refusal) return <ErrorState what="This key couldn’t be looked up." refusal={failed.refusal} />
  const gone = await deletedIn(session.regions, reference)
  return (
    <div className="max-w-prose space-y-3 text-body">
      {gone ? (
        <p>
          This key was deleted in {gone.region} on <Time at={gone.at} as="date" />. What was encrypted under
          it can’t be decrypted. {id}
        </p>
      ) : (
        <>
          <p>
            No key with this ID or alias in any Region of account {account} that you can read: {id}.
          </p>
          <p className="text-text2">
            Looked in {session.regions.join(', ')}. A key of another account is found by its ARN.
          </p>
        </>
      )}
      <LinkButton href={paths.audit(account, { q: `key:${reference}` })}>Look in the audit log</LinkButton>
    </div>
  )
}

async function deletedIn(regions: readonly string[], reference: string) {
  if (reference.startsWith('alias/')) return undefined
  for (const region of regions) {
    const { output } = await tryAsk('GetDeletedKey', { KeyId: reference }, { region })
    if (output) return { region, at: output.DeletedAt }
  }
  return undefined
}
