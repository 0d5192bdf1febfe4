import type { ReactNode } from 'react'
import { HandoverProvider } from '#components/playground/handover.tsx'

/** Stays while one goes from operation to operation: what Encrypt hands to Decrypt is carried here, in memory. */
export default function PlaygroundLayout({ children }: { children: ReactNode }) {
  return <HandoverProvider>{children}</HandoverProvider>
}
