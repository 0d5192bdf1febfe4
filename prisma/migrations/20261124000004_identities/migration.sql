-- Who may do what: roles and their sessions, groups, managed policies, boundaries, guardrails, second factors,
-- versions of key policies and the cases that are pinned to them.

ALTER TABLE keyhouse.principal
  DROP CONSTRAINT principal_kind_check,
  ADD CONSTRAINT principal_kind_check CHECK (kind IN ('root', 'user', 'role')),
  ADD CHECK (path ~ '^/([!-~]*/)?$' AND char_length(path) <= 512),
  -- Of a role: who may assume it, and for how long at most.
  ADD COLUMN trust_policy_hash bytea REFERENCES keyhouse.policy_document (hash),
  ADD COLUMN max_session_seconds integer CHECK (max_session_seconds BETWEEN 3600 AND 43200),
  ADD COLUMN description text NOT NULL DEFAULT '' CHECK (char_length(description) <= 1000),
  ADD COLUMN password_created_at timestamptz,
  -- The next sign-in must choose a new password.
  ADD COLUMN password_reset_required boolean NOT NULL DEFAULT false,
  ADD CHECK ((kind = 'role') = (trust_policy_hash IS NOT NULL)),
  ADD CHECK ((kind = 'role') = (max_session_seconds IS NOT NULL)),
  ADD CHECK (kind <> 'role' OR password IS NULL);
UPDATE keyhouse.principal SET password_created_at = created_at WHERE password IS NOT NULL;

CREATE TABLE keyhouse.principal_tag (
  principal_id text NOT NULL REFERENCES keyhouse.principal (id) ON DELETE CASCADE,
  tag_key text NOT NULL CHECK (char_length(tag_key) BETWEEN 1 AND 128),
  tag_value text NOT NULL CHECK (char_length(tag_value) <= 256),
  PRIMARY KEY (principal_id, tag_key)
);
-- Names of tags of principals differ by more than case.
CREATE UNIQUE INDEX principal_tag_name ON keyhouse.principal_tag (principal_id, lower(tag_key));

CREATE TABLE keyhouse.managed_policy (
  -- ANPA…
  id text PRIMARY KEY CHECK (id ~ '^ANPA[A-Z0-9]{12,124}$'),
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  name text NOT NULL CHECK (name ~ '^[A-Za-z0-9_+=,.@-]{1,128}$'),
  path text NOT NULL DEFAULT '/' CHECK (path ~ '^/([!-~]*/)?$' AND char_length(path) <= 512),
  description text NOT NULL DEFAULT '' CHECK (char_length(description) <= 1000),
  default_version integer NOT NULL,
  -- The highest version ever: numbers are not given twice.
  last_version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (default_version BETWEEN 1 AND last_version)
);
CREATE UNIQUE INDEX managed_policy_id_default_version_key ON keyhouse.managed_policy (id, default_version);
CREATE UNIQUE INDEX managed_policy_name ON keyhouse.managed_policy (account_id, lower(name));

CREATE TABLE keyhouse.managed_policy_version (
  policy_id text NOT NULL REFERENCES keyhouse.managed_policy (id) ON DELETE CASCADE,
  version integer NOT NULL CHECK (version > 0),
  policy_hash bytea NOT NULL REFERENCES keyhouse.policy_document (hash),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (policy_id, version)
);
-- The default version is one that there is; checked at the end, because the two rows are made together.
ALTER TABLE keyhouse.managed_policy ADD CONSTRAINT managed_policy_default FOREIGN KEY (id, default_version)
  REFERENCES keyhouse.managed_policy_version (policy_id, version) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE keyhouse.managed_policy_tag (
  policy_id text NOT NULL REFERENCES keyhouse.managed_policy (id) ON DELETE CASCADE,
  tag_key text NOT NULL CHECK (char_length(tag_key) BETWEEN 1 AND 128),
  tag_value text NOT NULL CHECK (char_length(tag_value) <= 256),
  PRIMARY KEY (policy_id, tag_key)
);

