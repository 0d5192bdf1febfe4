/** Who calls, with what credential, and through which door. */

/** The role that a session is of. */
export type Role = {
  /** AROA… */
  readonly id: string
  readonly name: string
  /** arn:aws:iam::111122223333:role/path/name: what policies name. */
  readonly arn: string
}

export type Principal = {
  /**
   * `role` is a session of a role; `service` is a service that calls for itself; `federated` holds a token of an
   * identity provider and is nobody yet.
   */
  readonly kind: 'root' | 'user' | 'role' | 'service' | 'federated'
  readonly partition: string
  /** Of a service: the account that it works in; of a holder of a token: the account whose provider it is. */
  readonly account: string
  /** AIDA… for a user; AROA…:session for a session; the account id for the account root; a service's DNS name. */
  readonly id: string
  /** The user's name; `role/session`; `root`; a service's DNS name. */
  readonly name: string
  /** A session's is arn:aws:sts::111122223333:assumed-role/role/session; a service's is its DNS name. */
  readonly arn: string
  /** Of sessions of a role only. */
  readonly role?: Role
}

/** What the session of a caller says beyond who they are; undefined for what does not apply. */
export type SessionFacts = {
  readonly issuedAt: Date
  /** When a second factor was shown. */
  readonly mfaAt: Date | undefined
  readonly sourceIdentity: string | undefined
  /** ARN of the provider whose token the session was opened with. */
  readonly federatedProvider: string | undefined
}

/**
 * The service that carries the call, and the resource it does so for. Only code of Keyhouse sets this: a request
 * cannot claim it.
 */
export type Through = {
  /** s3.eu-west-1.amazonaws.com */
  readonly service: string
  /** True when it calls on behalf of the principal (kms:ViaService), false when it is the principal itself. */
  readonly behalf: boolean
  readonly sourceArn?: string
  readonly sourceAccount?: string
}

/** What the verified token of an identity provider says (OpenID Connect Core §2). */
export type IdentityToken = {
  /** ARN of the provider. */
  readonly provider: string
  /** The issuer without https://, as conditions name it. */
  readonly issuer: string
  readonly subject: string
  /** Those of its audiences that are clients of the provider. */
  readonly audiences: readonly string[]
  /** The client that asked for the token, where it says so. */
  readonly authorizedParty: string | undefined
  /** How its holder proved who they are: amr. */
  readonly methods: readonly string[]
  /** Only where the issuer says that it is the holder's. */
  readonly email: string | undefined
  /** When the holder last proved to the issuer who they are: auth_time. */
  readonly authenticatedAt: Date | undefined
}

/** What proved the caller's identity. `internal` is Keyhouse acting for itself or seeding. */
export type Credential =
  | { readonly kind: 'access-key'; readonly id: string }
  | { readonly kind: 'session'; readonly id: string; readonly facts: SessionFacts }
  | { readonly kind: 'web-identity'; readonly token: IdentityToken }
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
  /** The VPC endpoint that this engine's listener stands for, by configuration (aws:SourceVpce). */
  readonly vpcEndpoint?: string
  /** SHA-256 of the request body, 32 bytes: part of what makes a retry the same request. */
  readonly bodyHash: Uint8Array | undefined
}

export type Caller = {
  readonly principal: Principal
  readonly through?: Through
  readonly credential: Credential
  readonly channel: Channel
  /** The Region of the credential's scope, or of the console's page. */
  readonly region: string
}
