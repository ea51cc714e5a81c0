DROP TABLE handover_text, handover_asset, handover;
DROP FUNCTION refuse_change;
