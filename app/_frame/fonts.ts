import localFont from 'next/font/local'

/** IBM Plex: true tabular figures, a slashed zero and a distinct I l 1, because ids are compared by eye here. */
export const sans = localFont({
  src: '../../node_modules/@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2',
  weight: '400 600',
  variable: '--font-sans',
  display: 'optional',
})

export const mono = localFont({
  src: '../../node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2',
  weight: '400',
  variable: '--font-mono',
  display: 'optional',
})
