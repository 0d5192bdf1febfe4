'use client'

import { useState } from 'react'
import { MenuChoice } from '#components/ui/menu.tsx'
import { THEME_COOKIE, THEMES, type Theme, themeClass } from '#lib/console/theme.ts'

const LABELS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }
const YEAR_SECONDS = 31_536_000

/** Changes the theme at once and for the next page that the server draws. */
export function ThemeChoice({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme)
  function choose(next: Theme) {
    setChosen(next)
    const root = document.documentElement
    root.classList.remove('light', 'dark')
    if (themeClass(next)) root.classList.add(themeClass(next))
    const secure = location.protocol === 'https:' ? '; Secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: a preference of this browser, read by the server when it draws
    document.cookie = `${THEME_COOKIE}=${next}; Path=/; SameSite=Lax; Max-Age=${YEAR_SECONDS}${secure}`
  }
  return (
    <MenuChoice
      label="Theme"
      value={chosen}
      options={THEMES.map((value) => ({ value, label: LABELS[value] }))}
      onChange={choose}
    />
  )
}
