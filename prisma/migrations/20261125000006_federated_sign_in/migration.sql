-- A session in a role may be that of a person whom an identity provider vouched for: nobody switched to it.
ALTER TABLE keyhouse.session
  -- ARN of the provider.
  ADD COLUMN federated_provider text,
  DROP CONSTRAINT session_check,
  ADD CONSTRAINT session_of_role CHECK (
    num_nonnulls(switched_from, federated_provider) = num_nonnulls(session_name)
  );
