-- An end of employment that waits until the leaver has settled everything, and a person has confirmed it.

ALTER TABLE offboarding
    ADD COLUMN blocking     boolean NOT NULL DEFAULT false,
    ADD COLUMN confirmed_by text    NOT NULL DEFAULT '',
    ADD COLUMN cancelled_by text    NOT NULL DEFAULT '';
