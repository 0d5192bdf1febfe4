/** Light, dark or the system's: a cookie, so that the server draws the right one at once. */
export const THEME_COOKIE = 'keyhouse-theme'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const readTheme = (value: string | undefined): Theme =>
  THEMES.find((theme) => theme === value) ?? 'system'

/** The class of the root element; none follows the system. */
export const themeClass = (theme: Theme): string => (theme === 'system' ? '' : theme)
