-- What the runtime role cannot do even by mistake: change an issued document or a received
-- payment, and commit sums that do not hold.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% never changes', TG_ARGV[0] USING ERRCODE = '23514';
END $$;

CREATE TRIGGER invoice_keeps_what_was_issued BEFORE UPDATE ON invoice FOR EACH ROW
    WHEN (OLD.number IS NOT NULL AND
          (NEW.id, NEW.kind, NEW.series, NEW.sequence, NEW.number, NEW.customer_id, NEW.customer_name, NEW.reference,
           NEW.currency, NEW.issued_on, NEW.due_on, NEW.lines_total, NEW.allowances, NEW.charges, NEW.net, NEW.tax,
           NEW.gross, NEW.rounding, NEW.payable, NEW.credit_of, NEW.search_text, NEW.issue_xid, NEW.created_at)
          IS DISTINCT FROM
          (OLD.id, OLD.kind, OLD.series, OLD.sequence, OLD.number, OLD.customer_id, OLD.customer_name, OLD.reference,
           OLD.currency, OLD.issued_on, OLD.due_on, OLD.lines_total, OLD.allowances, OLD.charges, OLD.net, OLD.tax,
           OLD.gross, OLD.rounding, OLD.payable, OLD.credit_of, OLD.search_text, OLD.issue_xid, OLD.created_at))
    EXECUTE FUNCTION refuse_change('an issued document');
CREATE TRIGGER invoice_stays BEFORE DELETE ON invoice FOR EACH ROW
    WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_change('an issued document');

-- issue_xid names the transaction that issued: only that one may still write lines.
CREATE FUNCTION invoice_is_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.issue_xid := pg_current_xact_id();
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_issue_update BEFORE UPDATE OF number ON invoice FOR EACH ROW
    WHEN (OLD.number IS NULL AND NEW.number IS NOT NULL) EXECUTE FUNCTION invoice_is_issued();
CREATE TRIGGER invoice_issue_insert BEFORE INSERT ON invoice FOR EACH ROW
    WHEN (NEW.number IS NOT NULL) EXECUTE FUNCTION invoice_is_issued();

CREATE FUNCTION parts_of_issued_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A scalar subquery looks each document up by its key, however many rows were touched.
    IF EXISTS (SELECT FROM touched t WHERE (
            SELECT i.number IS NOT NULL AND i.issue_xid <> pg_current_xact_id() FROM invoice i WHERE i.id = t.invoice_id)) THEN
        RAISE EXCEPTION 'an issued document never changes' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_line_insert AFTER INSERT ON invoice_line REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION parts_of_issued_stay();
CREATE TRIGGER invoice_line_delete AFTER DELETE ON invoice_line REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION parts_of_issued_stay();
CREATE TRIGGER invoice_tax_insert AFTER INSERT ON invoice_tax REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION parts_of_issued_stay();
CREATE TRIGGER invoice_tax_delete AFTER DELETE ON invoice_tax REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION parts_of_issued_stay();

-- Checked with the COMMIT, when all parts are there.
CREATE FUNCTION invoice_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lines numeric;
    taxable numeric;
    taxes numeric;
BEGIN
    SELECT coalesce(sum(net), 0) INTO lines FROM invoice_line WHERE invoice_id = NEW.id;
    SELECT coalesce(sum(x.taxable), 0), coalesce(sum(x.tax), 0) INTO taxable, taxes FROM invoice_tax x WHERE x.invoice_id = NEW.id;
    IF lines <> NEW.lines_total OR taxable <> NEW.net OR taxes <> NEW.tax THEN
        RAISE EXCEPTION 'document % does not add up: lines %, taxable %, tax %', NEW.number, lines, taxable, taxes USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoice_adds_up_insert AFTER INSERT ON invoice DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.number IS NOT NULL) EXECUTE FUNCTION invoice_adds_up();
CREATE CONSTRAINT TRIGGER invoice_adds_up_update AFTER UPDATE OF number ON invoice DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.number IS NULL AND NEW.number IS NOT NULL) EXECUTE FUNCTION invoice_adds_up();

CREATE FUNCTION paid_is_allocated(invoice uuid, payment uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT i.paid FROM invoice i WHERE i.id = $1) <> (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.invoice_id = $1) THEN
        RAISE EXCEPTION 'invoice %: paid is not the sum of its allocations', $1 USING ERRCODE = '23514';
    END IF;
    IF (SELECT p.allocated FROM payment p WHERE p.id = $2) <> (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.payment_id = $2) THEN
        RAISE EXCEPTION 'payment %: allocated is not the sum of its allocations', $2 USING ERRCODE = '23514';
    END IF;
END $$;

CREATE FUNCTION allocation_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'invoice' THEN
        PERFORM paid_is_allocated(NEW.id, NULL);
    ELSIF TG_TABLE_NAME = 'payment' THEN
        PERFORM paid_is_allocated(NULL, NEW.id);
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM paid_is_allocated(OLD.invoice_id, OLD.payment_id);
    ELSE
        PERFORM paid_is_allocated(NEW.invoice_id, NEW.payment_id);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER allocation_adds_up AFTER INSERT OR UPDATE OR DELETE ON allocation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION allocation_adds_up();
CREATE CONSTRAINT TRIGGER invoice_paid_adds_up AFTER UPDATE OF paid ON invoice DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.paid <> OLD.paid) EXECUTE FUNCTION allocation_adds_up();
CREATE CONSTRAINT TRIGGER invoice_paid_insert AFTER INSERT ON invoice DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.paid <> 0) EXECUTE FUNCTION allocation_adds_up();
CREATE CONSTRAINT TRIGGER payment_adds_up AFTER UPDATE OF allocated ON payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.allocated <> OLD.allocated) EXECUTE FUNCTION allocation_adds_up();
CREATE CONSTRAINT TRIGGER payment_insert_adds_up AFTER INSERT ON payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.allocated <> 0) EXECUTE FUNCTION allocation_adds_up();

CREATE TRIGGER payment_keeps_what_was_received BEFORE UPDATE ON payment FOR EACH ROW
    WHEN ((NEW.id, NEW.customer_id, NEW.received_on, NEW.currency, NEW.amount)
          IS DISTINCT FROM (OLD.id, OLD.customer_id, OLD.received_on, OLD.currency, OLD.amount))
    EXECUTE FUNCTION refuse_change('a received payment');
