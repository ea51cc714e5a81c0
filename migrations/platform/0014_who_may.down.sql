DROP TRIGGER policy_who_may ON policy_version;
DROP TRIGGER sign_in_rule_who_may ON sign_in_rule;
DROP TRIGGER role_who_may ON role;
DROP TRIGGER passkey_who_may ON passkey;
DROP TRIGGER second_factor_who_may ON second_factor;
DROP TRIGGER api_key_who_may ON api_key;
DROP TRIGGER user_account_who_may ON user_account;
DROP TRIGGER session_who_may ON session;
DROP FUNCTION mark_who_may();
