'use client'

import { SignInForm } from '#components/sign-in/sign-in-form.tsx'

/** `next` is a checked path of this console. */
export function SignInHere({ account, next }: { account: string; next: string }) {
  // A whole new page: nothing of a former session stays in memory.
  return <SignInForm account={account} onDone={() => window.location.assign(next)} />
}
