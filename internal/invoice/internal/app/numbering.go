package app

import (
	"context"
	"slices"
	"strconv"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Numbering is how documents of a kind are numbered, and which number comes next today.
type Numbering struct {
	domain.Pattern
	Series  string `json:"series" doc:"The series of today"`
	Next    int    `json:"next" doc:"The place of the next document in it"`
	Preview string `json:"preview" doc:"The number of the next document"`
	Used    bool   `json:"used" doc:"Documents stand in the series: the next number follows from them"`
	Version int    `json:"version"`
}

// ETag is the version as HTTP names it.
func (n Numbering) ETag() string { return strconv.Quote(strconv.Itoa(n.Version)) }

// NumberingInput is everything that may be decided about the numbers of a kind.
type NumberingInput struct {
	Prefix string `json:"prefix" minLength:"1" maxLength:"10" doc:"Letters; no other kind of document may have it, or have had it"`
	Yearly bool   `json:"yearly" doc:"Whether each year has a series of its own, which begins with 1"`
	Width  int    `json:"width" minimum:"3" maximum:"9" doc:"Digits at least"`
	Next   int    `json:"next,omitempty" minimum:"1" maximum:"99999999" doc:"Where a series without documents begins; upwards only. Absent: as it is"`
}

// Numbering tells of each kind of document how it is numbered.
func (a *App) Numbering(ctx context.Context) ([]Numbering, error) {
	kept, err := a.patterns.List(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Numbering, len(kept))
	for i, k := range kept {
		on := a.today(ctx)
		s, err := a.patterns.Standing(ctx, k.Series(on))
		if err != nil {
			return nil, err
		}
		all[i] = numberingOf(k.Pattern, k.Version, s, on)
	}
	return all, nil
}

func numberingOf(p domain.Pattern, version int, s store.Standing, on date.Date) Numbering {
	return Numbering{
		Pattern: p, Series: p.Series(on), Next: s.Next, Preview: domain.NumberIn(p.Width, p.Series(on), s.Next, on).Number, Used: s.Used, Version: version,
	}
}

// ChangeNumbering decides how documents of a kind are numbered from now on; issued ones keep their numbers. Another prefix
// begins another series, or goes on with the one it had. No number comes twice, and no series gets a gap: where it begins
// is set before its first document only, and upwards only.
func (a *App) ChangeNumbering(ctx context.Context, kind invoice.Kind, version int, in NumberingInput) (Numbering, error) {
	p := domain.Pattern{Kind: kind, Prefix: in.Prefix, Yearly: in.Yearly, Width: in.Width}
	p.Tidy()
	var problems fault.Problems
	p.Check(&problems, "body")
	if err := problems.Err(); err != nil {
		return Numbering{}, err
	}
	on := a.today(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Numbering, error) {
		before, err := a.openPattern(ctx, tx, kind, version)
		if err != nil {
			return Numbering{}, err
		}
		taken, err := a.patterns.TakenByOthers(ctx, tx, p)
		if err != nil {
			return Numbering{}, err
		}
		if taken {
			return Numbering{}, fault.New(fault.Conflict, "prefix-taken", "Other documents are numbered with %s, or were.", p.Prefix).
				At("body.prefix", "belongs to other documents")
		}
		was, err := a.patterns.StandingIn(ctx, tx, before.Series(on))
		if err != nil {
			return Numbering{}, err
		}
		is, err := a.beginAt(ctx, tx, p, on, in.Next)
		if err != nil {
			return Numbering{}, err
		}
		a.patterns.Save(tx, p)
		after := numberingOf(p, version+1, is, on)
		return after, audit.Record(tx, audit.Entry{
			Action: "numbering.change", Subject: "numbering", SubjectID: string(kind), Label: after.Preview,
			Before: numberingOf(before, version, was, on), After: after,
		})
	})
}

// openPattern locks the patterns of all kinds, so that two cannot take the same prefix at once.
func (a *App) openPattern(ctx context.Context, tx *database.Tx, kind invoice.Kind, version int) (domain.Pattern, error) {
	kept, err := a.patterns.Lock(ctx, tx)
	if err != nil {
		return domain.Pattern{}, err
	}
	at := slices.IndexFunc(kept, func(k store.Kept) bool { return k.Kind == kind })
	switch {
	case at < 0:
		return domain.Pattern{}, fault.New(fault.NotFound, "numbering-not-found", "There are no such documents: invoice, credit-note.")
	case kept[at].Version != version:
		return domain.Pattern{}, fault.New(fault.Stale, "stale", "Somebody else has changed the numbers since you opened them; look at them again.")
	}
	return kept[at].Pattern, nil
}

// beginAt sets where today's series begins, when somebody says so.
func (a *App) beginAt(ctx context.Context, tx *database.Tx, p domain.Pattern, on date.Date, next int) (store.Standing, error) {
	s, err := a.patterns.StandingIn(ctx, tx, p.Series(on))
	if err != nil || next == 0 || next == s.Next {
		return s, err
	}
	if s.Used {
		return s, fault.New(fault.Conflict, "series-in-use", "Documents stand in the series %s: its next number is %d and follows from them.", p.Series(on), s.Next).
			At("body.next", "follows from the documents of the series")
	}
	if next < s.Next {
		return s, fault.New(fault.Conflict, "series-goes-forward", "The series %s begins with %d already; it can only begin later.", p.Series(on), s.Next).
			At("body.next", "must not be lower than it is")
	}
	return store.Standing{Next: next}, a.patterns.Begin(ctx, tx, p.Kind, p.Series(on), next)
}
