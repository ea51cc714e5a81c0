DROP INDEX asset_warranty_in_use;
