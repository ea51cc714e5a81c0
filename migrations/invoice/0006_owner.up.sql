-- Who made which documents, the newest first: asked for many people at once.
CREATE INDEX invoice_owner_id ON invoice (owner_id, id DESC) WHERE owner_id IS NOT NULL;
