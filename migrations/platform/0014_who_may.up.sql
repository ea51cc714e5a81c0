-- What each process remembers for a moment about who asks (docs/adr/0029). A transaction that changes any of it is
-- marked, so that whoever wrote waits out that moment before the change is answered.
CREATE FUNCTION mark_who_may() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('erp.who_may', 'changed', true);
    RETURN NULL;
END $$;

CREATE TRIGGER session_who_may AFTER UPDATE OF revoked_at, expires_at, second_factor, user_id OR DELETE ON session
    FOR EACH STATEMENT EXECUTE FUNCTION mark_who_may();
CREATE TRIGGER user_account_who_may AFTER UPDATE OF name, email, employee_id, must_change, status ON user_account
    FOR EACH STATEMENT EXECUTE FUNCTION mark_who_may();
CREATE TRIGGER api_key_who_may AFTER UPDATE OF grants, per_minute, expires_at, revoked_at ON api_key
    FOR EACH STATEMENT EXECUTE FUNCTION mark_who_may();
CREATE TRIGGER second_factor_who_may AFTER INSERT OR UPDATE OF confirmed_at OR DELETE ON second_factor
    FOR EACH STATEMENT EXECUTE FUNCTION mark_who_may();
CREATE TRIGGER passkey_who_may AFTER INSERT OR DELETE ON passkey
    FOR EACH STATEMENT EXECUTE FUNCTION mark_who_may();
CREATE TRIGGER role_who_may AFTER UPDATE OF second_factor OR DELETE ON role
    FOR EACH STATEMENT EXECUTE FUNCTION mark_who_may();
CREATE TRIGGER sign_in_rule_who_may AFTER INSERT OR UPDATE OR DELETE ON sign_in_rule
    FOR EACH STATEMENT EXECUTE FUNCTION mark_who_may();
CREATE TRIGGER policy_who_may AFTER INSERT OR UPDATE OR DELETE ON policy_version
    FOR EACH STATEMENT EXECUTE FUNCTION mark_who_may();
