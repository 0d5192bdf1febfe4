'use client'

import { useRouter } from 'next/navigation'
import { useFlash } from '#components/ui/flash.tsx'
import { paths } from '#lib/console/paths.ts'
import { type Holder, LIST_OF } from './holders.ts'
import { type Steps, useSteps } from './steps.ts'

/** The requests that make a user, group or role; when all are through, its page opens and says so. */
export function useCreation(account: string, { kind, name }: Holder): Steps {
  const router = useRouter()
  const flash = useFlash()
  return useSteps(() => {
    flash({ tone: 'verdigris', text: `${name} is created.`, links: [], actions: [] })
    router.push(paths.identity(account, LIST_OF[kind], name))
  })
}
