DROP TABLE api_key_use;
DROP TABLE api_key;
