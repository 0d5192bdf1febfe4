import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { readTheme, THEME_COOKIE, themeClass } from '#lib/console/theme.ts'
import { mono, sans } from './_frame/fonts.ts'
import { Providers } from './_frame/providers.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Keyhouse', template: '%s · Keyhouse' },
  description: 'Key management that you run yourself',
  icons: { icon: '/favicon.svg' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? ''
  // The theme is a class from the first byte: nothing flashes, no script decides.
  const theme = themeClass(readTheme((await cookies()).get(THEME_COOKIE)?.value))
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable} ${theme}`} suppressHydrationWarning>
      <body className="min-h-dvh bg-canvas">
        <Providers nonce={nonce} at={Date.now()}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
