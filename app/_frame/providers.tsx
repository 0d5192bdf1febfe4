'use client'

import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { ClockProvider } from '#components/clock.tsx'
import { ConfirmPasswordProvider } from '#components/confirm-password.tsx'
import { ConnectionProvider } from '#components/connection.tsx'
import { NonceProvider } from '#components/nonce.tsx'
import { QueryProvider } from '#components/query-provider.tsx'
import { SessionEndedProvider } from '#components/session-ended.tsx'
import { PageActionsProvider } from '#components/shortcuts/page-actions.tsx'
import { ShortcutsProvider } from '#components/shortcuts/shortcuts.tsx'
import { FlashProvider } from '#components/ui/flash.tsx'
import { LiveRegions } from '#components/ui/live-region.tsx'
import { TooltipProvider } from '#components/ui/tooltip.tsx'

/** What every page may use: announcements, flash lines, the clock, the connection, queries. */
export function Providers({ nonce, at, children }: { nonce: string; at: number; children: ReactNode }) {
  return (
    <NonceProvider nonce={nonce}>
      <NuqsAdapter>
        <ClockProvider at={at}>
          <LiveRegions>
            <TooltipProvider>
              <FlashProvider>
                <ConnectionProvider>
                  <SessionEndedProvider>
                    <ConfirmPasswordProvider>
                      <QueryProvider>
                        <ShortcutsProvider>
                          <PageActionsProvider>{children}</PageActionsProvider>
                        </ShortcutsProvider>
                      </QueryProvider>
                    </ConfirmPasswordProvider>
                  </SessionEndedProvider>
                </ConnectionProvider>
              </FlashProvider>
            </TooltipProvider>
          </LiveRegions>
        </ClockProvider>
      </NuqsAdapter>
    </NonceProvider>
  )
}
