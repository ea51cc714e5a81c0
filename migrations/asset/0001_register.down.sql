DROP TABLE asset;
DROP TABLE location;
DROP TABLE category;
