import { tryAsk } from '#lib/console/engine.ts'
import { type KeyProps, loadKey, titleOf } from '../../key.ts'
import { Activity } from './activity.tsx'
import { activityInput } from './activity-input.ts'

type Props = KeyProps & { searchParams: Promise<{ reads?: string }> }

export const generateMetadata = ({ params }: KeyProps) => titleOf('Activity', params)

const DAYS = 30

export default async function ActivityPage({ params, searchParams }: Props) {
  const { scope, key, session } = await loadKey(params)
  if (!key) return null
  // The log of whoever looks: of another account's key, what this account did with it.
  const home = { account: session.principal.account, region: scope.region }
  const from = Math.floor(Date.now() / 1000) - DAYS * 86_400
  const input = activityInput({ keyId: key.KeyId, from, reads: (await searchParams).reads === 'shown' })
  const first = await tryAsk('SearchEvents', input, { region: scope.region })
  return <Activity scope={home} keyId={key.KeyId} from={from} first={{ ...first, input }} />
}
