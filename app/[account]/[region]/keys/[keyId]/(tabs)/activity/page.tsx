import { Section } from '#components/page-header.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { KeyBudgets } from '../../../budgets/key-budgets.tsx'
import { type KeyProps, loadKey, readUsage, titleOf } from '../../key.ts'
import { Activity } from './activity.tsx'
import { activityInput } from './activity-input.ts'
import { UseSection } from './use-section.tsx'

type Props = KeyProps & { searchParams: Promise<{ reads?: string }> }

export const generateMetadata = ({ params }: KeyProps) => titleOf('Activity', params)

const DAYS = 30

/** Who uses the key, how much of it is expected, and everything that happened to it lately. */
export default async function ActivityPage({ params, searchParams }: Props) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, session, foreign, name } = loaded
  // The log of whoever looks: of another account's key, what this account did with it.
  const home = { account: session.principal.account, region: scope.region }
  const from = Math.floor(Date.now() / 1000) - DAYS * 86_400
  const input = activityInput({ keyId: key.KeyId, from, reads: (await searchParams).reads === 'shown' })
  const region = { region: scope.region }
  const [first, usage, budgets] = await Promise.all([
    tryAsk('SearchEvents', input, region),
    foreign ? undefined : readUsage(scope.region, key.KeyId),
    foreign ? undefined : tryAsk('ListUseBudgets', { KeyId: key.KeyId }, region),
  ])
  return (
    <>
      {usage && (
        <UseSection account={scope.account} metadata={key} usage={usage.output} refusal={usage.refusal} />
      )}
      {budgets?.output && (
        <KeyBudgets scope={scope} keyId={key.KeyId} name={name} budgets={budgets.output.Budgets} />
      )}
      <Section title="Events" fact={`Last ${DAYS} days`}>
        <Activity scope={home} keyId={key.KeyId} from={from} first={{ ...first, input }} />
      </Section>
    </>
  )
}
