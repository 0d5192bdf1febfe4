import Link from 'next/link'
import { isRunning, type Watch, watchFilter } from '#components/keys/watches.ts'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { count, formatNumber, principalLabel, toDate } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import { StopWatching } from '../../watches/stop-watching.tsx'
import { readWatch } from '../key.ts'

type WatchBannerProps = { scope: Scope; keyId: string; name: string; state: KeyState }

/** What a watch sees: who asks for the key while it is disabled. One whose time is over reports while that matters. */
export async function WatchBanner({ scope, keyId, name, state }: WatchBannerProps) {
  const watch = await readWatch(scope.region, keyId)
  const running = watch && isRunning(watch, Date.now() / 1000)
  if (!watch || (!running && state !== 'Disabled')) return null
  return (
    <Note tone={watch.Refused > 0 ? 'brass' : 'ink'} className="mb-3 max-w-form space-y-1">
      <p>
        {running ? (
          <>
            Watched by {principalLabel(watch.StartedBy)} since <Time at={watch.StartedAt} as="date" />; the
            watch ends <Time at={watch.EndsAt} />.
          </>
        ) : (
          <>
            {principalLabel(watch.StartedBy)} watched this key from <Time at={watch.StartedAt} as="date" /> to{' '}
            <Time at={watch.EndsAt} as="date" />.
          </>
        )}
        {state === 'Enabled' && ' The key is enabled: nothing is refused, and nothing counted.'}
      </p>
      <Seen scope={scope} keyId={keyId} watch={watch} />
      <p className="flex flex-wrap items-center gap-3 pt-1">
        {running && <StopWatching scope={scope} id={watch.Id} name={name} />}
        {watch.Refused === 0 && !running && (
          <Link className="link" href={paths.deleteKey(scope, keyId)}>
            Schedule deletion
          </Link>
        )}
      </p>
    </Note>
  )
}

function Seen({ scope, keyId, watch }: { scope: Scope; keyId: string; watch: Watch }) {
  if (watch.Refused === 0) return <p>No call was refused in that time.</p>
  return (
    <>
      <p>
        <span className="font-semibold">{count(watch.Refused, 'call')} refused in that time.</span>{' '}
        <Link
          className="link"
          href={paths.audit(scope.account, {
            q: watchFilter(keyId, scope.region),
            from: toDate(watch.StartedAt).toISOString(),
          })}
        >
          Show these events
        </Link>
      </p>
      <ul className="list-disc ps-5">
        {watch.Principals.map(({ Principal, Count, Last }) => (
          <li key={Principal}>
            {principalLabel(Principal)}: {formatNumber(Count)}, last <Time at={Last} />
          </li>
        ))}
      </ul>
    </>
  )
}
