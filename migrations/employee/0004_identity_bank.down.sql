DROP TABLE bank_account, identity;
