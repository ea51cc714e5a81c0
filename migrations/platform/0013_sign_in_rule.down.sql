DROP TABLE sign_in_rule;
