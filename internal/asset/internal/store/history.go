package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"erp/internal/asset"
)

// History returns the newest lines of an asset first, up to limit, from behind the cursor's line on.
func History(ctx context.Context, from source, of asset.ID, after []string, limit int) ([]asset.HistoryLine, error) {
	var s statement
	s.add("SELECT id, at, kind, actor, holder_id, holder_name, reason, note, changes FROM history WHERE asset_id = ?", of)
	if after != nil {
		s.add(" AND (at, id) < (?::timestamptz, ?::uuid)", after[0], after[1])
	}
	s.add(" ORDER BY at DESC, id DESC LIMIT ?", limit)
	lines := []asset.HistoryLine{}
	err := s.query(ctx, from, func(row row) error {
		var line asset.HistoryLine
		var changes []byte
		err := row.Scan(&line.ID, &line.At, &line.Kind, &line.Actor, &line.HolderID, &line.HolderName, &line.Reason, &line.Note, &changes)
		if err == nil && changes != nil {
			err = json.Unmarshal(changes, &line.Changes)
		}
		line.At = line.At.UTC()
		lines = append(lines, line)
		return err
	})
	return lines, err
}

// Custodies returns who held an asset, the newest first.
func Custodies(ctx context.Context, from source, of asset.ID) ([]asset.Custody, error) {
	list := []asset.Custody{}
	err := query(ctx, from, func(row row) error {
		var c asset.Custody
		var to sql.NullTime
		err := row.Scan(&c.ID, &c.AssetID, &c.HolderID, &c.HolderName, &c.From, &to, &c.DueOn, &c.EndReason)
		c.From = c.From.UTC()
		if to.Valid {
			c.To = to.Time.UTC()
		}
		list = append(list, c)
		return err
	}, `SELECT id, asset_id, holder_id, holder_name, started_at, ended_at, due_on, end_reason FROM custody
		WHERE asset_id = ? ORDER BY started_at DESC LIMIT 1000`, of)
	return list, err
}

// Names resolves ids in the changes of lines to names: categories and locations are kept by id there.
func Names(ctx context.Context, from source, lines []asset.HistoryLine) error {
	names := map[string]string{}
	err := query(ctx, from, func(row row) error {
		var key, name string
		err := row.Scan(&key, &name)
		names[key] = name
		return err
	}, "SELECT id::text, name FROM category UNION ALL SELECT id::text, name FROM location")
	if err != nil {
		return fmt.Errorf("load names: %w", err)
	}
	for i := range lines {
		for k := range lines[i].Changes {
			change := &lines[i].Changes[k]
			if change.Field == "category" || change.Field == "location" {
				change.From, change.To = names[change.From], names[change.To]
			}
		}
	}
	return nil
}