-- The boundary of a user or role: its policy cannot be deleted while it bounds.
ALTER TABLE keyhouse.principal
  ADD COLUMN boundary_id text REFERENCES keyhouse.managed_policy (id),
  ADD CHECK (kind <> 'root' OR boundary_id IS NULL);
CREATE INDEX principal_boundary ON keyhouse.principal (boundary_id) WHERE boundary_id IS NOT NULL;

CREATE TABLE keyhouse.principal_attachment (
  principal_id text NOT NULL REFERENCES keyhouse.principal (id) ON DELETE CASCADE,
  policy_id text NOT NULL REFERENCES keyhouse.managed_policy (id),
  PRIMARY KEY (principal_id, policy_id)
);
CREATE INDEX principal_attachment_policy ON keyhouse.principal_attachment (policy_id);

CREATE TABLE keyhouse.user_group (
  -- AGPA…
  id text PRIMARY KEY CHECK (id ~ '^AGPA[A-Z0-9]{12,124}$'),
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  name text NOT NULL CHECK (name ~ '^[A-Za-z0-9_+=,.@-]{1,128}$'),
  path text NOT NULL DEFAULT '/' CHECK (path ~ '^/([!-~]*/)?$' AND char_length(path) <= 512),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX user_group_name ON keyhouse.user_group (account_id, lower(name));

CREATE TABLE keyhouse.group_member (
  group_id text NOT NULL REFERENCES keyhouse.user_group (id),
  principal_id text NOT NULL REFERENCES keyhouse.principal (id),
  PRIMARY KEY (group_id, principal_id)
);
CREATE INDEX group_member_principal ON keyhouse.group_member (principal_id);

CREATE TABLE keyhouse.group_policy (
  group_id text NOT NULL REFERENCES keyhouse.user_group (id),
  name text NOT NULL CHECK (name ~ '^[A-Za-z0-9_+=,.@-]{1,128}$'),
  policy_hash bytea NOT NULL REFERENCES keyhouse.policy_document (hash),
  PRIMARY KEY (group_id, name)
);

CREATE TABLE keyhouse.group_attachment (
  group_id text NOT NULL REFERENCES keyhouse.user_group (id),
  policy_id text NOT NULL REFERENCES keyhouse.managed_policy (id),
  PRIMARY KEY (group_id, policy_id)
);
CREATE INDEX group_attachment_policy ON keyhouse.group_attachment (policy_id);

-- What an account's principals may do at most, whatever their policies say: as service control policies do.
-- Together they must allow; an account without any is not guarded.
CREATE TABLE keyhouse.guardrail (
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  name text NOT NULL CHECK (name ~ '^[A-Za-z0-9_+=,.@-]{1,128}$'),
  policy_hash bytea NOT NULL REFERENCES keyhouse.policy_document (hash),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, name)
);

-- Temporary credentials that STS gave out: an access key, its secret and its token, until they expire. Real time.
CREATE TABLE keyhouse.temporary_credential (
  -- ASIA…
  id text PRIMARY KEY CHECK (id ~ '^ASIA[A-Z0-9]{12,124}$'),
  -- The role that was assumed, or the user whose session it is.
  principal_id text NOT NULL REFERENCES keyhouse.principal (id) ON DELETE CASCADE,
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  secret_sealed bytea NOT NULL,
  -- SHA-256 of the session token.
  token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
  -- Of a role session; null for GetSessionToken.
  session_name text CHECK (session_name ~ '^[A-Za-z0-9_+=,.@-]{2,64}$'),
  -- ARN of who assumed the role, or of the identity provider's token.
  assumed_by text,
  -- Session policies, in order: texts as they were then.
  policy_hashes bytea[] NOT NULL DEFAULT '{}',
  -- Session tags, JSON object of strings; and which of them the next role in a chain inherits.
  tags text NOT NULL DEFAULT '{}',
  transitive_tags text[] NOT NULL DEFAULT '{}',
  source_identity text CHECK (source_identity ~ '^[A-Za-z0-9_+=,.@-]{2,64}$'),
  -- ARN of the identity provider that AssumeRoleWithWebIdentity trusted.
  federated_provider text,
  -- When a second factor was shown; null where none was.
  mfa_at timestamptz,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CHECK (expires_at > issued_at)
);
CREATE INDEX temporary_credential_principal ON keyhouse.temporary_credential (principal_id);
CREATE INDEX temporary_credential_expiry ON keyhouse.temporary_credential (expires_at);

