/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  // Only the console's own code belongs in its build: no test, no database client, no other process's files.
  outputFileTracingExcludes: {
    '*': ['./.keyhouse/**', './prisma/**', './lib/store/**', './e2e/**', './bench/**'],
  },
  // Types are checked by npm test, tests included; a start need not wait for them, nor fail on a test's.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // The largest thing a form sends is a key policy, which AWS limits to 131,072 characters.
  experimental: { serverActions: { bodySizeLimit: '256kb' } },
  // Browsers ask for it by themselves before they have read where the icon is.
  redirects: async () => [{ source: '/favicon.ico', destination: '/favicon.svg', permanent: true }],
  devIndicators: false,
  // In development Next would print what a server action was given: plaintext, too.
  logging: { serverFunctions: false },
}

export default config
