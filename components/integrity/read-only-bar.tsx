'use client'

import Link from 'next/link'
import { paths } from '#lib/console/paths.ts'
import { useLogState } from './use-log-state.ts'

const AGAIN_MS = 60_000

/** Under the top bar of every page while nothing may be changed. */
export function ReadOnlyBar({ account }: { account: string }) {
  const reason = useLogState(account, AGAIN_MS).data?.ReadOnly
  return (
    <div role="status">
      {reason && (
        <p className="border-b border-vermilion bg-vermilion-soft px-5 py-1 text-table text-vermilion">
          Read-only: {reason}{' '}
          <Link href={paths.integrity(account)} className="font-medium underline underline-offset-2">
            Open log integrity
          </Link>
        </p>
      )}
    </div>
  )
}