-- A person's session in the console may be that of a role they switched to, with a name and the one who switched.
ALTER TABLE keyhouse.session
  ADD COLUMN session_name text CHECK (session_name ~ '^[A-Za-z0-9_+=,.@-]{2,64}$'),
  ADD COLUMN switched_from uuid REFERENCES keyhouse.session (id) ON DELETE CASCADE,
  ADD COLUMN mfa_at timestamptz,
  ADD CHECK ((session_name IS NULL) = (switched_from IS NULL));

-- A virtual device that shows six digits (RFC 6238). It is the account's until it is a user's.
CREATE TABLE keyhouse.mfa_device (
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  -- As in its serial number: with its path, without the first slash.
  name text NOT NULL CHECK (name ~ '^[!-~]+$' AND char_length(name) <= 738),
  -- Whose it is, from when two codes in a row proved that the device works.
  principal_id text REFERENCES keyhouse.principal (id) ON DELETE CASCADE,
  enabled_at timestamptz,
  seed_sealed bytea NOT NULL,
  -- The last time step that was accepted: each is good once (R90).
  last_step bigint,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, name),
  CHECK ((principal_id IS NULL) = (enabled_at IS NULL))
);
CREATE INDEX mfa_device_principal ON keyhouse.mfa_device (principal_id);
CREATE TABLE keyhouse.recovery_code (
  principal_id text NOT NULL REFERENCES keyhouse.principal (id) ON DELETE CASCADE,
  -- SHA-256 of the code, which has 100 bits.
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  used_at timestamptz,
  PRIMARY KEY (principal_id, hash)
);

-- An issuer of web identity tokens.
CREATE TABLE keyhouse.identity_provider (
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  -- The issuer without https://, as in the provider's ARN.
  url text NOT NULL CHECK (char_length(url) BETWEEN 1 AND 255),
  client_ids text[] NOT NULL DEFAULT '{}',
  thumbprints text[] NOT NULL DEFAULT '{}',
  -- JSON Web Key Set, where it is not fetched from the issuer.
  jwks text,
  -- By key: few, and only ever read with their provider.
  tags jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(tags) = 'object'),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, url)
);

-- Every key policy that was ever in force, in order. They outlive their key.
CREATE TABLE keyhouse.policy_version (
  account_id text NOT NULL REFERENCES keyhouse.account (id),
  region text NOT NULL,
  key_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  policy_hash bytea NOT NULL REFERENCES keyhouse.policy_document (hash),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- ARN of whoever put it in force, and the event that says so; null for what was there before versions were kept.
  created_by text NOT NULL,
  event_id uuid,
  PRIMARY KEY (account_id, region, key_id, version)
);
INSERT INTO keyhouse.policy_version (account_id, region, key_id, version, policy_hash, created_at, created_by)
  SELECT account_id, region, id, 1, policy_hash, created_at, created_by FROM keyhouse.key;

-- Questions about a key whose answer must stay what it is: asked again with every edit of its policy.
CREATE TABLE keyhouse.policy_case (
  account_id text NOT NULL,
  region text NOT NULL,
  key_id text NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 128),
  -- JSON: principal, action, encryption context, conditions.
  request text NOT NULL,
  allowed boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text NOT NULL,
  PRIMARY KEY (account_id, region, key_id, id),
  FOREIGN KEY (account_id, region, key_id) REFERENCES keyhouse.key (account_id, region, id) ON DELETE CASCADE
);

-- Choices of the installation: JSON by name. What is not here has its default.
CREATE TABLE keyhouse.setting (
  name text PRIMARY KEY CHECK (name ~ '^[a-z][A-Za-z]{1,63}$'),
  value text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_by text NOT NULL
);

-- When an access key was last used, and what was done with it.
CREATE INDEX entry_access_key ON audit.entry (account_id, access_key_id, ts, event_id) WHERE access_key_id IS NOT NULL;
