/** The identity provider that people may sign in with, as the engine was told. */
import { desk } from './desk.ts'

export type SignInProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What people call it. */
  readonly name: string
}

/** Null where the installation has none. The secret is kept nowhere here; pages hand on the name and nothing else. */
export async function signInProvider(): Promise<SignInProvider | null> {
  // The desk's answer is ours: { provider }.
  const { provider } = (await desk('/desk/sign-in-provider', {}, {})) as { provider: SignInProvider | null }
  return provider
}
