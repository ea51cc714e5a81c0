DROP TABLE role_default, policy_version, casbin_rule, role, sign_in_attempt, session, user_account, company;
