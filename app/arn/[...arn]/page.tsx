import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { Denied } from '#components/denied.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied, type RefusalView } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { requireSession, type SessionView } from '#lib/console/session.ts'
import { type Arn, parseArn } from '#lib/domain/arn.ts'

export const metadata: Metadata = { title: 'ARN' }

const Id = ({ children }: { children: string }) => <code className="break-all text-mono">{children}</code>

/** Opens what an ARN names: a key's page, a principal's events, or what is missing. */
export default async function ResolveArnPage({ params }: { params: Promise<{ arn: string[] }> }) {
  const session = await requireSession()
  // An alias may have slashes of its own.
  const text = (await params).arn.map(decodeURIComponent).join('/')
  const arn = parseArn(text)
  return (
    <SignedFrame session={session}>
      <PageHeader title="ARN" />
      <Answer session={session} text={text} arn={arn} />
    </SignedFrame>
  )
}

async function Answer({ session, text, arn }: { session: SessionView; text: string; arn: Arn | undefined }) {
  const own = session.principal.account
  if (!arn)
    return (
      <Line>
        <Id>{text}</Id> isn’t an ARN.
      </Line>
    )
  if (arn.service === 'kms' && /^(key|alias)\//.test(arn.resource))
    return <KeyOf session={session} text={text} arn={arn} />
  if (arn.service === 'iam' && arn.account === own) redirect(paths.audit(own, { q: `actor:${text}` }))
  return (
    <Line>
      <Id>{text}</Id> names nothing that has a page here. Keys and aliases have one, and principals of account{' '}
      {own} have their events.
    </Line>
  )
}

async function KeyOf({ session, text, arn }: { session: SessionView; text: string; arn: Arn }) {
  const own = session.principal.account
  const { account, region } = arn
  if (account === own && !session.regions.includes(region))
    return (
      <Line>
        Account {own} has no Region {region || 'of that name'}. It has {session.regions.join(', ')}.
      </Line>
    )
  const { output, refusal } = await tryAsk('DescribeKey', { KeyId: text }, { region })
  if (output) redirect(paths.key({ account, region }, output.KeyMetadata.KeyId))
  return <Refused session={session} text={text} arn={arn} refusal={refusal} />
}

type RefusedProps = { session: SessionView; text: string; arn: Arn; refusal: RefusalView }

function Refused({ session, text, arn, refusal }: RefusedProps) {
  const own = session.principal.account
  if (isDenied(refusal))
    return (
      <Denied
        size="page"
        refusal={refusal}
        what={`You don’t have kms:DescribeKey on this key in ${arn.account}.`}
        resource={<Id>{text}</Id>}
      />
    )
  if (refusal.code !== 'NotFoundException')
    return <ErrorState what="This ARN couldn’t be looked up." refusal={refusal} />
  const id = arn.resource.replace(/^key\//, '')
  return (
    <Line
      action={arn.account === own && <LinkButton href={paths.anyKey(id)}>Look in every Region</LinkButton>}
    >
      Account {arn.account} has no such {arn.resource.startsWith('alias/') ? 'alias' : 'key'} in {arn.region}:{' '}
      <Id>{text}</Id>.
    </Line>
  )
}

const Line = ({ children, action }: { children: ReactNode; action?: ReactNode }) => (
  <div className="max-w-prose space-y-3 text-body">
    <p>{children}</p>
    {action}
  </div>
)
