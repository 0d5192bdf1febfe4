'use client'

import { Failure } from './_frame/failure.tsx'
import { PlainPage } from './_frame/plain.tsx'

type Props = { error: Error & { digest?: string }; reset: () => void }

export default function ErrorPage({ error, reset }: Props) {
  return (
    <PlainPage>
      <Failure digest={error.digest} onRetry={reset} />
    </PlainPage>
  )
}
