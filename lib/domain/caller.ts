/** Who calls, with what credential, and through which door. */

export type Principal = {
  readonly kind: 'root' | 'user'
  readonly partition: string
  readonly account: string
  /** AIDA… for a user; the account id for the account root. */
  readonly id: string
  /** The user's name; `root` for the account root. */
  readonly name: string
  readonly arn: string
}

/** What proved the caller's identity. `internal` is Keyhouse acting for itself or seeding. */
export type Credential =
  | { readonly kind: 'access-key'; readonly id: string }
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'internal' }

/** How the request arrived. Strings here come from outside: they are logged, never trusted. */
export type Channel = {
  readonly via: 'wire' | 'console' | 'internal'
  readonly address: string
  readonly userAgent: string
  readonly tls: { readonly version: string; readonly cipher: string } | undefined
  readonly host: string
  /** UUID, also sent back as x-amzn-RequestId. */
  readonly requestId: string
  /** amz-sdk-invocation-id: constant over the retries of one SDK call. */
  readonly invocationId: string | undefined
  /** True when a screen of the console asked by itself, to draw something. */
  readonly reading?: boolean
  /** SHA-256 of the request body, 32 bytes: part of what makes a retry the same request. */
  readonly bodyHash: Uint8Array | undefined
}

export type Caller = {
  readonly principal: Principal
  readonly credential: Credential
  readonly channel: Channel
  /** The Region of the credential's scope, or of the console's page. */
  readonly region: string
}
