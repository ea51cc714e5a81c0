package store

import (
	"context"

	"erp/internal/asset"
	"erp/internal/platform/database"
)

// Selected is an asset by the names that people know it by.
type Selected struct {
	ID        asset.ID
	Tag, Name string
}

// Label is how a person names the asset in one line.
func (s Selected) Label() string { return s.Tag + " " + s.Name }

// Select finds what the query finds, in the order of tags, at most limit.
func Select(ctx context.Context, from source, q Query, limit int) ([]Selected, error) {
	s := statement{custom: true}
	s.add("SELECT a.id, a.tag, a.name FROM asset a")
	q.where(&s)
	s.add(orders["tag"].by(false)+" LIMIT ?", limit)
	return s.selected(ctx, from)
}

// Named are those of the assets that lie inside the reach.
func Named(ctx context.Context, from source, ids []asset.ID, reach Reach) ([]Selected, error) {
	var s statement
	s.add("SELECT a.id, a.tag, a.name FROM asset a WHERE ")
	s.within(reach)
	s.add(" AND a.id = ANY(?)", database.Array(ids))
	return s.selected(ctx, from)
}

func (s *statement) selected(ctx context.Context, from source) ([]Selected, error) {
	var all []Selected
	err := s.query(ctx, from, func(row row) error {
		var one Selected
		err := row.Scan((*[16]byte)(&one.ID), &one.Tag, &one.Name)
		all = append(all, one)
		return err
	})
	return all, err
}
