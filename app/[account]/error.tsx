'use client'

import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { Failure } from '#app/_frame/failure.tsx'

type Props = { error: Error & { digest?: string }; reset: () => void }

/** Inside the frame: sections and scope stay usable. */
export default function AccountError({ error, reset }: Props) {
  const router = useRouter()
  return (
    <Failure
      digest={error.digest}
      onRetry={() =>
        startTransition(() => {
          router.refresh()
          reset()
        })
      }
    />
  )
}
